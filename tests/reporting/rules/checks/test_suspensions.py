"""ST-02: a suspension is an unexcused absence in the state's file."""

import pytest

from reporting.rules.checks.suspensions import check
from reporting.rules.facts import StudentDay, StudentOn
from tests.reporting.rules.worlds import MONDAY, facts


@pytest.mark.parametrize(
    ("status", "is_found"), [("unexcused", False), ("excused", True), ("present", True), ("undetermined", True)]
)
def test_ST02_a_suspended_day_counts_as_unexcused_and_as_nothing_else(status: str, is_found: bool) -> None:
    days = [StudentDay(0, MONDAY, status, "09")]
    found = list(check(facts(days=days, suspended_days=[StudentOn(0, MONDAY)])))
    assert [(each.code, each.student_id, each.day) for each in found] == (
        [("suspension_not_unexcused", 0, MONDAY)] if is_found else []
    )


def test_ST02_a_suspension_on_a_day_that_is_not_the_students_is_no_finding() -> None:
    assert list(check(facts(days=[], suspended_days=[StudentOn(0, MONDAY)]))) == []
