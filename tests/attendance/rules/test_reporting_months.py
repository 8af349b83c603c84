from datetime import date

import pytest

from attendance.rules.reporting_months import MonthRange, month_faults, month_ranges


def day(number: int, month: int = 10) -> date:
    return date(2020, month, number)


def test_RD70_a_month_ends_the_day_before_the_next_ones_first_session_day():
    days = [(day(1), 2), (day(2), 2), (day(5), 3), (day(9), 3)]
    assert month_ranges(days) == [MonthRange(2, day(1), day(4)), MonthRange(3, day(5), day(9))]


def test_RD70_the_days_of_several_schools_make_one_range():
    days = [(day(1), 2), (day(1), 2), (day(2), 2), (day(5), 3), (day(6), 3)]
    assert [(found.month, found.ends_on) for found in month_ranges(days)] == [(2, day(4)), (3, day(6))]


def test_RD70_no_session_days_have_no_months():
    assert month_ranges([]) == []


def test_RD70_one_day_in_two_months_is_named():
    [fault] = month_faults([(day(1), 2), (day(2), 2), (day(2), 3)])
    assert fault.day == day(2)
    assert "2 and 3" in fault.message


def test_RD70_a_month_that_comes_back_is_named():
    [fault] = month_faults([(day(1), 2), (day(2), 3), (day(3), 2), (day(4), 3)])
    assert fault.day == day(3)


def test_RD70_a_month_left_out_is_named():
    [fault] = month_faults([(day(1), 2), (day(2), 4), (day(3), 4)])
    assert "month 3 is left out" in fault.message


def test_RD70_ranges_of_a_faulty_calendar_are_refused():
    with pytest.raises(ValueError, match="left out"):
        month_ranges([(day(1), 1), (day(2), 3)])
