"""Builds a month: the ledger compared, the facts read on one snapshot, checked, and packed."""

from datetime import date

from django.db import transaction

from attendance.services.days import open_day, schools_to_open
from attendance.services.ledger import check
from reporting.models import ExportFile, Finding, MonthRun, RunState
from reporting.rules.checks import check_month
from reporting.rules.facts import LedgerDifference, MonthFacts
from reporting.rules.figures import exact, figures, tallied
from reporting.rules.found import ERROR, Found
from reporting.rules.package import Package
from reporting.selectors.calendar import calendar_facts
from reporting.selectors.month_facts import month_facts
from reporting.selectors.months import run_in_scope
from reporting.selectors.snapshot import snapshot
from reporting.services.packing import packed
from students.access import Scope
from students.services.leases import Instants, Lease, locked, renew


def build_month(scope: Scope, lease: Lease, *, instants: Instants) -> MonthRun:
    """Build the month that a lease is held of. `instants` reads the machine's clock.

    Raises LeaseLost where another worker took the run up; then nothing was written.
    """
    run = run_in_scope(scope, lease.run_id)
    # Beat opens the days of a living installation; a month must not wait for it. Every school's, since a student's
    # day joins the classes of all of them (RD-09).
    for school_id in schools_to_open(scope, through := min(run.ends_on, scope.today)):
        open_day(scope, school_id, through)
    differences = _compare(scope, run, lease, instants)
    with snapshot():
        facts = month_facts(scope, run.school, run.school_year, run.month, run.starts_on, run.ends_on)
    found = check_month(facts, differences)
    package = None
    if not any(each.severity == ERROR for each in found):
        package, found = packed(scope, run, facts, found)
    return _finish(scope, lease, instants, facts, found, package)


def _compare(scope: Scope, run: MonthRun, lease: Lease, instants: Instants) -> list[LedgerDifference]:
    days = [day.date for day in calendar_facts(scope, run.school_id, run.starts_on, run.ends_on) if day.in_session]
    found = []
    for done, day in enumerate(days):
        renew(lease, at=instants(), step="compare", days_done=done, days_total=len(days))
        if students := _differing(scope, run.school_id, day):
            found.append(LedgerDifference(day, students))
    renew(lease, at=instants(), step="pack", days_done=len(days), days_total=len(days))
    return found


def _differing(scope: Scope, school_id: int, day: date) -> int:
    # Both sides of one instant: a class saved in between would look like a fault of the ledger.
    with snapshot():
        return len(check(scope, school_ids=[school_id], from_date=day, to_date=day))


def _finish(
    scope: Scope, lease: Lease, instants: Instants, facts: MonthFacts, found: list[Found], package: Package | None
) -> MonthRun:
    with transaction.atomic():
        run = locked(lease)
        Finding.objects.bulk_create([_finding(run, each) for each in found], batch_size=1000)
        if package is not None:
            ExportFile.objects.create(
                run=run, name=package.name, sha256=package.sha256, content=package.content, files=package.files
            )
            found_figures = figures(tallied(facts.days), facts.days_in_session)
            run.days_present, run.days_enrolled = found_figures.counted.present, found_figures.counted.enrolled
            run.ada, run.adm = exact(found_figures.ada), exact(found_figures.adm)
        run.state = RunState.BLOCKED if package is None else RunState.DONE
        run.days_done = run.days_total = len(facts.session_days)
        run.as_of, run.finished_at = scope.now, instants()
        run.step, run.problem, run.lease_token, run.leased_until = "", "", None, None
        run.save()
    return run


def _finding(run: MonthRun, found: Found) -> Finding:
    return Finding(
        run=run,
        severity=found.severity,
        code=found.code,
        rule=found.rule,
        message=found.message,
        mend=found.mend,
        date=found.day,
        student_id=found.student_id,
        meeting_id=found.meeting_id,
        section_id=found.section_id,
        students=found.students,
    )
