"""Stopping a month that is being built."""

from datetime import datetime

from django.db import transaction

from reporting.models import MonthRun, RunState
from reporting.services.signing import run_to_sign
from students.access import Scope
from students.refusals import Refused


def cancel_month(scope: Scope, run_id: int, *, at: datetime) -> MonthRun:
    """Cancel a waiting or running run; its worker notices at its next step and writes nothing. `at` is the machine's.

    Cancelled twice it is cancelled once. Raises NotInScope, Forbidden for who does not administer the school, and
    Refused where it is finished.
    """
    with transaction.atomic():
        run = run_to_sign(scope, run_id)
        if run.state == RunState.CANCELLED:
            return run
        if not run.unfinished:
            raise Refused("It was finished before it could be cancelled.")
        # Who takes the lease from a worker lets it write nothing more.
        run.state, run.cancelled_by_id, run.finished_at = RunState.CANCELLED, scope.person, at
        run.lease_token, run.leased_until, run.step = None, None, ""
        run.save(update_fields=["state", "cancelled_by", "finished_at", "lease_token", "leased_until", "step"])
        return run
