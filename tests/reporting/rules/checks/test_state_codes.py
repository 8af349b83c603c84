"""MS-37: the school as the state knows it."""

from datetime import timedelta
from typing import Any

import pytest

from reporting.rules.checks.state_codes import check
from reporting.rules.facts import SchoolFacts
from reporting.rules.found import ERROR, Found
from tests.reporting.rules.worlds import MONDAY, facts

FRIDAY = MONDAY + timedelta(days=4)


def _found(**changed: Any) -> list[Found]:
    return list(check(facts(**changed)))


@pytest.mark.parametrize("code", ["", "08", "08a"])
def test_a_school_without_a_state_code_is_blocked(code: str) -> None:
    (found,) = _found(school=SchoolFacts("2500", "Magnolia County", code, "Lincoln High School"))
    assert (found.code, found.severity) == ("no_state_code", ERROR)
    assert "orgs.identifier" in found.mend
