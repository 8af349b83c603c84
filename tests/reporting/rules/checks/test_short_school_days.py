"""MS-02: what a school day offers."""

from datetime import timedelta
from typing import Any

import pytest

from reporting.rules.checks.short_school_days import check
from reporting.rules.facts import CalendarFacts
from reporting.rules.found import WARNING, Found
from tests.reporting.rules.worlds import MONDAY, facts

FRIDAY = MONDAY + timedelta(days=4)


def _found(**changed: Any) -> list[Found]:
    return list(check(facts(**changed)))


@pytest.mark.parametrize(("minutes", "is_found"), [(239, True), (240, False), (241, False)])
def test_MS02_a_school_day_under_240_minutes_is_a_warning(minutes: int, is_found: bool) -> None:
    found = _found(calendar=[CalendarFacts(MONDAY, "IN", "", "traditional", "daily", True, minutes)])
    assert [(each.code, each.severity) for each in found] == ([("short_day", WARNING)] if is_found else [])


def test_MS02_a_day_out_of_session_offers_nothing_and_is_no_finding() -> None:
    assert _found(calendar=[CalendarFacts(MONDAY, "H", "Labor Day", "", "daily", False, 0)]) == []
