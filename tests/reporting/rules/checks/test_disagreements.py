"""RD-06: two systems that disagree about one day."""

from datetime import timedelta

from reporting.rules.checks.disagreements import check
from reporting.rules.class_facts import OfficeDisagreement
from tests.reporting.rules.worlds import MONDAY, facts

AWAY, IN = "seen_while_away", "absent_while_in"


def test_RD06_each_sort_of_disagreement_is_one_warning_with_its_students_and_first_day() -> None:
    held = [
        OfficeDisagreement(IN, 0, MONDAY),
        OfficeDisagreement(AWAY, 1, MONDAY + timedelta(days=2)),
        OfficeDisagreement(AWAY, 2, MONDAY + timedelta(days=1)),
        OfficeDisagreement(AWAY, 2, MONDAY + timedelta(days=2)),
    ]
    away, inside = check(facts(disagreements=held))
    assert (away.severity, away.students, away.student_id, away.day) == ("warning", 2, None, MONDAY + timedelta(days=1))
    assert away.message.startswith("3 days of 2 students seen in class while the office had them away")
    assert away.message.endswith("Student 1; Student 2.")
    assert (inside.student_id, inside.students) == (0, 1)
    assert "absent in class while the office had them signed in" in inside.message
    assert list(check(facts())) == []
