"""What becomes of a run: what was found is written on it, it ends, or it waits for a person."""

from dataclasses import asdict
from datetime import datetime

from students.models import RosterRun, RunStage
from students.oneroster.findings import Fault
from students.rules.plan_digest import plan_digest
from students.services.imports import archive
from students.services.roster_import import ImportReport

LONGEST_VALUE = 200


def write_down(run: RosterRun, report: ImportReport, at: datetime) -> None:
    """Note on the run what an import found; `at` is the district's instant."""
    run.counts, run.notes, run.held = report.counts, report.notes, report.held
    run.warnings = [asdict(warned) for warned in report.warnings]
    run.faults = [_fault(fault) for fault in report.faults]
    run.fault_count, run.is_partial = report.fault_count, report.partial
    run.plan_digest = plan_digest(report.counts, report.held)
    run.planned_at = at


def _fault(fault: Fault) -> dict[str, str | int | None]:
    return {**asdict(fault), "value": fault.value[:LONGEST_VALUE]}


def wait_for_a_person(run: RosterRun, problem: str = "") -> None:
    """Let the plan stand until somebody applies or cancels it, whoever agreed to an earlier one."""
    run.decided_by, run.decided_at, run.reason = None, None, ""
    _leave(run, RunStage.HELD if run.held else RunStage.PLANNED, problem)


def wait_to_be_applied(run: RosterRun) -> None:
    """Let the next free worker apply it."""
    _leave(run, RunStage.APPROVED, "")


def end(run: RosterRun, stage: RunStage, at: datetime, *, problem: str = "", evidence_id: int | None = None) -> None:
    """The run is over: its set is forgotten, what became of it is not. `at` is the district's instant."""
    run.finished_at, run.evidence_id = at, evidence_id
    archive.drop(run)
    _leave(run, stage, problem)


def _leave(run: RosterRun, stage: RunStage, problem: str) -> None:
    run.stage, run.step, run.problem = stage, "", problem[:500]
    run.lease_token, run.leased_until, run.attempts = None, None, 0
    run.save()
