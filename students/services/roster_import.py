"""The roster import: one plan for all files, all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from students.access import Scope
from students.models import Enrollment, RosterImport, School, Student
from students.oneroster import registry
from students.oneroster.findings import Fault, Warned
from students.oneroster.memory import without_cycle_search
from students.oneroster.plan import Plan
from students.oneroster.planning import draft_of, plan_of
from students.oneroster.remembered import complete, remember
from students.oneroster.roster_set import RosterSet, read_set
from students.oneroster.writing import write
from students.refusals import Forbidden
from students.services.amending import lift_freeze
from students.services.import_turn import wait_for_turn
from students.services.planner import analyze
from students.signals import roster_changed

# Rows of one kind from which on the planner is told.
_LARGE = 1000
# What an import does, one after the other; what it tells `on_step`.
STEPS = ("reading", "comparing", "writing", "judging")


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
    # Whether a file of the set says only what changed since the one before.
    partial: bool = False
    # The row of evidence that a written import leaves.
    evidence_id: int | None = None

    @property
    def written(self) -> bool:
        """Whether anything was changed."""
        return self.evidence_id is not None

    @property
    def refused(self) -> bool:
        """Whether a fault kept the import from being written."""
        return self.fault_count > 0

    @property
    def changes_nothing(self) -> bool:
        """Whether all that the set says stands already; meaningless where it is refused."""
        return not any(kind[what] for kind in self.counts.values() for what in ("created", "changed", "ended"))


def _nobody_listens(step: str) -> None:
    """For imports that nobody watches."""


def run_import(
    scope: Scope,
    path: Path | str,
    *,
    dry_run: bool = False,
    confirm_endings: bool = False,
    agreed: Callable[[ImportReport], bool] | None = None,
    on_step: Callable[[str], None] = _nobody_listens,
) -> ImportReport:
    """Read a folder or zip, plan it against what is stored, and write it unless a fault stands.

    A set that would end too much is held and not written either, unless a person says `confirm_endings`. Where `agreed`
    is given it alone decides, inside the transaction, whether the plan that it is shown is the one that was agreed to,
    held or not. `on_step` is told each of STEPS as it begins. A second import waits for the first. Raises Refused for a
    set that cannot be opened, Forbidden for a scope that is not the whole district's.
    """
    if not scope.district_wide:
        raise Forbidden("Only the district imports rosters.")
    with without_cycle_search():
        on_step("reading")
        roster = read_set(Path(path), registry.further_files())
        # A roster that is right about a certified day amends it: nobody sits beside a nightly import to say why.
        scope = scope.amending(scope.amendment_reason or f"Roster import, {roster.name}")
        with transaction.atomic():
            lift_freeze(scope)
            on_step("comparing")
            if not dry_run:
                wait_for_turn(scope)
            plan = _plan(scope, roster, confirm_endings)
            report = _report(roster, plan, dry_run)
            if plan is not None and _may_write(report, agreed):
                remember(roster, scope.now)
                if not plan.is_empty:
                    _apply(scope, roster, plan, report, on_step)
    return report


def _may_write(report: ImportReport, agreed: Callable[[ImportReport], bool] | None) -> bool:
    if report.dry_run or report.refused:
        return False
    return agreed(report) if agreed else not report.held


def _plan(scope: Scope, roster: RosterSet, confirm_endings: bool) -> Plan | None:
    """The plan; None when the files' own faults leave nothing to compare."""
    if not roster.complete:
        return None
    complete(roster)
    draft = draft_of(roster, scope.today)
    return None if roster.findings.fault_count else plan_of(draft, confirm_endings=confirm_endings)


def _report(roster: RosterSet, plan: Plan | None, dry_run: bool) -> ImportReport:
    found = roster.findings
    counts = {kind.kind.name: kind.counts for kind in plan.kinds} if plan else {}
    notes = plan.notes if plan else []
    held = plan.held if plan else []
    return ImportReport(
        dry_run, counts, notes, found.warnings, found.faults, found.fault_count, held, bool(roster.deltas)
    )


def _apply(scope: Scope, roster: RosterSet, plan: Plan, report: ImportReport, on_step: Callable[[str], None]) -> None:
    on_step("writing")
    write(plan)
    _tell_the_planner(plan)
    evidence = RosterImport.objects.create(
        applied_at=scope.now,
        applied_by_id=scope.user_id,
        source_system=roster.source_system,
        file_name=roster.name[:255],
        sha256=roster.sha256,
        counts=report.counts,
    )
    report.evidence_id = evidence.pk
    on_step("judging")
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
