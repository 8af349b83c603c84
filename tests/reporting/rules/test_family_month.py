"""A month's sheet, and what a family counts in it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.family_month import DayCount, first_of, last_of, month_after, shape_in_calendar, totals, weeks

OCTOBER = date(2020, 10, 1)


def test_a_month_is_shown_from_monday_to_friday() -> None:
    sheet = weeks(OCTOBER, [])
    assert [len(row) for row in sheet] == [5] * 5
    assert sheet[0] == [None, None, None, date(2020, 10, 1), date(2020, 10, 2)]
    assert sheet[-1] == [date(2020, 10, day) for day in range(26, 31)]


def test_a_saturday_on_which_there_is_school_is_shown() -> None:
    assert [row[5] for row in weeks(OCTOBER, [date(2020, 10, 10)])][:2] == [date(2020, 10, 3), date(2020, 10, 10)]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.booleans())
def test_every_day_to_be_shown_stands_once_under_its_weekday(day: date, with_sunday: bool) -> None:
    month = first_of(day)
    every = [month + timedelta(days=n) for n in range((last_of(month) - month).days + 1)]
    shown = every if with_sunday else [each for each in every if each.weekday() < 5]
    sheet = weeks(month, shown)
    assert [each for row in sheet for each in row if each] == shown
    assert all(each is None or each.weekday() == place for row in sheet for place, each in enumerate(row))
    assert last_of(month) + timedelta(days=1) == month_after(day)


@pytest.mark.parametrize(
    ("day", "shape"),
    [
        (DayCount("present"), "present"),
        (DayCount("present", tardies=1), "tardy"),
        (DayCount("present", early_departures=1), "left_early"),
        (DayCount("present_already", tardies=1), "tardy"),
        (DayCount("absent", tardies=1), "absent"),
        (DayCount("excused"), "excused"),
        (DayCount("not_known", tardies=1), "undetermined"),
        (DayCount("no_school"), "void"),
    ],
)
def test_a_day_has_one_shape_and_an_open_one_never_that_of_an_absence(day: DayCount, shape: str) -> None:
    assert shape_in_calendar(day) == shape


def test_MD04_days_and_late_classes_are_counted_apart() -> None:
    states = "present exempt absent absent_every_class excused suspended not_known no_school to_come not_enrolled"
    found = totals(
        [DayCount(state, tardies=1) for state in states.split()[:2]] + [DayCount(s) for s in states.split()[2:]]
    )
    assert (found.present, found.unexcused, found.excused, found.suspended, found.unknown) == (2, 2, 1, 1, 1)
    assert (found.absent, found.days, found.late) == (4, 7, 2)
