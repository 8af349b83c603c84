"""MS-37: a no-show never came."""

from reporting.rules.checks.no_shows import check
from reporting.rules.facts import EnrollmentFact
from tests.reporting.rules.worlds import MONDAY, facts


def test_MS37_a_no_show_who_was_seen_in_class_blocks_the_month() -> None:
    gone = [EnrollmentFact(0, "09", MONDAY, "E1", MONDAY, "NS"), EnrollmentFact(1, "09", MONDAY, "E1", MONDAY, "T2")]
    (found,) = check(facts(enrollments=gone, seen_student_ids=frozenset({0, 1})))
    assert (found.code, found.student_id) == ("no_show_was_seen", 0)
    assert list(check(facts(enrollments=gone, seen_student_ids=frozenset({1})))) == []
