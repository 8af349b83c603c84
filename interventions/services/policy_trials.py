"""Tries a policy as work that a worker holds by a lease: asked for, compared, kept a week, and saved as it was seen."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from interventions import models
from interventions.models import PolicyTrial, TrialState
from interventions.models.trials import UNFINISHED
from interventions.rules.policy import CarePolicy
from interventions.rules.what_if import Moved
from interventions.selectors.policy_trials import done_trial
from interventions.selectors.what_if import compare, policy_agreement
from interventions.services.policy import check_policy, write_policy
from students.access import Scope, visible_to
from students.models import District
from students.refusals import Refused, Stale
from students.services import leases
from students.services.leases import Instants, Lease, LeaseLost, Work

log = logging.getLogger(__name__)

TRY_TASK = "interventions.try_policy"
TRIALS = Work(
    model=PolicyTrial,
    state_field="state",
    waiting=TrialState.WAITING,
    running=TrialState.RUNNING,
    failed=TrialState.FAILED,
    asked_first=("asked_at", "id"),
    named="policy trial",
    again="look again",
)
# So long the same question is answered by the same trial: the days of a district do not move in it.
FRESH = timedelta(minutes=2)
KEPT = timedelta(days=7)


def ask_for_trial(scope: Scope, policy: CarePolicy, *, name: str) -> PolicyTrial:
    """Ask whom a policy would move; asked twice by one person within minutes it is one trial.

    Raises Forbidden, NoCarePolicy, and Refused with what `write_policy` would refuse.
    """
    check_policy(scope, policy, name=name)
    asked = {
        "asked_by_id": scope.person,
        "name": name.strip(),
        "agreed": str(policy_agreement(scope, policy)),
    }
    fresh = Q(state__in=UNFINISHED) | Q(state=TrialState.DONE, asked_at__gt=scope.now - FRESH)
    with transaction.atomic():
        # The district's row orders the two halves of a double click.
        District.objects.select_for_update(no_key=True).first()
        known = PolicyTrial.objects.filter(fresh, **asked).first()
        return known or PolicyTrial.objects.create(**asked, asked_at=scope.now, tried=policy.figures)


def save_trial(scope: Scope, trial_id: int) -> models.CarePolicy:
    """Let a policy hold that was tried, as `write_policy` does, with its refusals. Raises NotInScope, too."""
    trial = done_trial(scope, trial_id)
    if trial is None:
        raise Stale("Nobody saw yet whom this policy would move. Look first, then save.")
    return write_policy(scope, trial.policy, name=trial.name, agreed=trial.agreed)


def run_trial(scope: Scope, trial_id: int, *, instants: Instants) -> None:
    """Compare what a trial that waits asks for; nothing where another worker has it. `instants` are the machine's."""
    lease = leases.take_up(scope, TRIALS, trial_id, at=instants())
    if lease is None:
        return
    try:
        _run(scope, lease, instants)
    except LeaseLost:
        log.warning("Policy trial %s was taken up by another worker; this one wrote nothing.", trial_id)
    except Refused as refusal:
        leases.end(lease, at=instants(), problem=str(refusal))
    except Exception as fault:
        log.exception("Policy trial %s failed.", trial_id)
        leases.give_back(lease, at=instants(), problem=f"The last attempt failed ({type(fault).__name__}).")


def _run(scope: Scope, lease: Lease, instants: Instants) -> None:
    policy = PolicyTrial.objects.get(pk=lease.run_id).policy
    # Before anything is read: a policy that somebody writes meanwhile is not agreed to.
    agreed = str(policy_agreement(scope, policy))
    found = compare(scope, policy)
    leases.renew(lease, at=instants())
    with transaction.atomic():
        row: PolicyTrial = leases.locked(lease)
        row.state, row.lease_token, row.leased_until, row.problem = TrialState.DONE, None, None, ""
        row.as_of, row.finished_at, row.agreed, row.replaced = scope.now, scope.now, agreed, found.before.figures
        row.looked_at = found.looked_at
        row.ways, row.moves = _kept(found.moved)
        row.save()


def _kept(moved: Sequence[Moved]) -> tuple[list[list[str]], list[list[int | None]]]:
    """The ways in which students move, and each student with the place of her or his."""
    ways = list(dict.fromkeys(each.movements for each in moved))
    places = {movements: place for place, movements in enumerate(ways)}
    rows = [[*each[:4], places[each.movements]] for each in moved]
    return [[movement.code for movement in movements] for movements in ways], rows


def waiting_trials(scope: Scope, *, at: datetime) -> list[int]:
    """Ids of trials that nobody works on: those that wait, and those whose worker let the lease run out."""
    return leases.waiting_work(scope, TRIALS, at=at)


def remove_old_trials(scope: Scope) -> int:
    """Remove the trials that were asked for a week ago or longer; how many."""
    return visible_to(scope, PolicyTrial).filter(asked_at__lte=scope.now - KEPT).delete()[0]
