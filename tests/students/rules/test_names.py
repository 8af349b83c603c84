"""Names fold to one key, so that they sort and are found the same everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from students.rules.names import folded, name_words


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("Ávila", "José"), "avila jose"),
        (("AVILA", "Jose"), "avila jose"),
        (("Muñoz",), "munoz"),
        (("Straße",), "strasse"),
        (("Nguyễn", "Linh"), "nguyen linh"),
        (("İnci",), "inci"),
        (("Ｌｅｅ", "Soﬁa"), "lee sofia"),
        (("O’Hara", "Bo"), "o’hara bo"),
        (("  Grant ", "", "Tasha"), "grant tasha"),
        ((), ""),
    ],
)
def test_case_accents_and_outer_spaces_are_folded_away(names: tuple[str, ...], key: str) -> None:
    assert folded(*names) == key


def test_the_order_of_the_names_is_kept() -> None:
    assert folded("Grant", "Tasha") != folded("Tasha", "Grant")


def test_accents_written_as_one_letter_or_as_two_are_the_same() -> None:
    assert folded("\u00c1vila") == folded("A\u0301vila")


@given(st.text(alphabet=st.characters(max_codepoint=0x24F, categories=["L", "Nd", "Zs"]), max_size=40))
def test_a_folded_name_folds_to_itself(name: str) -> None:
    assert folded(folded(name)) == folded(name)


def test_names_sort_beside_their_unaccented_neighbours() -> None:
    assert sorted(["Zorn", "Ávila", "Avery", "Baker"], key=folded) == ["Avery", "Ávila", "Baker", "Zorn"]


@pytest.mark.parametrize("typed", ["Castillo, Mateo", "castillo  MATEO", "(Castillo) mateo"])
def test_the_words_of_a_name_are_found_however_it_is_typed(typed: str) -> None:
    assert name_words(typed) == ["castillo", "mateo"]


def test_nothing_typed_is_no_word() -> None:
    assert name_words(" , ") == []
