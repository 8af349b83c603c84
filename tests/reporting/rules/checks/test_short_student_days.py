"""RD-01: students' own short days."""

from datetime import timedelta
from typing import Any

import pytest

from reporting.rules.checks.short_student_days import check
from reporting.rules.facts import ShorterDays, StudentDay
from reporting.rules.found import WARNING, Found
from tests.reporting.rules.worlds import MONDAY, facts

FRIDAY = MONDAY + timedelta(days=4)


def _found(**changed: Any) -> list[Found]:
    return list(check(facts(**changed)))


@pytest.mark.parametrize(("minutes", "is_found"), [(0, False), (239, True), (240, False)])
def test_RD01_students_own_short_days_are_one_warning_a_date(minutes: int, is_found: bool) -> None:
    days = [StudentDay(each, MONDAY, "present", "09", "in_person", True, minutes) for each in range(3)]
    found = _found(days=days)
    assert [(each.code, each.students, each.severity) for each in found] == (
        [("short_student_day", 3, WARNING)] if is_found else []
    )


@pytest.mark.parametrize(
    ("starts", "ends", "is_found"),
    [(0, None, False), (0, 0, False), (-2, -1, True), (1, None, True)],
)
def test_RD01_a_day_that_is_meant_to_be_short_is_no_finding(starts: int, ends: int | None, is_found: bool) -> None:
    days = [StudentDay(1, MONDAY, "present", "12", "in_person", True, 150)]
    until = None if ends is None else MONDAY + timedelta(days=ends)
    found = _found(days=days, shorter_days=[ShorterDays(1, MONDAY + timedelta(days=starts), until)])
    assert [each.code for each in found] == (["short_student_day"] if is_found else [])
    assert _found(days=days, shorter_days=[ShorterDays(2, MONDAY)])
