"""Enrollment, days taught and monthly absences as the state is told of them."""

from datetime import date, timedelta
from typing import Any

import pytest

from reporting.rules.checks import check_month
from reporting.rules.checks.enrollments import check as enrollment_findings
from reporting.rules.enrollment_standing import standing_of
from reporting.rules.facts import EnrollmentFact, StudentDay
from reporting.rules.found import ERROR, WARNING
from reporting.rules.record_sources import DAYS_TAUGHT, ENROLLMENT, MONTHLY_ABSENCES
from reporting.rules.records import records
from students.rules.state_codes import EXIT_CODES
from tests.reporting.rules.worlds import MONDAY, MSIS_2, facts

FRIDAY = MONDAY + timedelta(days=4)


def _fact(**changed: Any) -> EnrollmentFact:
    return EnrollmentFact(
        **{"student_id": 0, "grade": "09", "entered_on": date(2020, 8, 10), "entry_code": "E1"} | changed
    )


def _rows(record_set: str, **changed: Any) -> list[dict[str, str]]:
    header = MSIS_2.record_set(record_set).header
    return [dict(zip(header, row, strict=True)) for row in records(facts(**changed), MSIS_2, record_set)]


def test_a_student_who_is_still_there_has_neither_exit_date_nor_exit_code() -> None:
    (row,) = _rows(ENROLLMENT, enrollments=[_fact()])
    assert list(row.values()) == [
        *("2500-008", "000000000", "09", "01811", "2020-08-10", "74001", "", "", "", "Yes", "Yes")
    ]


def test_a_student_who_left_carries_the_states_value_and_the_districts_code() -> None:
    (row,) = _rows(ENROLLMENT, enrollments=[_fact(left_on=FRIDAY, exit_code="T3", is_primary=False)])
    assert (row["EnrollmentStatus"], row["EnrollmentExitDate"]) == ("01813", FRIDAY.isoformat())
    assert (row["ExitOrWithdrawalType"], row["LocalExitCode"], row["PrimarySchool"]) == ("01908", "T3", "No")


def test_a_dropout_code_without_a_public_state_value_leaves_it_blank_and_shows_the_districts_own() -> None:
    (row,) = _rows(ENROLLMENT, enrollments=[_fact(left_on=FRIDAY, exit_code="D07")])
    assert (row["EnrollmentStatus"], row["ExitOrWithdrawalType"], row["LocalExitCode"]) == ("01810", "", "D07")


@pytest.mark.parametrize("code", EXIT_CODES)
def test_every_exit_code_has_a_standing(code: str) -> None:
    expected = {"NS": "no_show"} | dict.fromkeys(("T2", "T3", "T4", "T5"), "transferring")
    assert standing_of(_fact(left_on=FRIDAY, exit_code=code)) == expected.get(code, "former")


def test_days_taught_stand_once_for_every_grade_that_had_a_student() -> None:
    days = [StudentDay(each, MONDAY, "present", grade) for each, grade in enumerate(["10", "09", "10"])]
    assert [(row["GradeLevel"], row["DaysTaught"]) for row in _rows(DAYS_TAUGHT, days=days)] == [
        ("09", "5"),
        ("10", "5"),
    ]


def test_monthly_absences_count_excused_and_unexcused_by_grade_and_keep_those_apart_apart() -> None:
    days = [
        StudentDay(0, MONDAY, "excused", "09"),
        StudentDay(0, FRIDAY, "unexcused", "09"),
        StudentDay(1, MONDAY, "present", "09"),
        StudentDay(2, MONDAY, "unexcused", "PK", counted_in_ada=False),
    ]
    rows = _rows(MONTHLY_ABSENCES, days=days)
    assert [list(row.values())[2:] for row in rows] == [
        ["09", "Yes", "3", "1", "1", "2"],
        ["PK", "No", "1", "0", "1", "1"],
    ]


@pytest.mark.parametrize(
    ("enrollment", "code", "severity"),
    [
        (_fact(grade=""), "grade_missing", ERROR),
        (_fact(entry_code=""), "entry_code_missing", ERROR),
        (_fact(left_on=FRIDAY), "exit_code_missing", ERROR),
        (_fact(left_on=FRIDAY, exit_code="D04"), "exit_code_without_value", WARNING),
    ],
)
def test_RD71_a_missing_code_blocks_and_one_the_state_keeps_to_itself_is_to_be_known(
    enrollment: EnrollmentFact, code: str, severity: str
) -> None:
    (found,) = enrollment_findings(facts(enrollments=[enrollment]))
    assert (found.code, found.severity, found.student_id) == (code, severity, 0)
    assert "Student 0" in found.message


def test_a_whole_school_without_entry_codes_is_one_finding_that_names_the_first_three() -> None:
    (found,) = check_month(
        facts(students=5, enrollments=[_fact(student_id=each, entry_code="") for each in range(5)]), []
    )
    assert found.message == "5 enrollments without an entry code: Student 0; Student 1; Student 2 and 2 more."
    assert (found.students, found.student_id) == (5, None)
