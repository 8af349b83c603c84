"""Absences that became presence."""

import pytest

from reporting.rules.checks.turned_present import check
from reporting.rules.class_facts import TurnedPresent
from tests.reporting.rules.worlds import facts


@pytest.mark.parametrize(("month", "is_weighty"), [(1, False), (2, True), (3, True), (4, False)])
def test_RD10_who_turned_absences_into_presence_is_named_and_what_hangs_on_it(month: int, is_weighty: bool) -> None:
    (found,) = check(facts(month=month, turned_present=[TurnedPresent("Rosa Whitfield", 3, 2, 9)]))
    assert "Rosa Whitfield changed 3 marks" in found.message
    assert "of 2 students, up to 9 days later." in found.message
    assert ("funding" in found.message) == is_weighty
    assert list(check(facts())) == []
