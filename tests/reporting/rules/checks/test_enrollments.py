"""MS-37: what the state cannot take of an enrollment."""

from datetime import date, timedelta

from reporting.rules.checks.enrollments import check
from reporting.rules.facts import EnrollmentFact
from tests.reporting.rules.worlds import MONDAY, facts


def enrollment(student: int, **changed: object) -> EnrollmentFact:
    return EnrollmentFact(student, "09", date(2020, 8, 10), "E1")._replace(**changed)


def test_MS37_what_is_missing_of_enrollments_is_one_error_of_its_kind() -> None:
    left = MONDAY + timedelta(days=2)
    held = [enrollment(0, grade=""), enrollment(1, grade="", entry_code=""), enrollment(2, left_on=left)]
    found = {each.code: each for each in check(facts(enrollments=held))}
    assert {code: each.students for code, each in found.items()} == {
        "grade_missing": 2,
        "entry_code_missing": 1,
        "exit_code_missing": 1,
    }
    assert {each.severity for each in found.values()} == {"error"}
    assert (found["grade_missing"].student_id, found["exit_code_missing"].student_id) == (None, 2)


def test_MS37_a_code_whose_state_value_is_not_public_is_to_be_known() -> None:
    (found,) = check(facts(enrollments=[enrollment(0, left_on=MONDAY, exit_code="D07")]))
    assert (found.code, found.severity) == ("exit_code_without_value", "warning")
    assert list(check(facts(enrollments=[enrollment(0, left_on=MONDAY, exit_code="T2"), enrollment(1)]))) == []
