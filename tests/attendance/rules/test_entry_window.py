"""MS-26, RD-25: until when attendance is entered, and how late it is. RD-22: the turn-in that it follows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.entry_window import NOT_DUE, asks_reason, days_late, entry_due, standing, sunday_of, week_of
from attendance.rules.evidence import Review, last_turn_in, late_work, minutes_completed
from attendance.rules.modes import ASYNC_ONLINE, OFFLINE_DIGITAL, OFFLINE_PACKETS
from attendance.rules.plan import DAILY, STANDARD, Plan
from attendance.rules.presence import is_present

FRIDAY = date(2020, 10, 23)
MONDAY, TUESDAY = date(2020, 10, 26), date(2020, 10, 27)
SESSION = [MONDAY, TUESDAY, date(2020, 10, 28), date(2020, 10, 29), date(2020, 10, 30), date(2020, 11, 2)]
HOLIDAY_ON_MONDAY = SESSION[1:]
dates = st.dates(date(2019, 8, 1), date(2022, 7, 31))


def due(day: date = FRIDAY, mode: str = OFFLINE_PACKETS, plan: Plan = STANDARD, days: list[date] = SESSION) -> date:
    return entry_due(day, mode, plan, days)


@pytest.mark.parametrize("mode", [ASYNC_ONLINE, OFFLINE_DIGITAL, OFFLINE_PACKETS])
def test_MS26_every_day_of_a_week_is_due_on_its_turn_in(mode: str) -> None:
    week = [date(2020, 10, 19) + timedelta(days=each) for each in range(7)]
    assert {due(day, mode) for day in week} == {MONDAY}
    assert due(MONDAY, mode) == date(2020, 11, 2)


def test_RD25_a_holiday_moves_the_turn_in_and_the_plan_may_give_more_days() -> None:
    assert due(days=HOLIDAY_ON_MONDAY) == TUESDAY
    assert due(plan=Plan(date.min, turn_in_session_days=3)) == date(2020, 10, 28)


def test_RD25_daily_entry_is_due_the_next_session_day_but_offline_work_is_never_due_before_it_comes_in() -> None:
    daily = Plan(date.min, entry_frequency=DAILY)
    assert due(MONDAY, ASYNC_ONLINE, daily) == TUESDAY
    assert due(FRIDAY, ASYNC_ONLINE, daily, HOLIDAY_ON_MONDAY) == TUESDAY
    assert due(MONDAY, OFFLINE_DIGITAL, daily) == date(2020, 11, 2)


def test_RD25_at_the_end_of_the_calendar_entry_is_due_a_week_after_the_week() -> None:
    assert due(days=[]) == date(2020, 11, 1)
    assert due(date(2020, 11, 2), days=SESSION) == date(2020, 11, 15)
    assert due(MONDAY, ASYNC_ONLINE, Plan(date.min, entry_frequency=DAILY), []) == TUESDAY


def test_RD25_the_calendar_may_end_before_the_last_of_several_turn_in_days() -> None:
    christmas = [date(2021, 1, 4)]
    assert due(date(2020, 12, 18), plan=Plan(date.min, turn_in_session_days=2), days=christmas) == christmas[0]


@pytest.mark.parametrize(
    ("days_after", "state"), [(-3, "not_due"), (0, "not_due"), (1, "late"), (7, "late"), (8, "overdue")]
)
def test_RD25_not_due_until_the_turn_in_then_late_then_overdue(days_after: int, state: str) -> None:
    assert standing(MONDAY, today=MONDAY + timedelta(days=days_after), window=7) == state


def test_RD25_the_window_is_the_policys() -> None:
    assert standing(MONDAY, today=MONDAY + timedelta(days=3), window=2) == "overdue"


@given(dates, dates, st.integers(0, 60))
def test_RD25_what_is_late_stays_late_and_is_as_late_as_its_days(due_on: date, today: date, window: int) -> None:
    states = ["not_due", "late", "overdue"]
    now, later = (standing(due_on, today=each, window=window) for each in (today, today + timedelta(days=1)))
    assert states.index(later) >= states.index(now)
    assert (now == "not_due") == (days_late(due_on, today) == 0)


@given(dates, st.lists(dates, max_size=12, unique=True), st.integers(1, 5), st.sampled_from([ASYNC_ONLINE, "x"]))
def test_RD25_nothing_is_due_before_its_day_is_over(day: date, calendar: list[date], turn_in: int, mode: str) -> None:
    plan = Plan(date.min, entry_frequency=DAILY, turn_in_session_days=turn_in)
    assert entry_due(day, mode, plan, sorted(calendar)) > day
    assert entry_due(day, OFFLINE_PACKETS, plan, sorted(calendar)) > sunday_of(day) >= day >= week_of(day)


def review(handed_in_on: date, days: list[date] = SESSION, minutes: int = 240) -> Review:
    return Review(1, minutes=minutes, handed_in_on=handed_in_on, next_session_days=tuple(days))


@pytest.mark.parametrize(
    ("days", "handed_in_on", "counts"),
    [
        (SESSION, FRIDAY, True),
        (SESSION, MONDAY, True),
        (SESSION, TUESDAY, False),
        (HOLIDAY_ON_MONDAY, TUESDAY, True),
        (HOLIDAY_ON_MONDAY, date(2020, 10, 28), False),
        ([], date(2021, 6, 30), True),
    ],
)
def test_RD22_work_counts_if_handed_in_by_the_turn_in(days: list[date], handed_in_on: date, counts: bool) -> None:
    """On Monday after a Friday week in time, one day after refused; where the calendar ends nothing is late."""
    assert (late_work(review(handed_in_on, days), STANDARD) == "") is counts
    assert minutes_completed(review(handed_in_on, days), STANDARD) == (240 if counts else 0)


def test_RD22_the_turn_in_is_unknown_while_the_calendar_does_not_reach_it() -> None:
    assert last_turn_in(review(MONDAY, [MONDAY]), Plan(date.min, turn_in_session_days=2)) is None
    assert last_turn_in(review(MONDAY, [MONDAY, TUESDAY]), Plan(date.min, turn_in_session_days=2)) == TUESDAY


@pytest.mark.parametrize(("minutes", "present"), [(151, True), (150, False), (0, False), (240, True)])
def test_RD22_completed_work_is_presence_at_63_percent_of_the_minutes_assigned(minutes: int, present: bool) -> None:
    completed = minutes_completed(review(MONDAY, minutes=minutes), STANDARD)
    assert is_present(completed, 240) is present


@given(dates, dates)
def test_RD25_a_change_wants_a_reason_from_the_day_on_which_entering_is_late(due_on: date, today: date) -> None:
    assert asks_reason(due_on, today) == (standing(due_on, today=today, window=7) != NOT_DUE)
    assert not asks_reason(due_on, due_on)
    assert asks_reason(due_on, due_on + timedelta(days=1))


@given(st.integers().filter(lambda days: not 1 <= days <= 5))
def test_RD22_a_turn_in_that_no_plan_has_is_refused_with_its_number(session_days: int) -> None:
    with pytest.raises(ValueError, match=f"session day 1 to 5 after its week, not {session_days}"):
        Plan(date.min, turn_in_session_days=session_days)
    with pytest.raises(ValueError, match="0 minutes or more, not -1"):
        Plan(date.min, least_contact_minutes=-1)
