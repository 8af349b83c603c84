"""Who works on a piece of work: a worker holds it by a lease that it renews; one that ran out is taken up by another.

Instants here are the machine's own, passed in by the faces: a lease is about processes, not about school days.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet

from students.access import Scope, visible_to
from students.models.leased import LeasedWork

# Longer than the longest step between two renewals, shorter than a person's patience with a killed worker.
LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5

Instants = Callable[[], datetime]


class LeaseLost(Exception):
    """Another worker holds the work now; this one writes nothing more."""


@dataclass(frozen=True)
class Work:
    """A kind of work: its rows, the name and values of the field that says where each stands, and its words."""

    model: type[LeasedWork]
    state_field: str
    waiting: str
    running: str
    failed: str
    asked_first: tuple[str, ...]
    # How people call one, and what they do when it failed.
    named: str
    again: str
    # What a worker finds as if nobody had begun.
    afresh: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Lease:
    """The right to write one row of work, until it runs out."""

    work: Work
    run_id: int
    token: UUID


def waiting_work(scope: Scope, work: Work, *, at: datetime) -> list[int]:
    """Ids of what nobody works on: waiting rows, and those whose worker let the lease run out."""
    return list(_free(scope, work, at).order_by(*work.asked_first).values_list("pk", flat=True))


def take_up(scope: Scope, work: Work, run_id: int, *, at: datetime) -> Lease | None:
    """Claim a row that nobody works on; None where another worker was first or it is finished.

    One that was taken up five times and never finished fails, with words.
    """
    with transaction.atomic():
        row = _free(scope, work, at).select_for_update(of=("self",), skip_locked=True).filter(pk=run_id).first()
        if row is None:
            return None
        if row.attempts >= MOST_ATTEMPTS:
            _fail(work, row, at)
            return None
        lease = Lease(work, row.pk, uuid4())
        row.lease_token, row.attempts = lease.token, row.attempts + 1
        row.leased_until, row.heartbeat_at = at + LEASE, at
        _set(row, {work.state_field: work.running, **work.afresh})
        row.save()
        return lease


def renew(lease: Lease, *, at: datetime, **progress: Any) -> None:
    """Say how far the work is, and hold the lease for longer. Raises LeaseLost where another took it."""
    if not _held(lease).update(leased_until=at + LEASE, heartbeat_at=at, **progress):
        raise LeaseLost


def locked(lease: Lease) -> Any:
    """The row, locked for its last write, in a transaction. Raises LeaseLost where another took it."""
    row = _held(lease).select_for_update().first()
    if row is None:
        raise LeaseLost
    return row


def give_back(lease: Lease, *, at: datetime, problem: str) -> None:
    """Let others try after a failure; after the fifth the work has failed. Nothing where the lease is lost."""
    with transaction.atomic():
        row = _held(lease).select_for_update().first()
        if row is None:
            return
        row.problem = problem[:500]
        if row.attempts >= MOST_ATTEMPTS:
            _fail(lease.work, row, at)
            return
        row.lease_token = row.leased_until = None
        _set(row, {lease.work.state_field: lease.work.waiting})
        row.save()


def end(lease: Lease, *, at: datetime, problem: str) -> None:
    """The work has failed with words for people: another attempt would find the same. Raises LeaseLost."""
    with transaction.atomic():
        row = locked(lease)
        _set(row, {lease.work.state_field: lease.work.failed, "finished_at": at, "problem": problem[:500]})
        row.lease_token = row.leased_until = None
        row.save()


def _free(scope: Scope, work: Work, at: datetime) -> QuerySet[Any]:
    left = Q(**{work.state_field: work.running}, leased_until__lt=at)
    return visible_to(scope, work.model).filter(Q(**{work.state_field: work.waiting}) | left)


def _held(lease: Lease) -> QuerySet[Any]:
    running = {lease.work.state_field: lease.work.running}
    return lease.work.model._default_manager.filter(pk=lease.run_id, lease_token=lease.token, **running)


def _fail(work: Work, row: Any, at: datetime) -> None:
    _set(row, {work.state_field: work.failed, "finished_at": at})
    row.problem = (
        f"{MOST_ATTEMPTS} workers took this {work.named} up and none finished it. {row.problem} "
        f"The workers' log says more, under “{work.named} run {row.pk}”; then {work.again}."
    )[:500]
    row.save()


def _set(row: LeasedWork, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
