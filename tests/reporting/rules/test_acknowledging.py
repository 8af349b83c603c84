"""Warnings are known again by their words, and by nothing that a rebuild changes."""

from datetime import date

import pytest

from reporting.rules.acknowledging import Warned, digest_of

DAY = date(2020, 10, 21)
SHORT, LATE = Warned("200 minutes", DAY, None), Warned("a late notice", None, 7)


def test_RD71_the_same_warnings_are_known_again_in_any_order() -> None:
    assert digest_of([SHORT, LATE]) == digest_of([LATE, SHORT])
    assert len(digest_of([])) == 64


@pytest.mark.parametrize(
    "others",
    [
        [],
        [SHORT],
        [SHORT, LATE, LATE],
        [SHORT, LATE._replace(student_id=8)],
        [SHORT._replace(day=date(2020, 10, 22)), LATE],
        [SHORT._replace(message="201 minutes"), LATE],
    ],
)
def test_RD71_other_warnings_must_be_acknowledged_anew(others: list[Warned]) -> None:
    assert digest_of(others) != digest_of([SHORT, LATE])
