"""Whose turn a month is that is over."""

import pytest

from reporting.rules.home_months import Turn, turn_of


@pytest.mark.parametrize(
    ("state", "approved", "certified", "filed", "turn"),
    [
        ("", False, False, False, Turn.SCHOOL),
        ("waiting", False, False, False, Turn.WORKER),
        ("running", False, False, False, Turn.WORKER),
        ("blocked", False, False, False, Turn.SCHOOL),
        ("failed", False, False, False, Turn.SCHOOL),
        ("done", False, False, False, Turn.SCHOOL),
        ("done", True, False, False, Turn.DISTRICT),
        ("done", True, True, False, Turn.STATE),
        ("done", True, True, True, Turn.NOBODY),
    ],
)
def test_a_month_goes_from_the_school_to_the_district_to_the_state(
    state: str, approved: bool, certified: bool, filed: bool, turn: Turn
) -> None:
    assert turn_of(state, is_approved=approved, is_certified=certified, is_filed=filed) == turn
