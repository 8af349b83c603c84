"""A school's month as work that one worker holds at a time."""

from datetime import datetime

from reporting.models import MonthRun, RunState
from students.access import Scope
from students.services import leases
from students.services.leases import Lease, Work

BUILD_TASK = "reporting.build_month"
MONTHS = Work(
    model=MonthRun,
    state_field="state",
    waiting=RunState.WAITING,
    running=RunState.RUNNING,
    failed=RunState.FAILED,
    asked_first=("requested_at", "id"),
    named="month",
    again="build the month again",
    afresh={"step": "", "days_done": 0},
)


def waiting_runs(scope: Scope, *, at: datetime) -> list[int]:
    """Runs that nobody works on: waiting ones, and those whose worker let the lease run out."""
    return leases.waiting_work(scope, MONTHS, at=at)


def take_up(scope: Scope, run_id: int, *, at: datetime) -> Lease | None:
    """Claim a run that nobody works on; None where another worker was first or it is finished."""
    return leases.take_up(scope, MONTHS, run_id, at=at)
