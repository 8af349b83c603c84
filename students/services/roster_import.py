"""The roster import: one plan for all files, all or nothing."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from students.access import Scope
from students.models import Enrollment, RosterImport, School, Student
from students.oneroster import registry
from students.oneroster.findings import Fault, Warned
from students.oneroster.memory import without_cycle_search
from students.oneroster.plan import Plan
from students.oneroster.planning import draft_of, plan_of
from students.oneroster.roster_set import RosterSet, read_set
from students.oneroster.writing import write
from students.refusals import Forbidden
from students.services.planner import analyze
from students.signals import roster_changed

# One import at a time; any number that no other part of the product takes.
_LOCK = 5_326_001
# Rows of one kind from which on the planner is told.
_LARGE = 1000


@dataclass
class ImportReport:
    """What an import did, or would do: counts by kind of record, warnings and faults, each with its place.

    `held` says why the set, though sound, waits for a person to confirm it: a sentence for each reason.
    """

    dry_run: bool
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    held: list[str] = field(default_factory=list)
    written: bool = False

    @property
    def refused(self) -> bool:
        """Whether a fault kept the import from being written."""
        return self.fault_count > 0


def run_import(scope: Scope, path: Path | str, *, dry_run: bool = False, confirm_endings: bool = False) -> ImportReport:
    """Read a folder or zip, plan it against what is stored, and write it unless a fault stands.

    A set that would end too much is held and not written either, unless a person says `confirm_endings`. A second
    import waits for the first. Raises Refused for a set that cannot be opened, Forbidden for a scope that is not the
    whole district's.
    """
    if not scope.district_wide:
        raise Forbidden("Only the district imports rosters.")
    with without_cycle_search():
        return _import(scope, Path(path), dry_run, confirm_endings)


def _import(scope: Scope, path: Path, dry_run: bool, confirm_endings: bool) -> ImportReport:
    roster = read_set(path, registry.further_files())
    with transaction.atomic():
        if not dry_run:
            _wait_for_turn()
        plan = _plan(scope, roster, confirm_endings)
        report = _report(roster, plan, dry_run)
        may_write = not dry_run and not report.refused and not report.held
        if plan is not None and may_write and not plan.is_empty:
            _apply(scope, roster, plan, report)
    return report


def _wait_for_turn() -> None:
    """Hold the lock of imports until the transaction ends; whoever holds it has committed when we go on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _plan(scope: Scope, roster: RosterSet, confirm_endings: bool) -> Plan | None:
    """The plan; None when the files' own faults leave nothing to compare."""
    if not roster.complete:
        return None
    draft = draft_of(roster, scope.today)
    return None if roster.findings.fault_count else plan_of(draft, confirm_endings=confirm_endings)


def _report(roster: RosterSet, plan: Plan | None, dry_run: bool) -> ImportReport:
    found = roster.findings
    counts = {kind.kind.name: kind.counts for kind in plan.kinds} if plan else {}
    notes = plan.notes if plan else []
    held = plan.held if plan else []
    return ImportReport(dry_run, counts, notes, found.warnings, found.faults, found.fault_count, held)


def _apply(scope: Scope, roster: RosterSet, plan: Plan, report: ImportReport) -> None:
    write(plan)
    _tell_the_planner(plan)
    RosterImport.objects.create(
        applied_at=scope.now,
        applied_by_id=scope.user_id,
        source_system=roster.source_system,
        file_name=roster.name[:255],
        sha256=roster.sha256,
        counts=report.counts,
    )
    report.written = True
    _tell(scope, plan)


def _tell_the_planner(plan: Plan) -> None:
    """After a large first load the planner would take every table for empty, and judge the ledger at a crawl."""
    grown = [found.kind.model for found in plan.kinds if len(found.created) >= _LARGE]
    if grown:
        analyze(*grown)


def _tell(scope: Scope, plan: Plan) -> None:
    """Send the news of what changed, inside the transaction; nothing when no day hangs on it."""
    effects = plan.effects
    if effects.from_date is None:
        return
    schools = effects.schools | effects.whole_schools
    school_ids = set(School.objects.filter(source_id__in=schools).values_list("pk", flat=True))
    changed = Student.objects.filter(source_id__in=effects.students)
    student_ids: set[int] | None = set(changed.values_list("pk", flat=True))
    if effects.whole_schools:
        # Whole schools are told instead of students: then also those of the students whose own facts changed.
        school_ids |= set(Enrollment.objects.filter(student__in=changed).values_list("school_id", flat=True))
        student_ids = None
    roster_changed.send(
        sender=RosterImport, scope=scope, student_ids=student_ids, school_ids=school_ids, from_date=effects.from_date
    )
