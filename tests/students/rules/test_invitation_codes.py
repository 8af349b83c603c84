"""Codes as people copy them from paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from students.rules.invitation_codes import ALPHABET, LENGTH, code_of, printed, read


@given(st.binary(min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_read_as_it_was_printed_however_it_is_typed(numbers: bytes) -> None:
    code = code_of(numbers)
    assert read(printed(code)) == read(code.lower()) == read(f" {printed(code).lower().replace('-', ' ')} ") == code
    assert len(printed(code).split("-")) == 3


def test_what_looks_like_a_digit_is_read_as_one() -> None:
    assert read("oil0-1234-5678") == "011012345678"


@pytest.mark.parametrize("typed", ["", "1234", "1234-5678-9ABCD", "1234-5678-9ABU", "é234-5678-9ABC"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read(typed) is None


def test_every_sign_of_the_alphabet_is_as_likely_as_another_and_a_short_draw_is_refused() -> None:
    assert 256 % len(ALPHABET) == 0
    with pytest.raises(ValueError, match="11"):
        code_of(bytes(11))
