"""A school's month as its page shows it: figures so far, the newest run with its findings, and earlier runs."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from attendance.models import SchoolDays
from reporting.models import ExportFile, Finding, MonthRun, RunState, Severity
from reporting.rules.facts import SessionDays
from reporting.rules.figures import Figures, SummaryLine, figures, summary_lines
from reporting.selectors.calendar import days_held
from reporting.selectors.filings import FileStanding, file_standings
from reporting.selectors.month_facts import month_tallies
from reporting.selectors.month_flow import MonthFlow, WarningGroup, known_warnings, month_flow
from reporting.selectors.months import SchoolMonth, runs_of
from reporting.selectors.packages import findings_of, packaged_averages
from students.access import Scope
from students.models import School, SchoolYear

# More than these of one kind are in the file of findings, not on the page.
MOST_SHOWN = 100
MOST_RUNS = 20


@dataclass(frozen=True)
class FiguresSoFar:
    """What the ledger says of a month up to `through`; provisional, since nothing is frozen (RD-10)."""

    through: date | None
    school: Figures
    lines: list[SummaryLine]


def figures_so_far(scope: Scope, school: School, month: SchoolMonth) -> FiguresSoFar:
    """The figures of a month's days opened so far; four statements. The school is from the scope."""
    opened = SchoolDays.objects.filter(school=school).values_list("opened_through", flat=True).first()
    through = min(month.ends_on, opened) if opened else None
    days = days_held(scope, school.pk, month.starts_on, through) if through else SessionDays(0)
    tallies = month_tallies(scope, school, month.starts_on, month.ends_on)
    return FiguresSoFar(through, figures(tallies, days), summary_lines(tallies, days))


@dataclass(frozen=True)
class FindingGroup:
    """Findings of one kind; `more` of them are left to the file."""

    code: str
    severity: str
    number: int
    shown: list[Finding]
    # Of warnings: by which words they are known again, and who acknowledged them.
    warned: WarningGroup | None = None

    @property
    def blocks(self) -> bool:
        """Whether they stand in the month's way (RD-71)."""
        return self.severity == Severity.ERROR

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.number - len(self.shown)


@dataclass(frozen=True)
class RunShown:
    """A run with what it made; no package where it made none."""

    run: MonthRun
    package: ExportFile | None
    ada: str
    adm: str


@dataclass(frozen=True)
class MonthWork:
    """The newest run with its findings, how far it has come, where its files stand, and the runs beside it.

    `cancelled` is what was cancelled after the newest one; a cancelled run made nothing.
    """

    newest: RunShown | None
    groups: list[FindingGroup]
    earlier: list[RunShown]
    files: list[FileStanding] = field(default_factory=list)
    flow: MonthFlow | None = None
    cancelled: MonthRun | None = None

    @property
    def errors(self) -> int:
        """How many findings stand in the month's way."""
        return sum(group.number for group in self.groups if group.blocks)


def month_work(scope: Scope, school: School, year: SchoolYear, month: int) -> MonthWork:
    """Where a month stands; at most six statements, whatever it found. The school is from the scope."""
    shown = [_shown(run) for run in runs_of(scope, school.pk, year, month)[:MOST_RUNS]]
    newest = next((each for each in shown if each.run.state != RunState.CANCELLED), None)
    cancelled = shown[0].run if shown and shown[0] is not newest else None
    if newest is None:
        return MonthWork(None, [], shown, cancelled=cancelled)
    found = list(findings_of(scope, newest.run.pk))
    warned = known_warnings(scope, newest.run, found)
    return MonthWork(
        newest,
        _finding_groups(found, warned),
        [each for each in shown if each is not newest],
        file_standings(scope, newest.run, newest.package) if newest.package else [],
        month_flow(scope, newest.run, warned),
        cancelled,
    )


def _shown(run: MonthRun) -> RunShown:
    return RunShown(run, getattr(run, "package", None), *packaged_averages(run))


def _finding_groups(found: list[Finding], warned: list[WarningGroup]) -> list[FindingGroup]:
    known = {each.code: each for each in warned}
    found.sort(key=lambda each: (each.severity, each.code))
    groups = []
    for (severity, code), members in groupby(found, key=lambda each: (each.severity, each.code)):
        listed = list(members)
        of_warnings = known.get(code) if severity == Severity.WARNING else None
        groups.append(FindingGroup(code, severity, len(listed), listed[:MOST_SHOWN], of_warnings))
    return sorted(groups, key=lambda group: (group.severity, group.number))
