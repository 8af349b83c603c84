"""Applies a plan that was agreed to: one transaction with the import itself, so it happens once or not at all."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from django.db import transaction

from students.access import Scope, visible_to
from students.models import RosterRun, RunStage
from students.rules.plan_digest import plan_digest
from students.services.imports.attempts import attempt
from students.services.imports.outcomes import end, wait_for_a_person, write_down
from students.services.imports.pulse import Pulse
from students.services.imports.work import APPLYING
from students.services.leases import Instants, Lease, locked, take_up
from students.services.roster_import import ImportReport, run_import

CHANGED_SINCE = (
    "The district’s records changed after this plan was made, so applying it would do something else now. "
    "Nothing was written. Look at the plan again."
)


def apply_run(scope: Scope, run_id: int, *, instants: Instants) -> None:
    """Apply a run that was agreed to; nothing where another worker has it. `instants` reads the machine's clock.

    Where the plan, made anew, is another one than was agreed to, it goes back to wait for a person.
    """
    lease = take_up(scope, APPLYING, run_id, at=instants())
    if lease is not None:
        attempt(scope, lease, partial(_apply, scope), instants=instants)


def _apply(scope: Scope, lease: Lease, path: Path, pulse: Pulse) -> None:
    run = visible_to(scope, RosterRun).get(pk=lease.run_id)
    # What is written names the person who agreed to it, as if they had done it themselves.
    acting = replace(scope, user_id=run.decided_by_id)
    with transaction.atomic():
        report = run_import(acting, path, agreed=partial(_is_agreed, run), on_step=pulse.say)
        run = locked(lease)
        write_down(run, report, scope.now)
        conclude(scope, run, report)


def _is_agreed(run: RosterRun, report: ImportReport) -> bool:
    if run.applies_itself and run.decided_by_id is None:
        return not report.held
    return plan_digest(report.counts, report.held) == run.plan_digest


def conclude(scope: Scope, run: RosterRun, report: ImportReport) -> None:
    """Say on a run, in the import's transaction, what became of it."""
    if report.refused:
        end(run, RunStage.REFUSED, scope.now)
    elif report.written:
        end(run, RunStage.APPLIED, scope.now, evidence_id=report.evidence_id)
    elif report.changes_nothing:
        end(run, RunStage.UNCHANGED, scope.now)
    else:
        wait_for_a_person(run, CHANGED_SINCE)
