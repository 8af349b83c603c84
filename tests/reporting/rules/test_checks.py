"""What blocks a month, and what is only to be known (RD-71)."""

from datetime import date, timedelta
from typing import Any

import pytest

from reporting.rules.checks import check_month
from reporting.rules.facts import (
    CalendarFacts,
    LedgerDifference,
    PersonFacts,
    SchoolFacts,
    ShorterDays,
    StudentDay,
    UntakenMark,
)
from reporting.rules.found import ERROR, WARNING, Found
from tests.reporting.rules.worlds import MONDAY, facts

FRIDAY = MONDAY + timedelta(days=4)


def _found(**changed: Any) -> list[Found]:
    return check_month(facts(**changed), [])


def _untaken(students: int, *, taken: bool = False) -> dict[str, Any]:
    marks = [UntakenMark(7, each, MONDAY, "Algebra I", "2", "Rosa Whitfield", taken) for each in range(students)]
    return {"untaken": marks, "days": [StudentDay(each, MONDAY, "undetermined", "09") for each in range(students)]}


def test_a_month_in_which_all_is_known_has_no_finding() -> None:
    assert _found() == []


@pytest.mark.parametrize(
    ("students", "said"), [(1, "The day of 1 student turns on it."), (28, "The days of 28 students turn on it.")]
)
def test_RD03_an_untaken_class_is_one_finding_however_many_days_turn_on_it(students: int, said: str) -> None:
    (found,) = _found(**_untaken(students), people={each: PersonFacts("A", f"{each:09d}") for each in range(28)})
    assert (found.code, found.meeting_id, found.students) == ("meeting_untaken", 7, students)
    assert found.message == f"Algebra I, period 2, on Monday, September 14, 2020: not taken. {said}"


def test_RD03_a_taken_class_with_somebody_unmarked_says_so() -> None:
    (found,) = _found(**_untaken(1, taken=True))
    assert found.code == "meeting_unmarked"
    assert "1 on the roster unmarked" in found.message


def test_RD02_days_without_a_class_are_one_finding_a_student_from_the_first_of_them() -> None:
    days = [StudentDay(0, day, "undetermined", "09") for day in (FRIDAY, MONDAY)]
    (found,) = _found(days=days)
    assert (found.code, found.student_id, found.day) == ("nothing_scheduled", 0, MONDAY)
    assert "2 school days, the first Monday, September 14, 2020" in found.message


def test_a_day_that_waits_for_a_class_is_not_found_a_second_time_as_unscheduled() -> None:
    assert [found.code for found in _found(**_untaken(2))] == ["meeting_untaken"]


@pytest.mark.parametrize(("opened", "is_found"), [(FRIDAY - timedelta(days=1), True), (FRIDAY, False), (None, True)])
def test_RD10_a_month_whose_days_are_not_all_opened_is_blocked(opened: date | None, is_found: bool) -> None:
    assert [found.code for found in _found(opened_through=opened)] == (["days_not_opened"] if is_found else [])


def test_a_difference_of_the_ledger_names_the_command_that_mends_it() -> None:
    (found,) = check_month(facts(), [LedgerDifference(MONDAY, 3)])
    assert (found.severity, found.students) == (ERROR, 3)
    assert "rebuild_attendance --school 2500-008 --from 2020-09-14 --to 2020-09-14" in found.mend


@pytest.mark.parametrize("code", ["", "08", "08a"])
def test_a_school_without_a_state_code_is_blocked(code: str) -> None:
    (found,) = _found(school=SchoolFacts("2500", "Magnolia County", code, "Lincoln High School"))
    assert (found.code, found.severity) == ("no_state_code", ERROR)
    assert "orgs.identifier" in found.mend


@pytest.mark.parametrize(("minutes", "is_found"), [(239, True), (240, False), (241, False)])
def test_MS02_a_school_day_under_240_minutes_is_a_warning(minutes: int, is_found: bool) -> None:
    found = _found(calendar=[CalendarFacts(MONDAY, "IN", "", "traditional", "daily", True, minutes)])
    assert [(each.code, each.severity) for each in found] == ([("short_day", WARNING)] if is_found else [])


def test_MS02_a_day_out_of_session_offers_nothing_and_is_no_finding() -> None:
    assert _found(calendar=[CalendarFacts(MONDAY, "H", "Labor Day", "", "daily", False, 0)]) == []


@pytest.mark.parametrize(("minutes", "is_found"), [(0, False), (239, True), (240, False)])
def test_RD01_students_own_short_days_are_one_warning_a_date(minutes: int, is_found: bool) -> None:
    days = [StudentDay(each, MONDAY, "present", "09", "in_person", True, minutes) for each in range(3)]
    found = _found(days=days)
    assert [(each.code, each.students, each.severity) for each in found] == (
        [("short_student_day", 3, WARNING)] if is_found else []
    )


@pytest.mark.parametrize(
    ("starts", "ends", "is_found"),
    [(0, None, False), (0, 0, False), (-2, -1, True), (1, None, True)],
)
def test_RD01_a_day_that_is_meant_to_be_short_is_no_finding(starts: int, ends: int | None, is_found: bool) -> None:
    days = [StudentDay(1, MONDAY, "present", "12", "in_person", True, 150)]
    until = None if ends is None else MONDAY + timedelta(days=ends)
    found = _found(days=days, shorter_days=[ShorterDays(1, MONDAY + timedelta(days=starts), until)])
    assert [each.code for each in found] == (["short_student_day"] if is_found else [])
    assert _found(days=days, shorter_days=[ShorterDays(2, MONDAY)])


def test_errors_come_before_warnings_and_each_in_the_order_of_their_days() -> None:
    short = [CalendarFacts(MONDAY, "IN", "", "traditional", "daily", True, 100)]
    found = check_month(
        facts(calendar=short), [LedgerDifference(FRIDAY, 1), LedgerDifference(MONDAY + timedelta(days=1), 1)]
    )
    assert [each.severity for each in found] == [ERROR, ERROR, WARNING]
    assert found[0].day < found[1].day
