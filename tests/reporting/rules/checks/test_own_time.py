"""MS-22, MS-24b, MS-26, RD-24, RD-25, RD-71: what a month says of its weeks in own time."""

from datetime import timedelta
from typing import Any

from reporting.rules.checks import check_month
from reporting.rules.checks.own_time import check as own_time_findings
from reporting.rules.facts import LateEntries, MissedInteractions, OpenWork, StudentDay, UnreportedWeek
from reporting.rules.found import ERROR, WARNING, Found
from tests.reporting.rules.worlds import MONDAY, facts

FRIDAY = MONDAY + timedelta(days=4)


def found(**changed: Any) -> list[Found]:
    return check_month(facts(**changed), [])


def waiting(students: int, *, turns: bool = True, days: int = 2) -> list[OpenWork]:
    return [
        OpenWork(7, "Algebra I, 2", "Rosa Whitfield", each, MONDAY, MONDAY + timedelta(days=day), turns)
        for each in range(students)
        for day in range(days)
    ]


def test_MS26_own_time_days_never_entered_block_the_month_as_one_finding_a_class_and_week() -> None:
    days = [StudentDay(each.student_id, each.date, "undetermined", "09") for each in waiting(3)]
    (one,) = found(open_work=waiting(3), days=days)
    assert (one.severity, one.code, one.day, one.students) == (ERROR, "work_not_entered", MONDAY, 3)
    assert one.message == (
        "Algebra I, 2, week of Monday, September 14, 2020: 6 days of 3 students in own time not entered; "
        "status turns on it."
    )
    assert one.mend.startswith("Rosa Whitfield or the office")


def test_RD71_a_day_that_stands_without_the_entry_does_not_block() -> None:
    (one,) = found(open_work=waiting(1, turns=False, days=1))
    assert (one.severity, one.code) == (WARNING, "work_not_entered_in_time")
    assert "1 day of 1 student" in one.message


def test_RD71_a_missed_interaction_and_a_missing_list_and_late_entries_are_to_be_known() -> None:
    changed = {
        "missed_interactions": [MissedInteractions(2, "Algebra I, 2", "Rosa Whitfield", MONDAY, FRIDAY, 2)],
        "unreported_weeks": [UnreportedWeek("Algebra I, 2", "", MONDAY, FRIDAY)],
        "late_entries": [LateEntries("Rosa Whitfield", 3, 1)],
    }
    listed = found(**changed)
    assert {each.severity for each in listed} == {WARNING}
    assert {(each.code, each.rule) for each in listed} == {
        ("missed_interaction", "RD-24"),
        ("weeks_not_reported", "MS-24b"),
        ("entered_late", "RD-25"),
    }
    said = " ".join(each.message for each in own_time_findings(facts(**changed)))
    assert "Rosa Whitfield is the teacher of record of 2 weeks of students in own time without an interaction" in said
    assert "Of 1 week of classes the school was not told" in said
    assert "nobody (1)." in said
    assert "3 weeks of classes entered late, by up to 1 day." in said


def test_RD71_many_missed_weeks_are_a_finding_for_each_teacher_and_one_for_all_reports() -> None:
    missed = [MissedInteractions(n, f"Class {n}", f"Teacher {n % 3}", MONDAY, FRIDAY, 4) for n in range(30)]
    weeks = [UnreportedWeek(f"Class {n}", f"Teacher {n:02d}", MONDAY, FRIDAY) for n in range(12)]
    listed = found(missed_interactions=missed, unreported_weeks=weeks)
    assert [each.students for each in listed if each.code == "missed_interaction"] == [40, 40, 40]
    (reports,) = (each for each in listed if each.code == "weeks_not_reported")
    assert reports.message.endswith("Teacher 09 (1) and 2 more.")


def test_MS22_a_day_in_own_time_with_less_than_240_minutes_assigned_is_told_apart() -> None:
    days = [StudentDay(0, MONDAY, "present", "09", mode, True, 239) for mode in ("offline_packets", "in_person")]
    assert [(each.code, each.rule) for each in found(days=days)] == [
        ("short_student_day", "RD-01"),
        ("short_own_time_day", "MS-22"),
    ]
    exact = StudentDay(0, MONDAY, "present", "09", "offline_packets", True, 240)
    assert found(days=[exact, exact._replace(student_id=1, mode="in_person")]) == []
