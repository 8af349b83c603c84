"""Policies tried out, as an administrator asks and a worker then compares."""

from datetime import UTC, datetime

from interventions.models import PolicyTrial
from interventions.rules.policy import CarePolicy
from interventions.services.policy_trials import ask_for_trial, run_trial
from students.access import Scope
from tests.world import World

REAL = datetime(2020, 10, 28, 10, tzinfo=UTC)


def worked(world: World, trial: PolicyTrial) -> PolicyTrial:
    """A trial after a worker had it in hand."""
    run_trial(world.installation, trial.pk, instants=lambda: REAL)
    trial.refresh_from_db()
    return trial


def looked(world: World, scope: Scope, policy: CarePolicy, name: str = "Tried") -> PolicyTrial:
    """The trial of a policy, done."""
    return worked(world, ask_for_trial(scope, policy, name=name))
