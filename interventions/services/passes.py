"""The nightly pass: the truth about tiers, and who is on course to them; a school at a time, held by a lease."""

import logging
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from attendance.services.days import opened_schools
from interventions.models import PassState, TierPass
from interventions.selectors.pupils import pupils
from interventions.selectors.standings import differences, school_year_on
from interventions.services.early_warnings import write_warnings
from interventions.services.evaluation import CHUNK, NOTHING, Evaluated, evaluate
from students.access import Scope
from students.services import leases
from students.services.leases import Instants, Lease, LeaseLost, Work

log = logging.getLogger(__name__)

PASS_TASK = "interventions.pass_school"  # noqa: S105 - the name of a task
PASSES = Work(
    model=TierPass,
    state_field="state",
    waiting=PassState.WAITING,
    running=PassState.RUNNING,
    failed=PassState.FAILED,
    asked_first=("requested_at", "id"),
    named="tier pass",
    again="run evaluate_tiers",
    afresh={"students": 0, "changed": 0},
)


def ask_for_passes(scope: Scope) -> list[int]:
    """Ask for today's pass of every opened school; asked twice it is one. Ids of those that wait for a worker."""
    TierPass.objects.bulk_create(
        (TierPass(school_id=each, on=scope.today, requested_at=scope.now) for each in opened_schools(scope)),
        ignore_conflicts=True,
    )
    return list(TierPass.objects.filter(on=scope.today, state=PassState.WAITING).values_list("pk", flat=True))


def pass_again(scope: Scope) -> None:
    """Ask for every school once more today, as when the policy changed."""
    ask_for_passes(scope)
    TierPass.objects.filter(on=scope.today).exclude(state__in=[PassState.WAITING, PassState.RUNNING]).update(
        state=PassState.WAITING, requested_at=scope.now, finished_at=None, attempts=0
    )


def pass_school(
    scope: Scope, school_id: int, *, on: date | None = None, told: Callable[[Evaluated], None] = lambda _: None
) -> Evaluated:
    """Bring one school's students up to their days, a thousand in a transaction; `told` hears after each.

    Reads without locking; only those who stand otherwise than their days say are looked at again under their locks.
    """
    day = on or scope.today
    year = school_year_on(scope, day)
    ids = pupils(scope, [school_id], on=day)
    done = NOTHING
    for start in range(0, len(ids) if year else 0, CHUNK):
        chunk = ids[start : start + CHUNK]
        otherwise = [each.judged.facts.student_id for each in differences(scope, year, chunk, on=day)] if year else []
        changed = evaluate(scope, otherwise, on=day).changed
        done += Evaluated(len(chunk), changed)
        told(done)
    return done


def run_pass(scope: Scope, run_id: int, *, instants: Instants) -> TierPass | None:
    """Run a pass that waits; None where another worker has it, or where this attempt failed and gave it back.

    Whatever night it was asked for, the days through today are looked at: nothing stands as of an earlier day again.
    """
    lease = leases.take_up(scope, PASSES, run_id, at=instants())
    if lease is None:
        return None
    try:
        return _run(scope, lease, instants)
    except LeaseLost:
        log.warning("Tier pass %s was taken up by another worker; this one stops.", run_id)
    except Exception as fault:
        log.exception("Tier pass %s failed.", run_id)
        leases.give_back(lease, at=instants(), problem=f"The last attempt failed ({type(fault).__name__}).")
    return None


def _run(scope: Scope, lease: Lease, instants: Instants) -> TierPass:
    school_id = TierPass.objects.values_list("school_id", flat=True).get(pk=lease.run_id)

    def renew(done: Evaluated) -> None:
        leases.renew(lease, at=instants(), students=done.looked_at, changed=done.changed)

    renew(pass_school(scope, school_id, told=renew))
    write_warnings(scope, school_id)
    with transaction.atomic():
        row: TierPass = leases.locked(lease)
        row.state, row.finished_at, row.lease_token, row.leased_until = PassState.DONE, scope.now, None, None
        row.save()
    return row


def waiting_passes(scope: Scope, *, at: datetime) -> list[int]:
    """Ids of passes that nobody runs: waiting ones, and those whose worker let the lease run out."""
    return leases.waiting_work(scope, PASSES, at=at)
