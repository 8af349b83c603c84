"""A ledger that differs from the marks."""

from datetime import timedelta
from typing import Any

from reporting.rules.checks.ledger import check
from reporting.rules.facts import LedgerDifference
from reporting.rules.found import ERROR, Found
from tests.reporting.rules.worlds import MONDAY, facts

FRIDAY = MONDAY + timedelta(days=4)


def _found(**changed: Any) -> list[Found]:
    return list(check(facts(**changed)))


def test_a_difference_of_the_ledger_names_the_command_that_mends_it() -> None:
    (found,) = _found(ledger_differences=[LedgerDifference(MONDAY, 3)])
    assert (found.severity, found.students) == (ERROR, 3)
    assert "rebuild_attendance --school 2500-008 --from 2020-09-14 --to 2020-09-14" in found.mend
