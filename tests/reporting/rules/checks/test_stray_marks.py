"""RD-11: marks of days without an enrollment count for nothing, and are said."""

from datetime import timedelta

from reporting.rules.checks.stray_marks import check
from reporting.rules.facts import StudentOn
from tests.reporting.rules.worlds import MONDAY, facts


def test_RD11_marks_without_an_enrollment_are_one_warning_from_the_first_of_them() -> None:
    marks = [StudentOn(1, MONDAY + timedelta(days=1)), StudentOn(1, MONDAY), StudentOn(2, MONDAY)]
    (found,) = check(facts(stray_marks=marks))
    assert (found.severity, found.day, found.students) == ("warning", MONDAY, 2)
    assert found.message.startswith("3 marks of 2 students")
    assert list(check(facts())) == []
