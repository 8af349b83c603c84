"""MS-18, MS-19: a plan behind every student in own time."""

import pytest

from reporting.rules.checks.own_time_plans import check
from reporting.rules.class_facts import UnplannedMode
from tests.reporting.rules.worlds import MONDAY, facts


@pytest.mark.parametrize(
    ("why", "code", "severity", "rule"),
    [
        ("no_plan", "own_time_without_plan", "error", "MS-18"),
        ("no_measure", "own_time_without_measure", "error", "MS-19"),
        ("not_offered", "own_time_not_offered", "warning", "MS-18"),
    ],
)
def test_MS18_students_in_own_time_without_a_plan_are_one_finding_of_its_kind(
    why: str, code: str, severity: str, rule: str
) -> None:
    (found,) = check(facts(unplanned=[UnplannedMode(each, "async_online", MONDAY, why) for each in (0, 2)]))
    assert (found.code, found.severity, found.rule) == (code, severity, rule)
    assert (found.students, found.student_id, found.day) == (2, None, MONDAY)
    assert found.message.endswith("Student 0; Student 2.")


def test_MS18_whoever_has_a_plan_is_no_finding() -> None:
    assert list(check(facts())) == []
