"""Notices of truancy by the unlawful absences of a year, and their deadlines."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.policy import SOURCES
from interventions.rules.tiers import EXCUSED, SUSPENDED, UNEXCUSED, AbsentDay, unlawful
from interventions.rules.truancy import NoticeStanding, NoticeState, clock_starts, due_on, owed, standing

FIRST = date(2020, 8, 10)
DATES = st.lists(st.dates(FIRST, date(2021, 5, 28)), unique=True, max_size=30).map(sorted)


def running(count: int) -> list[date]:
    """So many days in a row."""
    return [FIRST + timedelta(days=each) for each in range(count)]


def school_days(*days: int) -> list[date]:
    """Days of October 2020."""
    return [date(2020, 10, day) for day in days]


@pytest.mark.parametrize(
    ("count", "thresholds"),
    [
        (0, []),
        (4, []),
        (5, [5]),
        (6, [5]),
        (9, [5]),
        (10, [5, 10]),
        (11, [5, 10]),
        (12, [5, 10, 12]),
        (13, [5, 10, 12]),
    ],
)
def test_ST02_a_notice_is_owed_at_5_10_and_12_unlawful_absences(count: int, thresholds: list[int]) -> None:
    found = owed(running(count), SOURCES)
    assert [each.threshold for each in found] == thresholds
    assert [each.crossed_on for each in found] == [running(count)[each - 1] for each in thresholds]


def test_ST02_the_twelfth_absence_is_the_final_notice() -> None:
    assert [each.is_final for each in owed(running(12), SOURCES)] == [False, False, True]


@given(DATES, st.data())
def test_ST02_one_absence_more_or_less_moves_a_notice_only_at_its_threshold(dates: list[date], data: st.DataObject):
    before = {each.threshold for each in owed(dates, SOURCES)}
    assert before == {threshold for threshold in (5, 10, 12) if len(dates) >= threshold}
    if dates:
        dates.remove(data.draw(st.sampled_from(dates)))
        gone = before - {each.threshold for each in owed(dates, SOURCES)}
        assert gone == ({len(dates) + 1} & {5, 10, 12})


@given(st.lists(st.tuples(st.dates(FIRST, date(2021, 5, 28)), st.sampled_from([EXCUSED, UNEXCUSED, SUSPENDED]))))
def test_RD41_suspensions_and_excused_absences_never_make_a_notice(drawn: list[tuple[date, str]]) -> None:
    days = [AbsentDay(day, kind) for day, kind in dict(drawn).items()]
    for each in owed(unlawful(days), SOURCES):
        kinds = {day.date: day.kind for day in days}
        assert {kinds[day] for day in each.unlawful_on} == {UNEXCUSED}
        assert len(set(each.unlawful_on)) == each.threshold


@pytest.mark.parametrize(("entered", "starts"), [(12, 12), (13, 13), (19, 19), (20, 19), (30, 19), (1, 12)])
def test_RD41_the_clock_starts_with_the_entry_and_7_days_after_the_absence_at_the_latest(entered: int, starts: int):
    assert clock_starts(date(2020, 10, 12), date(2020, 10, entered), SOURCES) == date(2020, 10, starts)


@pytest.mark.parametrize(
    ("session_days", "due"),
    [
        # Entered on Monday the 12th.
        (school_days(12, 13, 14, 15, 16), 14),
        (school_days(13, 15), 15),
        (school_days(13, 16), 16),
        (school_days(13, 17), 17),
        # The second school day lies beyond the fifth calendar day.
        (school_days(13, 18), 17),
        (school_days(13), 17),
        ([], 17),
    ],
)
def test_ST02_due_within_2_school_days_or_5_calendar_days_whichever_is_sooner(session_days: list[date], due: int):
    assert due_on(date(2020, 10, 12), session_days, SOURCES) == date(2020, 10, due)


@given(st.dates(FIRST, date(2021, 5, 1)), DATES, st.integers(0, 30))
def test_ST02_RD41_nothing_is_due_before_its_clock_or_later_than_12_days_after_the_absence(
    crossed: date, session_days: list[date], later: int
) -> None:
    starts = clock_starts(crossed, crossed + timedelta(days=later), SOURCES)
    due = due_on(starts, session_days, SOURCES)
    assert starts < due <= crossed + timedelta(days=12)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (10, NoticeStanding(NoticeState.DUE, 4)),
        (13, NoticeStanding(NoticeState.DUE, 1)),
        (14, NoticeStanding(NoticeState.DUE, 0)),
        (15, NoticeStanding(NoticeState.OVERDUE, 1)),
        (20, NoticeStanding(NoticeState.OVERDUE, 6)),
    ],
)
def test_ST02_the_deadline_is_counted_down_and_then_up(today: int, expected: NoticeStanding) -> None:
    assert standing(date(2020, 10, 14), date(2020, 10, today)) == expected


def test_ST02_a_report_is_in_time_on_its_last_day_and_late_on_the_next() -> None:
    due, today = date(2020, 10, 14), date(2020, 10, 30)
    assert standing(due, today, reported_on=due) == NoticeStanding(NoticeState.REPORTED)
    assert standing(due, today, reported_on=date(2020, 10, 15)) == NoticeStanding(NoticeState.REPORTED_LATE, 1)


def test_ST02_the_officer_hears_of_a_notice_that_was_withdrawn_after_the_report() -> None:
    due, today = date(2020, 10, 14), date(2020, 10, 30)
    assert standing(due, today, is_withdrawn=True).state == NoticeState.WITHDRAWN
    assert standing(due, today, reported_on=due, is_withdrawn=True).state == NoticeState.TO_TAKE_BACK
    told = standing(due, today, reported_on=due, is_withdrawn=True, taken_back_on=today)
    assert told.state == NoticeState.TAKEN_BACK
