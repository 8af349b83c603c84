"""What absences lead to, for a family: help from the plans, never by the name of a tier, and what the law expects."""

import pytest

from interventions.rules.policy import CarePolicy
from reporting.rules.family_support import PlannedOffer, law, support

PLAN = [
    PlannedOffer(1, "call"),
    PlannedOffer(1, "visit"),
    PlannedOffer(2, "locate"),
    PlannedOffer(2, "mentoring"),
    PlannedOffer(2, "call"),
    PlannedOffer(3, "case_management"),
    PlannedOffer(3, "case_management"),
    PlannedOffer(3, "community", only_unlocated=True),
    PlannedOffer(3, "agency", only_unlocated=True),
    PlannedOffer(3, "other"),
]
SOURCES = CarePolicy()


@pytest.mark.parametrize(
    ("absences", "now", "next_at", "then"),
    [
        (0, [], 5, ["call", "visit"]),
        (4, [], 5, ["call", "visit"]),
        (5, ["call", "visit"], 6, ["mentoring"]),
        (6, ["call", "visit", "mentoring"], 11, ["case_management"]),
        (10, ["call", "visit", "mentoring"], 11, ["case_management"]),
        (11, ["call", "visit", "mentoring", "case_management"], None, []),
    ],
)
def test_MD05_the_help_of_the_plans_is_offered_by_the_absences(
    absences: int, now: list[str], next_at: int | None, then: list[str]
) -> None:
    found = support(absences, PLAN, SOURCES)
    assert (list(found.now), found.next_at, list(found.then)) == (now, next_at, then)


def test_a_plan_that_adds_nothing_next_is_looked_through_to_what_does() -> None:
    found = support(5, [each for each in PLAN if each.kind != "mentoring"], SOURCES)
    assert (found.next_at, list(found.then)) == (11, ["case_management"])


@pytest.mark.parametrize(
    ("unexcused", "reached", "next_at", "is_final"),
    [(4, None, 5, False), (5, 5, 10, False), (9, 5, 10, False), (10, 10, 12, False), (12, 12, None, True)],
)
def test_ST02_the_law_looks_at_unexcused_absences(
    unexcused: int, reached: int | None, next_at: int | None, is_final: bool
) -> None:
    found = law(unexcused, SOURCES)
    assert found is not None
    assert (found.reached, found.next_at, found.is_final) == (reached, next_at, is_final)


def test_a_policy_without_thresholds_expects_nothing() -> None:
    assert law(7, CarePolicy(truancy_absences=())) is None
