"""A month is built from a roster of its week."""

from datetime import timedelta

import pytest

from reporting.rules.checks.roster_age import check
from tests.reporting.rules.worlds import MONDAY, facts


@pytest.mark.parametrize(("days", "is_found"), [(0, False), (7, False), (8, True)])
def test_a_roster_older_than_a_week_is_said(days: int, is_found: bool) -> None:
    found = list(check(facts(roster_taken_in_on=MONDAY, as_of=MONDAY + timedelta(days=days))))
    assert [each.code for each in found] == (["old_roster"] if is_found else [])


def test_who_never_took_a_roster_in_is_told_elsewhere() -> None:
    assert list(check(facts(as_of=MONDAY))) == []
