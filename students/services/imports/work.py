"""The two things that workers do with an import, and the names of their tasks."""

from students.models import RosterRun, RunStage
from students.services.leases import Work

PLAN_TASK = "students.plan_import"
APPLY_TASK = "students.apply_import"

_AGAIN = "bring the set in again"

PLANNING = Work(
    model=RosterRun,
    state_field="stage",
    waiting=RunStage.RECEIVED,
    running=RunStage.PLANNING,
    failed=RunStage.FAILED,
    asked_first=("received_at", "id"),
    named="import",
    again=_AGAIN,
    afresh={"step": ""},
)
APPLYING = Work(
    model=RosterRun,
    state_field="stage",
    waiting=RunStage.APPROVED,
    running=RunStage.APPLYING,
    failed=RunStage.FAILED,
    asked_first=("received_at", "id"),
    named="import",
    again=_AGAIN,
    afresh={"step": ""},
)
TASKS = {PLAN_TASK: PLANNING, APPLY_TASK: APPLYING}
