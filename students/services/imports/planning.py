"""Plans a received set: what it would change, and whether it may be applied, waits for a person, or is refused."""

from functools import partial
from pathlib import Path

from django.db import transaction

from students.access import Scope
from students.models import RosterRun, RunStage
from students.services.imports.attempts import attempt
from students.services.imports.outcomes import end, wait_for_a_person, wait_to_be_applied, write_down
from students.services.imports.pulse import Pulse
from students.services.imports.turns import follows_on, is_in_turn, supersede_older
from students.services.imports.work import PLANNING
from students.services.leases import Instants, Lease, locked, take_up
from students.services.roster_import import ImportReport, run_import

FOLLOWS_NOTHING = (
    "The set says only what changed, and the one before it was not applied: what that one said would be missing. "
    "Apply it first, or send the whole set once."
)


def plan_run(scope: Scope, run_id: int, *, instants: Instants) -> None:
    """Plan a run that waits for it; nothing where another worker has it, or an older set of its origin comes first.

    `instants` reads the machine's clock.
    """
    if not is_in_turn(scope, run_id):
        return
    lease = take_up(scope, PLANNING, run_id, at=instants())
    if lease is not None:
        attempt(scope, lease, partial(_plan, scope), instants=instants)


def _plan(scope: Scope, lease: Lease, path: Path, pulse: Pulse) -> None:
    # A set that changes nothing needs nobody's word: it is noted as the last one, in this one pass.
    report = run_import(scope, path, agreed=lambda report: report.changes_nothing, on_step=pulse.say)
    with transaction.atomic():
        run = locked(lease)
        write_down(run, report, scope.now)
        _go_on(scope, run, report)


def _go_on(scope: Scope, run: RosterRun, report: ImportReport) -> None:
    if report.refused:
        end(run, RunStage.REFUSED, scope.now)
        return
    supersede_older(scope, run)
    if report.changes_nothing:
        end(run, RunStage.UNCHANGED, scope.now)
    elif not follows_on(scope, run):
        wait_for_a_person(run, FOLLOWS_NOTHING)
    elif run.applies_itself and not report.held:
        wait_to_be_applied(run)
    else:
        wait_for_a_person(run)
