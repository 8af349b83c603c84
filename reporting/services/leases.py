"""Who works on a month: a worker holds it by a lease that it renews; a lease that ran out is taken up by another.

Instants here are the machine's own, passed in by the faces: a lease is about processes, not about school days.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet

from reporting.models import MonthRun, RunState
from students.access import Scope, visible_to

# Longer than the longest step between two renewals, shorter than a person's patience with a killed worker.
LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5

Instants = Callable[[], datetime]


class LeaseLost(Exception):
    """Another worker holds the month now; this one writes nothing more."""


@dataclass(frozen=True)
class Lease:
    """The right to write one run, until it runs out."""

    run_id: int
    token: UUID


def waiting_runs(scope: Scope, *, at: datetime) -> list[int]:
    """Runs that nobody works on: waiting ones, and those whose worker let the lease run out."""
    return list(_free(scope, at).order_by("requested_at", "id").values_list("pk", flat=True))


def take_up(scope: Scope, run_id: int, *, at: datetime) -> Lease | None:
    """Claim a run that nobody works on; None where another worker was first or it is finished.

    A run that was taken up five times and never finished fails, with words.
    """
    with transaction.atomic():
        run = _free(scope, at).select_for_update(skip_locked=True).filter(pk=run_id).first()
        if run is None:
            return None
        if run.attempts >= MOST_ATTEMPTS:
            _fail(run, at)
            return None
        lease = Lease(run.pk, uuid4())
        run.state, run.lease_token, run.attempts = RunState.RUNNING, lease.token, run.attempts + 1
        run.leased_until, run.heartbeat_at = at + LEASE, at
        run.step, run.days_done = "", 0
        run.save()
        return lease


def renew(lease: Lease, *, at: datetime, step: str, days_done: int, days_total: int) -> None:
    """Say how far the work is, and hold the lease for longer. Raises LeaseLost where another took it."""
    renewed = _held(lease).update(
        leased_until=at + LEASE, heartbeat_at=at, step=step, days_done=days_done, days_total=days_total
    )
    if not renewed:
        raise LeaseLost


def locked_run(lease: Lease) -> MonthRun:
    """The run, locked for its last write, in a transaction. Raises LeaseLost where another took it."""
    run = _held(lease).select_for_update().first()
    if run is None:
        raise LeaseLost
    return run


def give_back(lease: Lease, *, at: datetime, problem: str) -> None:
    """Let others try after a failure; after the fifth the run has failed. Nothing where the lease is lost."""
    with transaction.atomic():
        run = _held(lease).select_for_update().first()
        if run is None:
            return
        run.problem = problem[:500]
        if run.attempts >= MOST_ATTEMPTS:
            _fail(run, at)
            return
        run.state, run.lease_token, run.leased_until = RunState.WAITING, None, None
        run.save()


def _free(scope: Scope, at: datetime) -> QuerySet[MonthRun]:
    left = Q(state=RunState.RUNNING, leased_until__lt=at)
    return visible_to(scope, MonthRun).filter(Q(state=RunState.WAITING) | left)


def _held(lease: Lease) -> QuerySet[MonthRun]:
    return MonthRun.objects.filter(pk=lease.run_id, lease_token=lease.token, state=RunState.RUNNING)


def _fail(run: MonthRun, at: datetime) -> None:
    run.state, run.finished_at = RunState.FAILED, at
    run.problem = (
        f"{MOST_ATTEMPTS} workers took this month up and none finished it. {run.problem} "
        f"The workers' log says more, under “month run {run.pk}”; then build the month again."
    )[:500]
    run.save()
