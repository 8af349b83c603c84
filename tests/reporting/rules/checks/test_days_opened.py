"""RD-10: a month whose days are all there."""

from datetime import date, timedelta
from typing import Any

import pytest

from reporting.rules.checks.days_opened import check
from reporting.rules.found import Found
from tests.reporting.rules.worlds import MONDAY, facts

FRIDAY = MONDAY + timedelta(days=4)


def _found(**changed: Any) -> list[Found]:
    return list(check(facts(**changed)))


@pytest.mark.parametrize(("opened", "is_found"), [(FRIDAY - timedelta(days=1), True), (FRIDAY, False), (None, True)])
def test_RD10_a_month_whose_days_are_not_all_opened_is_blocked(opened: date | None, is_found: bool) -> None:
    assert [found.code for found in _found(opened_through=opened)] == (["days_not_opened"] if is_found else [])
