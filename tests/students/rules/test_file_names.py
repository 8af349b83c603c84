"""Under which name a sent file is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from students.rules.file_names import LONGEST, NAMELESS, plain_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("roster.zip", "roster.zip"),
        ("C:\\exports\\roster.zip", "roster.zip"),
        ("../../etc/roster.zip", "roster.zip"),
        ("ros\x00ter\n.zip", "roster.zip"),
        ("", NAMELESS),
        ("..", NAMELESS),
        ("folder/", NAMELESS),
        ("é" * 200 + ".zip", "é" * 73 + ".zip"),
        ("a" * 150, "a" * 150),
        ("a" * 151, "a" * 150),
    ],
)
def test_a_name_is_kept_without_its_path_and_not_too_long(given_name: str, kept: str) -> None:
    assert plain_name(given_name) == kept


@given(st.text(max_size=400))
def test_whatever_is_sent_is_a_name_that_a_folder_can_hold(given_name: str) -> None:
    name = plain_name(given_name)
    assert 0 < len(name.encode()) <= LONGEST
    assert "/" not in name
    assert name.isprintable()
    assert name not in {".", ".."}
