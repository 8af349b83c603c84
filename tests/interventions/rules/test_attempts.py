"""What can come of an attempt, and which step it works on."""

from interventions.models import ActionKind, ContactKind, ContactResult
from interventions.rules.attempts import RESULTS, STEPS, can_come_of


def test_every_kind_of_attempt_has_results_and_every_result_comes_of_some_kind() -> None:
    assert set(RESULTS) == set(ContactKind.values)
    assert {result for results in RESULTS.values() for result in results} == set(ContactResult.values)
    assert set(STEPS) <= set(ContactKind.values)
    assert {kind for kinds in STEPS.values() for kind in kinds} <= set(ActionKind.values)


def test_nobody_is_found_not_at_home_by_telephone() -> None:
    assert can_come_of("call", "no_answer")
    assert can_come_of("visit", "not_home")
    assert not can_come_of("call", "not_home")
    assert not can_come_of("carrier pigeon", "reached")
