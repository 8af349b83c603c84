"""MS-37: who left, left on a day of school."""

from datetime import timedelta

from reporting.rules.checks.exit_dates import check
from reporting.rules.facts import EnrollmentFact
from tests.reporting.rules.worlds import MONDAY, facts

SATURDAY = MONDAY + timedelta(days=5)


def test_MS37_an_exit_on_a_day_without_school_is_found_once_for_all() -> None:
    left = [EnrollmentFact(each, "09", SATURDAY, "E1", SATURDAY, "T2") for each in range(3)]
    (found,) = check(facts(enrollments=left))
    assert (found.code, found.students, found.student_id) == ("exit_not_in_session", 3, None)
    assert list(check(facts(enrollments=[left[0]._replace(left_on=MONDAY)]))) == []
    before = [left[0]._replace(left_on=MONDAY - timedelta(days=1))]
    assert list(check(facts(enrollments=before))) == []
