"""Classes that are always full."""

import pytest

from reporting.rules.checks.nobody_ever_absent import check
from reporting.rules.class_facts import FullClass
from tests.reporting.rules.worlds import facts


@pytest.mark.parametrize(
    ("meetings", "marks", "is_found"), [(9, 300, False), (10, 199, False), (10, 200, True), (11, 201, True)]
)
def test_a_class_that_is_always_full_is_named_when_it_met_often_enough(
    meetings: int, marks: int, is_found: bool
) -> None:
    found = list(check(facts(full_classes=[FullClass("Algebra I, 2", "Rosa Whitfield", meetings, marks)])))
    assert [each.code for each in found] == (["nobody_ever_absent"] if is_found else [])
    assert all("Algebra I, 2 (Rosa Whitfield)" in each.message for each in found)
