from datetime import date

import pytest

from attendance.rules.reporting_months import MonthRange, boundary_faults, month_faults, month_of, month_ranges


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


SESSION = [day(1), day(2), day(5), day(6), day(9)]


def test_RD70_a_day_lies_in_the_month_that_began_last():
    starts = {1: day(1), 2: day(5)}
    assert [month_of(each, starts) for each in (day(1), day(4), day(5), day(9))] == [1, 1, 2, 2]
    assert month_of(date(2020, 9, 30), starts) is None


def test_RD70_boundaries_in_order_have_no_fault():
    assert boundary_faults(SESSION, {1: date(2020, 9, 28), 2: day(5), 3: day(9)}) == []


def test_RD70_a_school_day_before_the_first_month_is_a_gap():
    [fault] = boundary_faults(SESSION, {1: day(2), 2: day(5)})
    assert fault.day == day(1)
    assert "no reporting month" in fault.message


def test_RD70_months_out_of_order_overlap():
    assert "after" in boundary_faults(SESSION, {1: day(5), 2: day(1)})[0].message


def test_RD70_two_months_that_start_on_one_day_leave_one_without_days():
    [fault] = boundary_faults(SESSION, {1: day(1), 2: day(5), 3: day(5)})
    assert "month 2 is left out" in fault.message


def test_RD70_a_month_that_starts_after_the_last_school_day_has_none():
    [fault] = boundary_faults(SESSION, {1: day(1), 2: day(10)})
    assert "No school day lies in reporting month 2" in fault.message
