"""What a person says to a plan: apply it, or leave it."""

from django.db import transaction

from students.access import Scope, visible_to
from students.models import RosterRun, RunStage
from students.refusals import NotInScope, Refused, Stale
from students.services.imports.outcomes import end, wait_to_be_applied

_AGREED = (RunStage.APPROVED, RunStage.APPLYING, RunStage.APPLIED)


def approve(scope: Scope, run_id: int, *, digest: str, reason: str = "") -> RosterRun:
    """Let a plan be applied, as it was seen: `digest` is that of the page. A held one needs a reason.

    Saying it twice, or two people saying it, is saying it once. Raises NotInScope, Forbidden for the installation
    itself, Stale when the run has ended or its plan is another by now, Refused without a reason.
    """
    with transaction.atomic():
        run = _locked(scope, run_id)
        person = scope.person
        if run.stage in _AGREED:
            return run
        if not run.waits_for_a_person:
            raise Stale(f"This import has moved on: {run.get_stage_display().lower()}.")
        if digest != run.plan_digest:
            raise Stale("The plan has changed since this page was opened. Look at it again, then decide.")
        if run.stage == RunStage.HELD and not reason.strip():
            raise Refused("Say why so much may end. The reason is kept with the import.")
        run.decided_by_id, run.decided_at, run.reason = person, scope.now, reason.strip()[:500]
        wait_to_be_applied(run)
        return run


def cancel(scope: Scope, run_id: int) -> RosterRun:
    """Give a set up before anything of it is written. Raises NotInScope, Forbidden, or Stale when it is too late."""
    with transaction.atomic():
        run = _locked(scope, run_id)
        person = scope.person
        if run.stage == RunStage.CANCELLED:
            return run
        if not run.is_open or run.stage == RunStage.APPLYING:
            raise Stale(f"It is too late to cancel this import: {run.get_stage_display().lower()}.")
        run.decided_by_id, run.decided_at = person, scope.now
        end(run, RunStage.CANCELLED, scope.now)
        return run


def _locked(scope: Scope, run_id: int) -> RosterRun:
    run = visible_to(scope, RosterRun).select_for_update(of=("self",)).filter(pk=run_id).first()
    if run is None:
        raise NotInScope
    return run
