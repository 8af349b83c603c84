"""Carries out a disposal that two persons agreed on: some rows at a time, each step proved in its own transaction."""

import logging
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from students.access import Scope
from students.models import (
    Disposal,
    DisposalState,
    Guardian,
    GuardianLink,
    Immunization,
    RemovedRows,
    Student,
)
from students.retention import Group, Kept, kept_tables
from students.rules.removal_proof import proof_digest, rows_digest
from students.rules.retention import Days
from students.selectors.kept_rows import FoundRow, days_of_year, hashed_rows, rows_of_year, unreferenced_ids
from students.services import leases
from students.services.holding import SETTING
from students.services.leases import Instants, Lease, LeaseLost, Work, give_back, locked, renew

log = logging.getLogger(__name__)

DISPOSE_TASK = "students.dispose"
DISPOSALS = Work(
    model=Disposal,
    state_field="state",
    waiting=DisposalState.CONFIRMED,
    running=DisposalState.RUNNING,
    failed=DisposalState.FAILED,
    asked_first=("confirmed_at", "id"),
    named="disposal",
    again="propose it again",
    afresh={"step": ""},
)
# As many as are removed in a few seconds: a killed worker loses no more, and a hold waits no longer.
BATCH = 2000
# The database's word for a record that is kept.
_KEPT = "23001"


class _Kept(Exception):
    """The database keeps the rows, and says why: nothing is gained by trying again."""


def waiting_disposals(scope: Scope, *, at: datetime) -> list[int]:
    """Disposals that nobody works on: confirmed ones, and those whose worker let the lease run out."""
    return leases.waiting_work(scope, DISPOSALS, at=at)


def dispose(scope: Scope, disposal_id: int, *, instants: Instants) -> Disposal | None:
    """Carry a confirmed disposal out, or go on where a killed worker left it; None where another has it or it stopped.

    `instants` reads the machine's clock. What the database keeps, by date or by hold, stops it with the reason.
    """
    lease = leases.take_up(scope, DISPOSALS, disposal_id, at=instants())
    if lease is None:
        return None
    try:
        return _carry_out(scope, lease, instants)
    except LeaseLost:
        log.warning("Disposal %s was taken up by another worker.", disposal_id)
    except _Kept as kept:
        _stop(lease, str(kept), instants())
    except Exception as fault:
        log.exception("Disposal %s failed.", disposal_id)
        give_back(lease, at=instants(), problem=f"The last attempt failed ({type(fault).__name__}).")
    return None


def _carry_out(scope: Scope, lease: Lease, instants: Instants) -> Disposal:
    agreed = Disposal.objects.get(pk=lease.run_id)
    days = days_of_year(scope, agreed.school_year_id)
    for kept in kept_tables(Group(agreed.kind)):
        _empty(scope, lease, kept, days, instants)
    with transaction.atomic():
        agreed = locked(lease)
        agreed.state, agreed.finished_at, agreed.proof_sha256 = DisposalState.DONE, instants(), _proof(agreed)
        agreed.step, agreed.problem, agreed.lease_token, agreed.leased_until = "", "", None, None
        agreed.save()
    return agreed


def _empty(scope: Scope, lease: Lease, kept: Kept, days: Days, instants: Instants) -> None:
    after = 0
    while rows := _step(scope, lease, kept, days, after, instants):
        # A worker that is killed here leaves files that no row names: the nightly sweep takes them.
        if kept.files:
            kept.files.remove([row.file for row in rows])
        after = rows[-1].id


def _step(scope: Scope, lease: Lease, kept: Kept, days: Days, after: int, instants: Instants) -> list[FoundRow]:
    with transaction.atomic():
        # The row is locked until this step is told: a hold that is being placed waits for it, and stops the next.
        agreed = locked(lease)
        rows = rows_of_year(scope, kept, days, after=after, most=BATCH)
        if rows:
            _name_disposal(agreed, scope.today)
            _remove(kept.table, [row.id for row in rows])
            _tell(scope, agreed, kept.table, [(row.id, row.sha256) for row in rows], [row.day for row in rows])
            freed = {row.student_id for row in rows if row.student_id is not None}
            gone = len(rows) + _let_students_go(scope, agreed, freed)
            renew(lease, at=instants(), step=kept.table, rows_removed=agreed.rows_removed + gone)
    return rows


def _name_disposal(agreed: Disposal, today: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, f"{agreed.pk} {today.isoformat()}"])


def _remove(table: str, ids: list[int]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT retention_remove(%s, %s)", [table, ids])
    except DatabaseError as refused:
        if getattr(refused.__cause__, "pgcode", "") == _KEPT:
            raise _Kept(str(refused).splitlines()[0]) from refused
        raise


def _let_students_go(scope: Scope, agreed: Disposal, ids: Iterable[int]) -> int:
    """Remove students of whom nothing remains, with those who belonged to them; how many rows.

    One who has later years, a case, or an account keeps the name: other records point at it.
    """
    students = unreferenced_ids(scope, Student, sorted(ids), but=frozenset({GuardianLink, Immunization}))
    if not students:
        return 0
    links = GuardianLink.objects.filter(student__in=students)
    guardians = sorted(set(links.values_list("guardian_id", flat=True)))
    immunizations = Immunization.objects.filter(student__in=students).values_list("pk", flat=True)
    gone = _let_go(scope, agreed, GuardianLink, links.values_list("pk", flat=True))
    gone += _let_go(scope, agreed, Immunization, immunizations)
    gone += _let_go(scope, agreed, Student, students)
    return gone + _let_go(scope, agreed, Guardian, unreferenced_ids(scope, Guardian, guardians, but=frozenset()))


def _let_go(scope: Scope, agreed: Disposal, model: type[Model], ids: Iterable[int]) -> int:
    rows = hashed_rows(scope, model, sorted(ids))
    if rows:
        _remove(model._meta.db_table, [row_id for row_id, _ in rows])
        _tell(scope, agreed, model._meta.db_table, rows, [])
    return len(rows)


def _tell(scope: Scope, agreed: Disposal, table: str, rows: Sequence[tuple[int, str]], days: Sequence[date]) -> None:
    RemovedRows.objects.create(
        disposal=agreed,
        table=table,
        batch=RemovedRows.objects.filter(disposal=agreed, table=table).count() + 1,
        rows=len(rows),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        sha256=rows_digest(rows),
        removed_at=scope.now,
    )


def _proof(agreed: Disposal) -> str:
    return proof_digest(agreed.removed.order_by("pk").values_list("table", "batch", "rows", "sha256"))


def _stop(lease: Lease, why: str, at: datetime) -> None:
    with transaction.atomic():
        agreed = locked(lease)
        agreed.state, agreed.finished_at, agreed.problem = DisposalState.FAILED, at, why[:500]
        agreed.lease_token = agreed.leased_until = None
        agreed.save()
