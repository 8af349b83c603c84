"""One worker's attempt at an import: the set made a file, the lease kept alive, and given back when it fails."""

import logging
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from students.access import Scope
from students.models import RunStage
from students.refusals import Refused
from students.services.imports.archive import SetIsGone, unpacked
from students.services.imports.outcomes import end
from students.services.imports.pulse import Pulse, beating
from students.services.leases import Instants, Lease, LeaseLost, give_back, locked

log = logging.getLogger(__name__)

Act = Callable[[Lease, Path, Pulse], None]
GONE = "It was stopped before it ended, and its files are not kept here. Bring the set in again."


def attempt(scope: Scope, lease: Lease, act: Act, *, instants: Instants) -> None:
    """Do something with the set that a lease is held of. A set that cannot be opened ends the run, in words."""
    try:
        with beating(lease, instants) as pulse, unpacked(scope, lease.run_id) as path:
            act(lease, path, pulse)
    except LeaseLost:
        log.warning("Import run %s was taken up by another worker; this one wrote nothing.", lease.run_id)
    except Refused as refusal:
        give_up(scope, lease, RunStage.REFUSED, str(refusal))
    except SetIsGone:
        give_up(scope, lease, RunStage.FAILED, GONE)
    except Exception as fault:
        # Not its words: a database's name the row, which holds a child's name.
        log.error("Import run %s failed (%s).", lease.run_id, type(fault).__name__)
        give_back(lease, at=instants(), problem=f"The last attempt failed ({type(fault).__name__}).")


def give_up(scope: Scope, lease: Lease, stage: RunStage, problem: str) -> None:
    """End a run that cannot go on; nothing where the lease is lost."""
    try:
        with transaction.atomic():
            end(locked(lease), stage, scope.now, problem=problem)
    except LeaseLost:
        log.warning("Import run %s was taken up by another worker; this one wrote nothing.", lease.run_id)
