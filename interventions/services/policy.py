"""Writes by what the district counts absences, and calls a student disengaged or truant: a new row from a day on.

Only what somebody looked at is written: a trial shows who would move (interventions/services/policy_trials.py).
"""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction

from attendance.rules.agreement import Agreement
from interventions import models
from interventions.rules.policy import CarePolicy
from interventions.selectors.policies import care_policies
from interventions.selectors.what_if import DISTRICT_ALONE, policy_agreement
from interventions.services.passes import pass_again
from students.access import Scope
from students.models import District
from students.refusals import Forbidden, Refused, Stale


def check_policy(scope: Scope, policy: CarePolicy, *, name: str) -> None:
    """See whether a policy may be tried: it stands, or might be written.

    Raises Forbidden, and Refused with what `write_policy` would refuse.
    """
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    if policy not in care_policies(scope):
        _checked(scope, policy, name)


def write_policy(scope: Scope, policy: CarePolicy, *, name: str, agreed: str) -> models.CarePolicy:
    """Let a policy hold from its day on, `agreed` being the agreement of its look; sent twice it is written once.

    If it begins today, all are looked at anew. Raises Forbidden; Stale when the policies are others by now; or Refused
    with what is wrong: another policy than the one looked at; a day before today, for whoever was called by a letter
    then was called by the policy of then; a day on which another policy begins; figures that contradict each other.
    """
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    with transaction.atomic():
        # The district's row orders two administrators.
        District.objects.select_for_update(no_key=True).first()
        if policy in care_policies(scope):
            return models.CarePolicy.objects.get(starts_on=policy.starts_on)
        written = _checked(scope, policy, name)
        _check_agreed(policy_agreement(scope, policy), agreed)
        written.save()
        if policy.starts_on <= scope.today:
            pass_again(scope)
    return written


def _checked(scope: Scope, policy: CarePolicy, name: str) -> models.CarePolicy:
    """The row of a policy that may be written."""
    _check(scope, policy)
    figures = asdict(policy) | {"truancy_absences": list(policy.truancy_absences)}
    row = models.CarePolicy(**figures, name=name.strip(), entered_by_id=scope.person, entered_at=scope.now)
    try:
        row.full_clean(exclude=["entered_by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    return row


def _check_agreed(stands: Agreement, agreed: str) -> None:
    if stands.differs_in_what_was_asked(agreed):
        raise Refused("This is another policy than the one you looked at. Look at what it changes, then save.")
    if stands.differs(agreed):
        raise Stale("Somebody wrote another policy since you looked. Look again, then save.")


def _check(scope: Scope, policy: CarePolicy) -> None:
    if policy.starts_on < scope.today:
        raise Refused("A policy begins today at the earliest: what was done by the one before stands.")
    if models.CarePolicy.objects.filter(starts_on=policy.starts_on).exists():
        raise Refused("Another policy begins on this day already. Choose the day after, or a later one.")
    counts = policy.truancy_absences
    if not counts or min(counts) < 1 or list(counts) != sorted(set(counts)):
        raise Refused("Truancy is reported at numbers of absences that rise, as 5, 10, 12.")
