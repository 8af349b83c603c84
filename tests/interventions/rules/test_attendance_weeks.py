"""Weeks of attendance, and the days before and after something was done."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.attendance_weeks import (
    BeforeAndAfter,
    LedgerDay,
    Share,
    Week,
    before_and_after,
    share_of,
    weeks_of,
)

MONDAY = date(2020, 10, 5)
statuses = st.sampled_from(["present", "absent", "undetermined"])


def school_days(*statuses: str, first: date = MONDAY) -> list[LedgerDay]:
    """A day for each status, from a Monday on, weekends left out."""
    dates = [first + timedelta(days=each // 5 * 7 + each % 5) for each in range(len(statuses))]
    return [LedgerDay(day, status) for day, status in zip(dates, statuses, strict=True)]


def test_days_are_grouped_by_the_monday_of_their_week() -> None:
    days = school_days("present", "absent", "present", "present", "present", "absent")
    assert weeks_of(days) == [Week(MONDAY, Share(4, 5, 5)), Week(date(2020, 10, 12), Share(0, 1, 1))]


def test_a_week_without_session_days_is_no_week_of_zero() -> None:
    days = [*school_days("present"), *school_days("present", first=date(2020, 10, 19))]
    assert [week.monday for week in weeks_of(days)] == [MONDAY, date(2020, 10, 19)]


def test_an_undetermined_day_counts_neither_as_present_nor_as_absent() -> None:
    share = share_of(school_days("present", "undetermined", "absent"))
    assert (share.rate, share.open_days) == (Fraction(1, 2), 1)
    assert share_of(school_days("undetermined")).rate is None


def test_the_day_itself_stands_on_neither_side() -> None:
    days = school_days("absent", "absent", "present", "present")
    assert before_and_after(days, days[1].date) == BeforeAndAfter(Share(0, 1, 1), Share(2, 2, 2))


def test_a_weekend_stands_between_the_days_around_it() -> None:
    days = school_days(*["absent"] * 5, *["present"] * 5)
    assert before_and_after(days, date(2020, 10, 10)) == BeforeAndAfter(Share(0, 5, 5), Share(5, 5, 5))


def test_at_most_twenty_session_days_are_looked_at_on_each_side() -> None:
    days = school_days(*["absent"] * 21, "present", *["present"] * 21)
    found = before_and_after(days, days[21].date)
    assert (found.before, found.after) == (Share(0, 20, 20), Share(20, 20, 20))
    fewer = before_and_after(days[1:-1], days[21].date)
    assert (fewer.before, fewer.after) == (Share(0, 20, 20), Share(20, 20, 20))
    assert before_and_after(days[2:-2], days[21].date) == BeforeAndAfter(Share(0, 19, 19), Share(19, 19, 19))


@given(st.lists(statuses, max_size=60), st.integers(-3, 90))
def test_every_day_is_in_one_week_and_no_share_is_over_one(kinds: list[str], offset: int) -> None:
    days = school_days(*kinds)
    assert sum(week.share.session_days for week in weeks_of(days)) == len(days)
    around = before_and_after(days, MONDAY + timedelta(days=offset), window=len(days))
    held = around.before.session_days + around.after.session_days
    assert held == len([day for day in days if day.date != MONDAY + timedelta(days=offset)])
    assert all((week.share.rate or 0) <= 1 for week in weeks_of(days))
