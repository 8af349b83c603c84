"""The amendment list of a school's month: what was changed on its days after they were certified."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, QuerySet

from attendance.models import AmendedDay
from reporting.models import MonthRun
from reporting.rules.amendments import IN_WORDS
from reporting.selectors.months import SchoolMonth
from students.access import Scope
from students.models import School

CHANGES_A_PAGE = 25
# More days of one change are in the file of the list, not on the page.
MOST_SHOWN = 40


@dataclass(frozen=True)
class AmendedLine:
    """One thing of one day that was changed; no student where it is the school's day."""

    date: date
    student_id: int | None
    student: str
    what: str
    was: str
    became: str


@dataclass(frozen=True)
class AmendingChange:
    """Everything that one act changed; `more` lines of it are left to the file."""

    at: datetime
    by: str
    reason: str
    lines: list[AmendedLine]
    more: int


def amendments_of(scope: Scope, school_id: int, month: SchoolMonth | MonthRun) -> QuerySet[AmendedDay]:
    """What was changed of a month's days; the school is from the scope."""
    return AmendedDay.objects.filter(school=school_id, date__range=(month.starts_on, month.ends_on))


def reasons_since(scope: Scope, run: MonthRun, since: datetime) -> dict[tuple[str, str], str]:
    """Why days of a run's month were changed after an instant, by state id and ISO date; the school's day has none."""
    asked = amendments_of(scope, run.school_id, run).filter(amended_at__gt=since).order_by("id")
    reasons: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for state_id, day, reason in asked.values_list("student__state_id", "date", "reason"):
        reasons[state_id or "", day.isoformat()][reason] = None
    return {key: " / ".join(each) for key, each in reasons.items()}


def amendment_page(scope: Scope, school: School, month: SchoolMonth, number: str) -> tuple[Page, list[AmendingChange]]:
    """A page of changes, the latest first, with what they hold; three statements whatever that is."""
    listed = amendments_of(scope, school.pk, month).order_by().values("change")
    changes = listed.annotate(last=Max("id"), rows=Count("id")).order_by("-last")
    page = Paginator(changes, CHANGES_A_PAGE).get_page(number)
    rows = _rows(scope, school, month, [each["change"] for each in page])
    return page, [_change(rows[each["change"]], each["rows"]) for each in page]


def _rows(scope: Scope, school: School, month: SchoolMonth, changes: list[int]) -> dict[int, list[AmendedDay]]:
    rows: dict[int, list[AmendedDay]] = defaultdict(list)
    asked = amendments_of(scope, school.pk, month).filter(change__in=changes).select_related("student", "amended_by")
    for row in asked.order_by("student__sort_name", "date", "id").iterator():
        if len(rows[row.change]) < MOST_SHOWN:
            rows[row.change].append(row)
    return rows


def _change(rows: list[AmendedDay], number: int) -> AmendingChange:
    first = rows[0]
    by = first.amended_by.full_name if first.amended_by else ""
    return AmendingChange(first.amended_at, by, first.reason, [_amended_line(row) for row in rows], number - len(rows))


def _amended_line(row: AmendedDay) -> AmendedLine:
    """A row of the list in words."""
    words = IN_WORDS[row.what]
    student = row.student.listed_name if row.student else ""
    return AmendedLine(row.date, row.student_id, student, row.get_what_display(), words(row.was), words(row.became))


def amendment_rows(scope: Scope, school: School, month: SchoolMonth) -> list[list[str]]:
    """The whole list for a file, the first change first."""
    asked = amendments_of(scope, school.pk, month).select_related("student", "amended_by").order_by("id")
    return [_file_row(row) for row in asked.iterator()]


def _file_row(row: AmendedDay) -> list[str]:
    line = _amended_line(row)
    by = row.amended_by.full_name if row.amended_by else ""
    return [
        row.date.isoformat(),
        row.student.state_id or "" if row.student else "",
        line.student,
        line.what,
        line.was,
        line.became,
        row.reason,
        by,
        row.amended_at.isoformat(),
        str(row.change),
    ]
