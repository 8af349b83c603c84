"""MS-37: codes that the state knows."""

from reporting.rules.checks.enrollment_codes import check
from reporting.rules.facts import EnrollmentFact
from reporting.rules.found import ERROR
from tests.reporting.rules.worlds import MONDAY, facts


def test_MS37_an_unknown_code_blocks_and_a_missing_one_is_another_finding() -> None:
    wrong = [EnrollmentFact(0, "09", MONDAY, "E7"), EnrollmentFact(1, "09", MONDAY, "E1", MONDAY, "T9")]
    entry, left = check(facts(enrollments=wrong))
    assert (entry.code, entry.student_id, entry.severity) == ("unknown_entry_code", 0, ERROR)
    assert (left.code, left.student_id) == ("unknown_exit_code", 1)
    assert "“T9” of 1 student" in left.message
    right = [EnrollmentFact(0, "09", MONDAY, ""), EnrollmentFact(1, "09", MONDAY, "R07", MONDAY, "D20")]
    assert list(check(facts(enrollments=right))) == []
