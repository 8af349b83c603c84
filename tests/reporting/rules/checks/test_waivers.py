"""MS-01, RD-30: waived days that do not stand."""

import pytest

from reporting.rules.checks.lawful_calendar import check as check_calendar
from reporting.rules.checks.waivers import check
from reporting.rules.facts import CalendarFault
from tests.reporting.rules.worlds import MONDAY, facts

OF_WAIVERS = {
    "without_document": "MS-01",
    "without_reason": "MS-01",
    "too_many": "MS-01",
    "end_of_year": "RD-30",
    "not_adopted": "RD-30",
    "school_was_held": "RD-30",
}


@pytest.mark.parametrize(("code", "rule"), OF_WAIVERS.items())
def test_MS01_RD30_a_waiver_that_does_not_stand_blocks_until_it_is_completed_or_withdrawn(code: str, rule: str) -> None:
    month = facts(calendar_faults=[CalendarFault(MONDAY, code, rule, "waived, but wrongly")])
    (found,) = check(month)
    assert (found.severity, found.code, found.rule, found.day) == ("error", f"calendar_{code}", rule, MONDAY)
    assert list(check_calendar(month)) == []


def test_ST07_what_was_held_is_no_fault_of_a_waiver() -> None:
    month = facts(calendar_faults=[CalendarFault(MONDAY, "third_shortened", "ST-07", "shortened, after two others")])
    assert list(check(month)) == []
    (found,) = check_calendar(month)
    assert found.severity == "warning"
