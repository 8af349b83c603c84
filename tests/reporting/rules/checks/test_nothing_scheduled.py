"""RD-02: days without any class to be judged by."""

from datetime import timedelta
from typing import Any

from reporting.rules.checks.nothing_scheduled import check
from reporting.rules.facts import StudentDay, UntakenMark
from reporting.rules.found import Found
from tests.reporting.rules.worlds import MONDAY, facts

FRIDAY = MONDAY + timedelta(days=4)


def _found(**changed: Any) -> list[Found]:
    return list(check(facts(**changed)))


def test_RD02_days_without_a_class_are_one_finding_a_student_from_the_first_of_them() -> None:
    days = [StudentDay(0, day, "undetermined", "09") for day in (FRIDAY, MONDAY)]
    (found,) = _found(days=days)
    assert (found.code, found.student_id, found.day) == ("nothing_scheduled", 0, MONDAY)
    assert "2 school days, the first Monday, September 14, 2020" in found.message


def test_a_day_that_waits_for_a_class_is_not_found_a_second_time_as_unscheduled() -> None:
    waiting = UntakenMark(7, 1, MONDAY, "Algebra I", "2", "Rosa Whitfield", False)
    assert _found(untaken=[waiting], days=[StudentDay(1, MONDAY, "undetermined", "09")]) == []
