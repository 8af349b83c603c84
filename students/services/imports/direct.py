"""An import in the process of whoever asks for it: the command's. It stands in the same history as all others."""

from pathlib import Path
from uuid import uuid4

from django.db import transaction

from students.access import Scope
from students.models import RosterRun, RunOrigin, RunStage
from students.refusals import Forbidden, Refused
from students.rules.file_names import plain_name
from students.services.imports.applying import conclude
from students.services.imports.attempts import give_up
from students.services.imports.outcomes import end, write_down
from students.services.imports.pulse import Pulse, beating
from students.services.imports.work import APPLYING
from students.services.leases import Instants, Lease, locked, take_up
from students.services.roster_import import ImportReport, run_import

HELD = "It is held, and the command was not told to go on. Run it again with --confirm-endings, or upload the set."
STOPPED = "It was stopped before it ended. Nothing was written."


def import_now(scope: Scope, path: Path, *, confirm_endings: bool, instants: Instants) -> ImportReport:
    """Read, plan and apply a folder or zip at once, under the lease of a worker. `instants` reads the machine's clock.

    Raises Refused for a set that cannot be opened; the history says so too.
    """
    if not scope.district_wide:
        raise Forbidden("Only the district imports rosters.")
    lease = _begun(scope, path, instants)
    try:
        with beating(lease, instants) as pulse:
            return _imported(scope, lease, path, confirm_endings, pulse)
    except Refused as refusal:
        give_up(scope, lease, RunStage.REFUSED, str(refusal))
        raise
    except BaseException:
        give_up(scope, lease, RunStage.FAILED, STOPPED)
        raise


def _begun(scope: Scope, path: Path, instants: Instants) -> Lease:
    """A row held by a lease from its first moment: no worker has the files, so none may take it up meanwhile."""
    with transaction.atomic():
        run = RosterRun.objects.create(
            submission_id=uuid4(),
            origin=RunOrigin.COMMAND,
            received_at=scope.now,
            received_by_id=scope.user_id,
            file_name=plain_name(path.name),
            size=path.stat().st_size if path.is_file() else 0,
            stage=RunStage.APPROVED,
        )
        lease = take_up(scope, APPLYING, run.pk, at=instants())
    if lease is None:
        raise AssertionError("a row that nobody else has seen is free")
    return lease


def _imported(scope: Scope, lease: Lease, path: Path, confirm_endings: bool, pulse: Pulse) -> ImportReport:
    with transaction.atomic():
        report = run_import(scope, path, confirm_endings=confirm_endings, on_step=pulse.say)
        run = locked(lease)
        write_down(run, report, scope.now)
        if report.held:
            end(run, RunStage.REFUSED, scope.now, problem=HELD)
        else:
            conclude(scope, run, report)
    return report
