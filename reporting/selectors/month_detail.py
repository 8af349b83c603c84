"""A school's month as its page shows it: figures so far, the newest run with its findings, and earlier runs."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from attendance.models import SchoolDays
from reporting.models import ExportFile, Finding, MonthRun, Severity
from reporting.rules.facts import SessionDays
from reporting.rules.figures import Figures, SummaryLine, figures, summary_lines
from reporting.selectors.calendar import days_held
from reporting.selectors.filings import FileStanding, file_standings
from reporting.selectors.month_facts import month_tallies
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
    """The newest run with its findings, where the files of its package stand, and the runs before it."""

    newest: RunShown | None
    groups: list[FindingGroup]
    earlier: list[RunShown]
    files: list[FileStanding] = field(default_factory=list)

    @property
    def errors(self) -> int:
        """How many findings stand in the month's way."""
        return sum(group.number for group in self.groups if group.blocks)


def month_work(scope: Scope, school: School, year: SchoolYear, month: int) -> MonthWork:
    """Where a month stands; two statements, and one more for a package. The school is from the scope."""
    shown = [_shown(run) for run in runs_of(scope, school.pk, year, month)[:MOST_RUNS]]
    if not shown:
        return MonthWork(None, [], [])
    newest = shown[0]
    files = file_standings(scope, newest.run, newest.package) if newest.package else []
    return MonthWork(newest, _finding_groups(scope, newest.run), shown[1:], files)


def _shown(run: MonthRun) -> RunShown:
    return RunShown(run, getattr(run, "package", None), *packaged_averages(run))


def _finding_groups(scope: Scope, run: MonthRun) -> list[FindingGroup]:
    found = list(findings_of(scope, run.pk))
    found.sort(key=lambda each: (each.severity, each.code))
    groups = []
    for (severity, code), members in groupby(found, key=lambda each: (each.severity, each.code)):
        listed = list(members)
        groups.append(FindingGroup(code, severity, len(listed), listed[:MOST_SHOWN]))
    return sorted(groups, key=lambda group: (group.severity, group.number))
