"""Builds a month in the process of whoever asks, under the same lease as a worker's."""

from collections.abc import Callable
from uuid import uuid4

from reporting.models import MonthRun
from reporting.services.attempts import attempt
from reporting.services.month_runs import request_month
from students.access import Scope
from students.services.leases import Instants

# Between two looks at a run that another worker holds.
PAUSE_SECONDS = 1.0


def close_month(
    scope: Scope,
    school_id: int,
    month: int,
    *,
    first_year: int | None,
    instants: Instants,
    pause: Callable[[float], None],
) -> MonthRun:
    """Ask for a school's month and stay until it is finished, by this process or by the worker that holds it.

    Raises what `request_month` raises.
    """
    run = request_month(scope, school_id, month, submission_id=uuid4(), first_year=first_year)
    while run.unfinished:
        attempt(scope, run.pk, instants=instants)
        run.refresh_from_db()
        if run.unfinished:
            pause(PAUSE_SECONDS)
    return run
