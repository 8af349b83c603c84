"""Writes by what the district counts absences, and calls a student disengaged or truant: a new row from a day on."""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction

from interventions import models
from interventions.rules.policy import CarePolicy
from interventions.selectors.policies import care_policies
from interventions.services.passes import pass_again
from students.access import Scope
from students.models import District
from students.refusals import Forbidden, Refused

DISTRICT_ALONE = "Tiers and criteria are the district’s: only a district administrator writes them."


def write_policy(scope: Scope, policy: CarePolicy, *, name: str) -> models.CarePolicy:
    """Let a policy hold from its day on; sent twice it is written once. If it begins today, all are looked at anew.

    Raises Forbidden, or Refused with what is wrong: a day before today, for whoever was called by a letter then was
    called by the policy of then; a day on which another policy begins; figures that contradict each other.
    """
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    with transaction.atomic():
        # The district's row orders two administrators.
        District.objects.select_for_update(no_key=True).first()
        if policy in care_policies(scope):
            return models.CarePolicy.objects.get(starts_on=policy.starts_on)
        written = _written(scope, policy, name)
        if policy.starts_on <= scope.today:
            pass_again(scope)
    return written


def _written(scope: Scope, policy: CarePolicy, name: str) -> models.CarePolicy:
    _check(scope, policy)
    figures = asdict(policy) | {"truancy_absences": list(policy.truancy_absences)}
    row = models.CarePolicy(**figures, name=name.strip(), entered_by_id=scope.person, entered_at=scope.now)
    try:
        row.full_clean(exclude=["entered_by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    row.save()
    return row


def _check(scope: Scope, policy: CarePolicy) -> None:
    if policy.starts_on < scope.today:
        raise Refused("A policy begins today at the earliest: what was done by the one before stands.")
    if models.CarePolicy.objects.filter(starts_on=policy.starts_on).exists():
        raise Refused("Another policy begins on this day already. Choose the day after, or a later one.")
    counts = policy.truancy_absences
    if not counts or min(counts) < 1 or list(counts) != sorted(set(counts)):
        raise Refused("Truancy is reported at numbers of absences that rise, as 5, 10, 12.")
