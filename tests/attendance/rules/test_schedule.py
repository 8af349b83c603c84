"""MS-02, MS-03, MS-07: which class meetings a day is expected to hold."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.minutes import MeetingTimes, Span
from attendance.rules.schedule import (
    BellPeriod,
    ExpectedMeeting,
    MeetingTime,
    SchoolDay,
    expected_meetings,
    is_split,
    up_to,
)

TUESDAY = date(2020, 10, 27)
EIGHT, NINE, TEN, NOON = 8 * 60, 9 * 60, 10 * 60, 12 * 60
FIRST = BellPeriod("1", "class", MeetingTimes(Span(EIGHT, EIGHT + 55)))
SECOND = BellPeriod("2", "class", MeetingTimes(Span(NINE, NINE + 55)))
# A class with a lunch of thirty minutes in the middle.
LONG = BellPeriod("5", "class", MeetingTimes(Span(NOON, NOON + 85), Span(NOON + 25, NOON + 55)))
DAY = SchoolDay(TUESDAY, in_session=True, rotation_day="", periods=[FIRST, SECOND, LONG])
WHOLE_YEAR = (date(2020, 8, 10), date(2021, 5, 21))


def meets(section: int, period: str, *rotation_days: str) -> MeetingTime:
    return MeetingTime(section, period, *WHOLE_YEAR, rotation_days)


def held(day: SchoolDay, *times: MeetingTime) -> list[ExpectedMeeting]:
    return expected_meetings(day, times)


def test_MS07_each_section_meets_in_its_own_periods() -> None:
    found = held(DAY, meets(7, "1"), meets(8, "2"), meets(8, "5"))
    assert [(each.section_id, each.period) for each in found] == [(7, "1"), (8, "2"), (8, "5")]
    assert found[0].times == FIRST.times


def test_no_class_meets_on_a_day_out_of_session() -> None:
    assert held(replace(DAY, in_session=False), meets(7, "1")) == []


def test_no_class_meets_in_a_period_that_the_bells_of_the_day_do_not_ring() -> None:
    assert held(DAY, meets(7, "3")) == []


@pytest.mark.parametrize("kind", ["lunch", "recess", "breakfast"])
def test_MS03_no_class_meets_in_a_meal_or_a_recess(kind: str) -> None:
    assert held(replace(DAY, periods=[replace(FIRST, kind=kind)]), meets(7, "1")) == []


def test_a_homeroom_is_instruction() -> None:
    assert len(held(replace(DAY, periods=[replace(FIRST, kind="homeroom")]), meets(7, "1"))) == 1


@pytest.mark.parametrize(
    ("starts", "ends", "count"),
    [
        (TUESDAY, TUESDAY, 1),
        (date(2020, 10, 26), date(2020, 10, 26), 0),
        (date(2020, 10, 28), None, 0),
        (date(2020, 10, 26), None, 1),
    ],
)
def test_a_section_meets_from_its_first_day_to_its_last_both_included(
    starts: date, ends: date | None, count: int
) -> None:
    assert len(held(DAY, MeetingTime(7, "1", starts, ends))) == count


@pytest.mark.parametrize(("rotation", "count"), [("A", 1), ("B", 0), ("", 0)])
def test_a_section_of_a_rotation_day_meets_on_that_day_alone(rotation: str, count: int) -> None:
    assert len(held(replace(DAY, rotation_day=rotation), meets(7, "1", "A"))) == count


def test_a_section_named_twice_for_one_period_meets_once() -> None:
    assert len(held(DAY, meets(7, "1"), MeetingTime(7, "1", TUESDAY, None))) == 1


@pytest.mark.parametrize(
    ("dismissal", "minutes"),
    [(NINE, None), (NINE + 1, 1), (NINE + 30, 30), (NINE + 55, 55), (NINE + 56, 55), (EIGHT, None)],
)
def test_a_dismissal_cuts_the_class_under_way_and_drops_those_after_it(dismissal: int, minutes: int | None) -> None:
    found = held(replace(DAY, dismissal=dismissal), meets(8, "2"))
    assert [each.times.instructional_minutes for each in found] == ([] if minutes is None else [minutes])


@pytest.mark.parametrize(
    ("dismissal", "minutes"), [(NOON + 25, 25), (NOON + 40, 25), (NOON + 55, 25), (NOON + 56, 26), (NOON + 85, 55)]
)
def test_MS03_a_dismissal_during_the_meal_leaves_the_minutes_before_it(dismissal: int, minutes: int) -> None:
    found = held(replace(DAY, dismissal=dismissal), meets(9, "5"))
    assert [each.times.instructional_minutes for each in found] == [minutes]


def test_MS03_a_class_that_starts_with_its_meal_and_is_dismissed_within_it_is_not_held() -> None:
    meal_first = BellPeriod("5", "class", MeetingTimes(Span(NOON, NOON + 85), Span(NOON, NOON + 30)))
    day = replace(DAY, periods=[meal_first], dismissal=NOON + 30)
    assert held(day, meets(9, "5")) == []
    assert len(held(replace(day, dismissal=NOON + 31), meets(9, "5"))) == 1


def lunch_of(*grades: str, starts: int) -> BellPeriod:
    return BellPeriod("Lunch", "lunch", MeetingTimes(Span(starts, starts + 30)), frozenset(grades))


def fourth_of(*grades: str, starts: int) -> BellPeriod:
    return BellPeriod("4", "class", MeetingTimes(Span(starts, starts + 55)), frozenset(grades))


ELEVEN = 11 * 60
# Grades 9 and 10 eat before the fourth period, all others after it.
TWO_LUNCHES = [
    lunch_of("09", "10", starts=ELEVEN),
    fourth_of("09", "10", starts=ELEVEN + 30),
    fourth_of(starts=ELEVEN),
    lunch_of(starts=ELEVEN + 55),
]


@pytest.mark.parametrize(
    ("grades", "starts", "split"),
    [
        ({"09"}, ELEVEN + 30, False),
        ({"09", "10"}, ELEVEN + 30, False),
        ({"10", "11"}, ELEVEN, True),
        ({"11", "12"}, ELEVEN, False),
        (set(), ELEVEN, False),
    ],
)
def test_a_class_rings_by_the_row_for_all_its_grades_else_by_the_row_for_all(
    grades: set[str], starts: int, split: bool
) -> None:
    of = frozenset(grades)
    [found] = held(replace(DAY, periods=TWO_LUNCHES), replace(meets(7, "4"), grades=of))
    assert found.times.span.starts == starts
    assert is_split(TWO_LUNCHES, "4", of) is split


def test_a_class_without_a_row_of_its_own_or_for_all_does_not_meet() -> None:
    day = replace(DAY, periods=[fourth_of("09", starts=ELEVEN)])
    assert held(day, meets(7, "4")) == []
    assert held(day, replace(meets(7, "4"), grades=frozenset({"09", "10"}))) == []


def test_MS02_each_grade_is_offered_the_minutes_of_its_own_rows() -> None:
    day = replace(DAY, periods=[*TWO_LUNCHES, fourth_of("12", starts=NINE)])
    assert [day.minutes_offered(grade) for grade in ("09", "11", "12", "")] == [55, 55, 55, 55]
    assert replace(day, dismissal=ELEVEN + 40).minutes_offered("09") == 10
    assert replace(day, dismissal=ELEVEN + 40).minutes_offered() == 40
    assert replace(day, in_session=False).minutes_offered() == 0


SENIORS_ARE_DONE = replace(DAY, own={"12": SchoolDay(TUESDAY, False, "", [])})


@pytest.mark.parametrize(("grades", "count"), [({"12"}, 0), ({"11", "12"}, 1), ({"11"}, 1), (set(), 1)])
def test_a_class_meets_as_long_as_one_of_its_grades_has_school(grades: set[str], count: int) -> None:
    assert len(held(SENIORS_ARE_DONE, replace(meets(7, "1"), grades=frozenset(grades)))) == count


def test_a_grade_may_have_school_while_the_others_have_none() -> None:
    early = replace(DAY, periods=[replace(FIRST, times=MeetingTimes(Span(EIGHT, EIGHT + 40)))])
    day = replace(DAY, in_session=False, own={"09": early})
    found = held(day, replace(meets(7, "1"), grades=frozenset({"09", "10"})), meets(8, "1"))
    assert [(each.section_id, each.times.instructional_minutes) for each in found] == [(7, 40)]
    assert day.minutes_offered("09") == 40


def test_a_class_of_several_grades_keeps_the_schools_bells_where_one_of_them_does() -> None:
    own = replace(DAY, periods=[replace(FIRST, times=MeetingTimes(Span(TEN, TEN + 30)))])
    mixed = replace(meets(7, "1"), grades=frozenset({"09", "10"}))
    for days, starts in [({"09": own}, EIGHT), ({"09": own, "10": own}, TEN)]:
        assert [each.times.span.starts for each in held(replace(DAY, own=days), mixed)] == [starts]


@pytest.mark.parametrize(
    ("dismissal", "left"), [(None, 55), (NOON + 86, 55), (NOON + 85, 55), (NOON + 84, 54), (NOON, None)]
)
def test_RD01_what_a_dismissal_leaves_of_a_class(dismissal: int | None, left: int | None) -> None:
    times = up_to(LONG.times, dismissal)
    assert (times.instructional_minutes if times else None) == left


@given(st.integers(0, 1439))
def test_MS02_whatever_the_dismissal_no_class_offers_nothing_and_none_more_than_its_bells(dismissal: int) -> None:
    times = [meets(7, "1"), meets(8, "2"), meets(9, "5")]
    whole = {each.section_id: each.times for each in held(DAY, *times)}
    for each in held(replace(DAY, dismissal=dismissal), *times):
        assert 0 < each.times.instructional_minutes <= whole[each.section_id].instructional_minutes
        assert each.times.span.ends <= dismissal
        meal = each.times.deduction
        assert meal is None or each.times.span.starts <= meal.starts < meal.ends <= each.times.span.ends
