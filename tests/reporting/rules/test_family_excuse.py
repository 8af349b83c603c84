"""RD-08, for a family: until when an excuse can come, and what became of the one that came."""

from datetime import date, timedelta

import pytest

from attendance.rules.policy import Policy
from reporting.rules.family_excuse import better, to_do

POLICY = Policy(1, "2020-21", date(2020, 7, 1), excuse_due_days=3)
MONDAY = date(2020, 10, 19)
DAYS = [MONDAY + timedelta(days=n) for n in range(12) if (MONDAY + timedelta(days=n)).weekday() < 5]
TUESDAY, WEDNESDAY, DUE = DAYS[1], DAYS[2], DAYS[6]


@pytest.mark.parametrize(
    ("today", "standing", "what"),
    [
        (WEDNESDAY, "", "send"),
        (DUE, "", "send"),
        (DUE + timedelta(days=1), "", "too_late"),
        (DUE, "pending", "waits"),
        (DUE + timedelta(days=1), "pending", "waits"),
        (DUE + timedelta(days=1), "not sufficient", "needs_more"),
        (WEDNESDAY, "refused", "was_refused"),
    ],
)
def test_RD08_a_document_is_due_three_school_days_after_the_return(today: date, standing: str, what: str) -> None:
    excuses = {TUESDAY: standing} if standing else {}
    [found] = to_do([TUESDAY], [TUESDAY, WEDNESDAY], DAYS, excuses, POLICY, today)
    # Absent on two days, back on Thursday: Friday, Monday and Tuesday are the three days after.
    assert (found.what, found.until) == (what, DUE)


def test_a_calendar_that_does_not_reach_so_far_names_no_day() -> None:
    [found] = to_do([DAYS[-1]], [DAYS[-1]], DAYS, {}, POLICY, DAYS[-1])
    assert (found.what, found.until) == ("send_any_time", None)


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        ("pending", "refused", "pending"),
        ("not sufficient", "refused", "refused"),
        ("accepted", "not sufficient", "not sufficient"),
    ],
)
def test_of_two_excuses_the_one_that_still_waits_is_told(one: str, other: str, first: str) -> None:
    assert better(one, other) == better(other, one) == first
