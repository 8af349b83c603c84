"""RD-50: somebody to tell."""

from reporting.rules.checks.contacts import check
from tests.reporting.rules.worlds import facts


def test_RD50_students_without_anybody_to_tell_are_one_warning() -> None:
    (found,) = check(facts(students=5, without_contact=[0, 1, 2, 4]))
    assert found.message.endswith("Student 0; Student 1; Student 2 and 1 more.")
    assert (found.severity, found.students, found.student_id) == ("warning", 4, None)
    (only,) = check(facts(without_contact=[1]))
    assert only.student_id == 1
    assert list(check(facts())) == []
