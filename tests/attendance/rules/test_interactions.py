"""MS-09, MS-22, MS-23, RD-24: the weekly interaction of student, class and teacher of record."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.interactions import (
    Contact,
    ContactWeek,
    SpokenWeek,
    counts,
    month_day,
    owed,
    silent_weeks,
)
from attendance.rules.plan import DAILY, STANDARD, Plan

WEEK = tuple(date(2020, 10, 19) + timedelta(days=each) for each in range(5))
MONDAY, FRIDAY, SUNDAY = WEEK[0], WEEK[4], date(2020, 10, 25)
AFTER = date(2020, 10, 27)
EACH_DAY = Plan(date.min, contact_frequency=DAILY)
SOME_MINUTES = Plan(date.min, least_contact_minutes=10)


def week(own: tuple[date, ...] = WEEK, excused: tuple[date, ...] = ()) -> ContactWeek:
    return ContactWeek(own, WEEK, frozenset(excused))


def state(*contacts: Contact, plan: Plan = STANDARD, today: date = AFTER, **given) -> str:
    return owed(week(**given), contacts, plan, today=today).state


@pytest.mark.parametrize("kind", ["live_class", "group", "one_to_one", "call", "message"])
def test_RD24_a_live_class_a_group_and_a_two_way_conversation_count(kind: str) -> None:
    assert state(Contact(WEEK[2], kind)) == "met"


def test_RD24_an_unanswered_call_does_not_count() -> None:
    assert state(Contact(WEEK[2], "unanswered", 30)) == "missing"
    assert state(Contact(WEEK[2], "unanswered"), Contact(FRIDAY, "call")) == "met"


@pytest.mark.parametrize(("minutes", "counted"), [(9, False), (10, True), (None, False)])
def test_RD24_the_plan_may_set_a_least_duration(minutes: int | None, counted: bool) -> None:
    assert counts(Contact(MONDAY, "call", minutes), SOME_MINUTES) is counted
    assert counts(Contact(MONDAY, "call", minutes), STANDARD)


@pytest.mark.parametrize(
    ("day", "result"),
    [
        (MONDAY - timedelta(days=1), "missing"),
        (MONDAY, "met"),
        (SUNDAY, "met"),
        (SUNDAY + timedelta(days=1), "missing"),
    ],
)
def test_RD24_a_week_is_monday_to_sunday(day: date, result: str) -> None:
    assert state(Contact(day, "call")) == result


def test_MS09_without_contact_it_is_due_until_sunday_and_missing_after() -> None:
    assert state(today=SUNDAY) == "due"
    assert state(today=SUNDAY + timedelta(days=1)) == "missing"
    assert owed(week(), [], STANDARD, today=AFTER).due_on == SUNDAY


def test_MS22_one_day_in_own_time_makes_the_week_owe_an_interaction() -> None:
    assert state(own=WEEK[1:2]) == "missing"
    assert state(Contact(FRIDAY, "live_class"), own=WEEK[1:2]) == "met"
    with pytest.raises(ValueError, match="own time"):
        owed(week(own=()), [], STANDARD, today=AFTER)


def test_RD24_a_week_excused_throughout_is_exempt() -> None:
    assert state(excused=WEEK) == "exempt"
    assert state(excused=WEEK[1:]) == "missing"
    assert state(own=WEEK[1:], excused=WEEK[1:]) == "missing"


def test_MS22_a_district_may_require_it_daily() -> None:
    talks = [Contact(day, "call") for day in WEEK]
    assert state(*talks, plan=EACH_DAY) == "met"
    found = owed(week(), [talks[0], talks[1], talks[4]], EACH_DAY, today=AFTER)
    assert (found.state, found.days, found.due_on) == ("missing", WEEK[2:4], WEEK[2])
    assert state(talks[0], talks[1], talks[4], plan=EACH_DAY, excused=WEEK[2:4]) == "met"
    assert state(talks[0], plan=EACH_DAY, today=WEEK[1]) == "due"
    assert state(talks[0], plan=EACH_DAY, today=WEEK[2]) == "missing"


def test_MS23_the_teacher_of_record_on_the_weeks_last_own_time_day_owes_it() -> None:
    assert owed(week(own=WEEK[:3]), [], STANDARD, today=AFTER).answers_on == WEEK[2]


def test_RD24_a_week_belongs_to_the_month_of_its_last_school_day() -> None:
    session = [date(2020, 9, 28), date(2020, 9, 30), date(2020, 10, 1), date(2020, 10, 5)]
    assert month_day(date(2020, 9, 28), session) == date(2020, 10, 1)
    assert month_day(date(2020, 10, 12), session) is None


kinds = st.sampled_from(["live_class", "group", "one_to_one", "call", "message", "unanswered"])
contacts = st.builds(Contact, st.dates(date(2020, 10, 12), date(2020, 11, 1)), kinds, st.none() | st.integers(0, 600))
plans = st.builds(
    Plan,
    st.just(date.min),
    contact_frequency=st.sampled_from(["daily", "weekly"]),
    least_contact_minutes=st.integers(0, 60),
)
BEST_FIRST = ["exempt", "met", "due", "missing"]


@given(
    st.lists(contacts, max_size=6), contacts, plans, st.dates(MONDAY, date(2020, 11, 8)), st.sets(st.sampled_from(WEEK))
)
def test_RD24_one_more_contact_never_makes_a_week_worse(
    some: list[Contact], more: Contact, plan: Plan, today: date, excused: set[date]
) -> None:
    its = week(excused=tuple(excused))
    before, after = (owed(its, each, plan, today=today) for each in (some, [*some, more]))
    assert BEST_FIRST.index(after.state) <= BEST_FIRST.index(before.state)
    assert set(after.days) <= set(before.days)


MONDAYS = [date(2020, 9, 7) + timedelta(weeks=each) for each in range(8)]


def spoken(weeks: str, *, plan: Plan = STANDARD) -> list[int]:
    """Weeks by letters: s silent, t a talk of five minutes, n nothing owed; the places of those that run silent."""
    talk = {"t": Contact(MONDAY, "call", 5)}
    seen = [SpokenWeek(day, letter == "s", talk.get(letter), plan) for day, letter in zip(MONDAYS, weeks, strict=False)]
    return [MONDAYS.index(each) for each in silent_weeks(seen, today=AFTER)]


@pytest.mark.parametrize(
    ("weeks", "silent"),
    [
        ("ss", [0, 1]),
        ("tss", [1, 2]),
        ("sst", []),
        ("sns", [0, 2]),
        ("tnnn", []),
        ("tssssss", [1, 2, 3, 4, 5, 6]),
        # The eighth week is the running one: it is not over, but a talk in it is a talk.
        ("tssssnns", [1, 2, 3, 4]),
        ("tsssssst", []),
    ],
)
def test_RD42_weeks_without_an_interaction_run_until_somebody_speaks(weeks: str, silent: list[int]) -> None:
    assert spoken(weeks) == silent


def test_RD42_a_talk_shorter_than_the_plan_asks_is_none() -> None:
    longer = Plan(date.min, least_contact_minutes=6)
    assert (spoken("stts", plan=longer), spoken("stts")) == ([0, 3], [3])
