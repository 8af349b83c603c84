"""The marks behind a figure of classes: for those who may know a school's students."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from attendance.models import Mark, MarkStatus, MeetingState
from attendance.selectors.mark_tallies import marks_by_day
from reporting.rules.period_figures import days_of_page
from reporting.selectors.figure_days import PAGE_SIZE, school_with_students, span_of
from reporting.selectors.figures_page import Asked
from students.access import Scope
from students.models import School


@dataclass(frozen=True)
class MarkLine:
    """A student's mark in a class."""

    student_id: int
    state_id: str
    name: str
    day: date
    period: str
    status: str
    words: str
    arrived_at: time | None
    left_at: time | None


@dataclass(frozen=True)
class MarksPage:
    """The marks behind a figure, a page of them, between two dates, both inclusive.

    `whole` reads every page's lines as they are taken, once, in one statement.
    """

    school: School
    starts_on: date
    ends_on: date
    page: Page
    lines: Sequence[MarkLine]
    whole: Iterable[MarkLine]


def figure_marks(
    scope: Scope,
    school_id: int,
    asked: Asked,
    *,
    period: str | None = None,
    status: str = "",
    page: int | str = 1,
) -> MarksPage:
    """The marks of classes taken in a school, of a month or of dates, by date and name; of any status for "".

    A constant number of statements, quick on any page: the tallies say on which days its marks lie. Raises NotInScope,
    and Forbidden for whoever sees figures without students.
    """
    school, span = school_with_students(scope, school_id), span_of(scope, asked)
    dates = span.starts_on, span.ends_on
    by_day = marks_by_day(scope, school.pk, dates, period=period, weekday=asked.weekday, status=status)
    shown = Paginator(range(sum(number for _, number in by_day)), PAGE_SIZE).get_page(page)
    rows = range(shown.start_index() - 1, shown.end_index())
    marks = _marks(school, asked.weekday, period, status)
    lines = _lines(marks, by_day, rows) if by_day else []
    whole = (_line(each) for each in _ordered(marks, *dates).iterator())
    return MarksPage(school, *dates, shown, lines, whole)


def _marks(school: School, weekday: int | None, period: str | None, status: str) -> QuerySet[Mark]:
    marks = Mark.objects.filter(meeting__school=school, meeting__state=MeetingState.TAKEN)
    if weekday is not None:
        marks = marks.filter(meeting__date__iso_week_day=weekday)
    if period is not None:
        marks = marks.filter(meeting__period=period)
    return marks.filter(status=status) if status in MarkStatus else marks


def _lines(marks: QuerySet[Mark], by_day: Sequence[tuple[date, int]], rows: range) -> list[MarkLine]:
    days = days_of_page(by_day, rows)
    if days is None:
        return []
    ordered = _ordered(marks, days.first, days.last)
    return [_line(each) for each in ordered[days.skipped : days.skipped + len(rows)]]


def _ordered(marks: QuerySet[Mark], first: date, last: date) -> QuerySet[Mark]:
    held = marks.filter(meeting__date__range=(first, last)).select_related("meeting", "student")
    return held.order_by("meeting__date", "student__sort_name", "student_id", "meeting__starts_at", "pk")


def _line(mark: Mark) -> MarkLine:
    held, student, words = mark.meeting, mark.student, MarkStatus(mark.status).label
    times = mark.arrived_at, mark.left_at
    return MarkLine(
        student.pk, student.state_id, student.listed_name, held.date, held.period, mark.status, words, *times
    )
