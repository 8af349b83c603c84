"""What blocks a month, and what is only to be known (RD-71)."""

from datetime import timedelta
from typing import Any

from reporting.rules.checks import check_month
from reporting.rules.facts import (
    CalendarFacts,
    LedgerDifference,
)
from reporting.rules.found import ERROR, WARNING, Found
from tests.reporting.rules.worlds import MONDAY, facts

FRIDAY = MONDAY + timedelta(days=4)


def _found(**changed: Any) -> list[Found]:
    return check_month(facts(**changed), [])


def test_a_month_in_which_all_is_known_has_no_finding() -> None:
    assert _found() == []


def test_errors_come_before_warnings_and_each_in_the_order_of_their_days() -> None:
    short = [CalendarFacts(MONDAY, "IN", "", "traditional", "daily", True, 100)]
    found = check_month(
        facts(calendar=short), [LedgerDifference(FRIDAY, 1), LedgerDifference(MONDAY + timedelta(days=1), 1)]
    )
    assert [each.severity for each in found] == [ERROR, ERROR, WARNING]
    assert found[0].day < found[1].day
