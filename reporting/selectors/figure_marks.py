"""The marks behind a figure of classes: for those who may know a school's students."""

from collections.abc import Sequence
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
    name: str
    day: date
    period: str
    status: str
    words: str
    arrived_at: time | None
    left_at: time | None


@dataclass(frozen=True)
class MarksPage:
    """The marks behind a figure, a page of them, between two dates, both inclusive."""

    school: School
    starts_on: date
    ends_on: date
    page: Page
    lines: Sequence[MarkLine]


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
    lines = _lines(_marks(school, asked.weekday, period, status), by_day, rows) if by_day else []
    return MarksPage(school, *dates, shown, lines)


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
    held = marks.filter(meeting__date__range=(days.first, days.last)).select_related("meeting", "student")
    ordered = held.order_by("meeting__date", "student__sort_name", "student_id", "meeting__starts_at", "pk")
    return [_line(each) for each in ordered[days.skipped : days.skipped + len(rows)]]


def _line(mark: Mark) -> MarkLine:
    held, words = mark.meeting, MarkStatus(mark.status).label
    name = mark.student.listed_name
    return MarkLine(mark.student_id, name, held.date, held.period, mark.status, words, mark.arrived_at, mark.left_at)
