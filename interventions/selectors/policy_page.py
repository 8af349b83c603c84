"""By what the district counts: the policy in force, those to come and those before, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from interventions import models
from interventions.rules.policy import CarePolicy, policy_on
from interventions.selectors.criterion_words import policy_words
from interventions.selectors.policies import care_policies
from students.access import Scope
from students.models import User
from students.refusals import Forbidden


@dataclass(frozen=True)
class PolicyLine:
    """A policy with its criteria in words; nobody entered those of the two sources."""

    policy: CarePolicy
    name: str
    criteria: Sequence[str]
    entered_by: User | None


@dataclass(frozen=True)
class PolicyPage:
    """The policies: the one in force, and the others by their first days, the newest first."""

    holding: PolicyLine
    coming: Sequence[PolicyLine]
    past: Sequence[PolicyLine]


def policy_page(scope: Scope) -> PolicyPage:
    """The page. Raises Forbidden for whoever is in no care team, and NoCarePolicy before the first policy."""
    if not scope.works_cases:
        raise Forbidden("Tiers and criteria are for counselors and administrators.")
    rows = {row.starts_on: row for row in models.CarePolicy.objects.select_related("entered_by")}
    policies = sorted(care_policies(scope), key=lambda each: each.starts_on, reverse=True)
    lines = [
        PolicyLine(each, rows[each.starts_on].name, policy_words(each), rows[each.starts_on].entered_by)
        for each in policies
    ]
    now = policy_on(scope.today, policies)
    return PolicyPage(
        holding=next(each for each in lines if each.policy == now),
        coming=[each for each in lines if each.policy.starts_on > scope.today],
        past=[each for each in lines if each.policy.starts_on < now.starts_on],
    )
