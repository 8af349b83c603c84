"""Where a school's teachers and its office disagree: a line for each student and day, with the classes it bears on."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from attendance.models import Mark, MarkStatus, MeetingState, OfficeEvent
from attendance.rules.minutes import Span, minute_of
from attendance.rules.office_entry import Statement
from attendance.rules.reconciling import (
    ABSENT_AT_ACTIVITY,
    ABSENT_WHILE_IN,
    SEEN_WHILE_AWAY,
    SORTS,
    Marked,
    contradiction,
)
from attendance.rules.titles import meeting_title
from attendance.selectors.office_days import office, offices
from attendance.selectors.office_words import said_in, statement_of
from students.access import Scope
from students.models import School, SectionEnrollment
from students.refusals import Refused

PAGE_SIZE = 50
# Days back that are shown unless asked otherwise, today among them; and the most that are read at once.
USUAL_DAYS, MOST_DAYS = 7, 31


@dataclass(frozen=True)
class Period:
    """From one day to another, both inclusive."""

    from_date: date
    to_date: date


@dataclass(frozen=True)
class ClassLine:
    """A class in which the two cannot both be so; the times are local."""

    meeting_id: int
    title: str
    starts_at: time
    sort: str
    why: str
    mark: str
    marked_by: str


@dataclass(frozen=True)
class EntrySaid:
    """What one entry says of the day, and where it can be withdrawn."""

    entry_id: int
    words: str


@dataclass(frozen=True)
class DisagreementLine:
    """One student's day."""

    student_id: int
    name: str
    day: date
    said: Sequence[EntrySaid]
    classes: Sequence[ClassLine]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A student's day on which some class and the office cannot both be so."""

    sort: str
    student_id: int
    day: date


@dataclass(frozen=True)
class DisagreementPage:
    """The list of a school, and how many there are of each sort in the days asked for."""

    school: School
    schools: Sequence[School]
    period: Period
    today: date
    sort: str
    sorts: Sequence[tuple[str, str, int]]
    page: Page
    total: int


def disagreements(
    scope: Scope,
    school_id: int | None,
    *,
    from_date: date | None = None,
    to_date: date | None = None,
    sort: str = "",
    page: int | str = 1,
) -> DisagreementPage:
    """Where teachers and the office of a school disagree, the latest day first; so many statements whatever there is.

    Both days inclusive, by default the last seven. Raises NotInScope, Forbidden, or Refused for more than a month.
    """
    school = office(scope, school_id)
    period = _period(scope, from_date, to_date)
    lines = _lines(scope, school, period)
    counts = {each: sum(any(c.sort == each for c in line.classes) for line in lines) for each in SORTS}
    shown = [line for line in lines if not sort or any(each.sort == sort for each in line.classes)]
    return DisagreementPage(
        school=school,
        schools=offices(scope),
        period=period,
        today=scope.today,
        sort=sort if sort in SORTS else "",
        sorts=[(each, sort_words(each), counts[each]) for each in SORTS],
        page=Paginator(shown, PAGE_SIZE).get_page(page),
        total=len(lines),
    )


def contradictions(scope: Scope, school_ids: Collection[int], from_date: date, to_date: date) -> list[Contradiction]:
    """Every disagreement of schools' days, both inclusive, once a sort, student and day; two statements however many.

    The caller took the schools from the scope.
    """
    listed = SectionEnrollment.objects.filter(section__school__in=list(school_ids)).values("student_id")
    events = _events(listed, Period(from_date, to_date))
    days = [from_date + timedelta(days=each) for each in range((to_date - from_date).days + 1)]
    said = {(student, day): _statements(events[student], day) for student in list(events) for day in days}
    spoken = [key for key, statements in said.items() if statements]
    found = {
        Contradiction(sort, student, day)
        for student, day, *mark in _marks_of_days(school_ids, spoken)
        if (sort := contradiction(_marked(*mark), said[student, day], day))
    }
    return sorted(found, key=lambda each: (each.day, each.student_id, each.sort))


# Students and days in one join: asked mark by mark, a month of a large school took several times as long.
_OF_DAYS = """
    SELECT mark.student_id, meeting.date, mark.status, meeting.starts_at, meeting.ends_at, mark.arrived_at,
        mark.left_at, mark.minutes_attended, meeting.school_id
    FROM unnest(%(students)s::bigint[], %(days)s::date[]) AS said(student_id, day)
    JOIN attendance_classmeeting meeting ON meeting.school_id = ANY(%(schools)s) AND meeting.date = said.day
        AND meeting.state = 'taken'
    JOIN attendance_mark mark ON mark.meeting_id = meeting.id AND mark.student_id = said.student_id
    WHERE meeting.date BETWEEN %(first)s AND %(last)s
"""


def _marks_of_days(school_ids: Collection[int], days: Sequence[tuple[int, date]]) -> list[tuple]:
    if not days:
        return []
    students, dates = [student for student, _ in days], [day for _, day in days]
    span = {"first": min(dates), "last": max(dates)}
    asked: dict[str, Any] = {"students": students, "days": dates, "schools": list(school_ids), **span}
    with connection.cursor() as cursor:
        cursor.execute(_OF_DAYS, asked)
        return cursor.fetchall()


def sort_words(sort: str) -> str:
    """What stands against what."""
    return {
        SEEN_WHILE_AWAY: _("Seen in class while away"),
        ABSENT_WHILE_IN: _("Absent in class while signed in"),
        ABSENT_AT_ACTIVITY: _("Absent in class while at an activity"),
    }[sort]


def _period(scope: Scope, from_date: date | None, to_date: date | None) -> Period:
    last = min(to_date or scope.today, scope.today)
    first = from_date or last - timedelta(days=USUAL_DAYS - 1)
    if first > last:
        raise Refused(_("The last day lies before the first."))
    if (last - first).days >= MOST_DAYS:
        raise Refused(_("Ask for %(n)s days at the most.") % {"n": MOST_DAYS})
    return Period(first, last)


def _lines(scope: Scope, school: School, period: Period) -> list[DisagreementLine]:
    marks = _marks(school.pk, period).select_related("student", "marked_by", "meeting__section__course")
    events = _events({each.student_id for each in marks}, period)
    days: dict[tuple[date, int], list[ClassLine]] = defaultdict(list)
    names: dict[int, str] = {}
    for mark in marks:
        if line := _class_line(mark, _statements(events[mark.student_id], mark.meeting.date)):
            days[mark.meeting.date, mark.student_id].append(line)
            names[mark.student_id] = mark.student.sort_name
    ordered = sorted(days, key=lambda key: (-key[0].toordinal(), names[key[1]], key[1]))
    listed = {each.student_id: each.student.listed_name for each in marks}
    return [
        DisagreementLine(
            student_id, listed[student_id], day, _said(events[student_id], day, school.pk), days[day, student_id]
        )
        for day, student_id in ordered
    ]


def _marks(school_id: int, period: Period) -> QuerySet[Mark]:
    """The marks of classes taken of students of whom the office said something that day."""
    said = OfficeEvent.objects.filter(
        student=OuterRef("student"),
        withdrawn_at=None,
        starts_on__lte=OuterRef("meeting__date"),
        ends_on__gte=OuterRef("meeting__date"),
    )
    days = (period.from_date, period.to_date)
    taken = Mark.objects.filter(
        Exists(said), meeting__school=school_id, meeting__date__range=days, meeting__state=MeetingState.TAKEN
    )
    return taken.order_by("meeting__date", "meeting__starts_at", "pk")


def _events(student_ids: Collection[int] | QuerySet[Any], period: Period) -> dict[int, list[OfficeEvent]]:
    found: dict[int, list[OfficeEvent]] = defaultdict(list)
    standing = OfficeEvent.objects.filter(
        student__in=student_ids, withdrawn_at=None, starts_on__lte=period.to_date, ends_on__gte=period.from_date
    )
    for event in standing.select_related("entry__school").order_by("starts_at", "pk"):
        found[event.student_id].append(event)
    return found


def _said_on(events: Sequence[OfficeEvent], day: date) -> list[OfficeEvent]:
    return [each for each in events if each.starts_on <= day <= each.ends_on]


def _statements(events: Sequence[OfficeEvent], day: date) -> list[Statement]:
    return [statement_of(each) for each in _said_on(events, day)]


def _marked(
    status: str, starts: time, ends: time, arrived: time | None, left: time | None, minutes: int, school_id: int
) -> Marked:
    return Marked(
        status,
        Span(minute_of(starts), minute_of(ends)),
        None if arrived is None else minute_of(arrived),
        None if left is None else minute_of(left),
        minutes,
        school_id,
    )


def _class_line(mark: Mark, said: Sequence[Statement]) -> ClassLine | None:
    meeting = mark.meeting
    times = (meeting.starts_at, meeting.ends_at, mark.arrived_at, mark.left_at)
    sort = contradiction(_marked(mark.status, *times, mark.minutes_attended, meeting.school_id), said, meeting.date)
    if not sort:
        return None
    return ClassLine(
        meeting_id=meeting.pk,
        title=meeting_title(meeting.section.course.title, meeting.period),
        starts_at=meeting.starts_at,
        sort=sort,
        why=sort_words(sort),
        mark=str(MarkStatus(mark.status).label),
        marked_by=mark.marked_by.full_name,
    )


def _said(events: Sequence[OfficeEvent], day: date, school_id: int) -> list[EntrySaid]:
    return [EntrySaid(each.entry_id, said_in(each, day, school_id)) for each in _said_on(events, day)]
