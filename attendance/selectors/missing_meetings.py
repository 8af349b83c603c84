"""Classes of the last days of a school that are not taken, or not of everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from attendance.models import CalendarDay, ClassMeeting, MeetingState
from attendance.selectors.entry_lines import Asked
from attendance.selectors.homerooms import line_title, taken_together
from attendance.selectors.own_time_classes import nobody_live
from attendance.selectors.section_teachers import SectionTeachers
from attendance.selectors.unmarked import not_of_everybody
from students.access import Scope, visible_to

DAYS = 7
MOST_SHOWN = 50
LATEST_FIRST = ("-date", "starts_at", "pk")


@dataclass(frozen=True)
class MissingMeeting:
    """A class of an earlier day, or `meetings` of a homeroom; `is_taken` where only some students are unmarked."""

    id: int
    section_id: int
    meetings: int
    title: str
    teacher: str
    date: date
    is_taken: bool


@dataclass(frozen=True)
class MissingMeetings:
    """The latest first; `count` is of all meetings, of which the first 50 lines are listed."""

    count: int
    listed: Sequence[MissingMeeting]

    @property
    def not_listed(self) -> int:
        """How many more there are."""
        return self.count - sum(each.meetings for each in self.listed)


def missing_meetings(scope: Scope, school_id: int) -> MissingMeetings:
    """Classes of the seven days before today; the caller took the school from the scope."""
    week = Asked(scope.today - timedelta(days=DAYS), scope.today - timedelta(days=1), school_ids=[school_id])
    meetings = list(not_taken_of_everybody(scope, _held(scope, week), week))
    shown = taken_together(scope, meetings)[:MOST_SHOWN]
    teachers = SectionTeachers(scope, [line[0].section_id for line in shown])
    return MissingMeetings(len(meetings), [_missing(line, teachers) for line in shown])


def _held(scope: Scope, asked: Asked) -> QuerySet[ClassMeeting]:
    found = visible_to(scope, ClassMeeting).filter(school__in=asked.school_ids)
    return found.filter(date__range=(asked.from_date, asked.to_date))


def not_taken_of_everybody(scope: Scope, held: QuerySet[ClassMeeting], asked: Asked) -> QuerySet[ClassMeeting]:
    """Of some meetings in the scope those on days in session that nobody took, or not of everybody; the latest first.

    Two statements; those asked about are the same meetings, or more.
    """
    session = CalendarDay.objects.in_session().filter(school=OuterRef("school"), date=OuterRef("date"))
    untaken = Q(Q(state=MeetingState.EXPECTED), ~nobody_live())
    incomplete = Q(pk__in=not_of_everybody(scope, asked))
    found = held.filter(Exists(session), untaken | incomplete).select_related("section__course")
    return found.order_by(*LATEST_FIRST)


def _missing(line: Sequence[ClassMeeting], teachers: SectionTeachers) -> MissingMeeting:
    first = line[0]
    teacher = teachers.on(first.section_id, first.date)
    return MissingMeeting(
        id=first.pk,
        section_id=first.section_id,
        meetings=len(line),
        title=line_title(line),
        teacher=teacher.full_name if teacher else "",
        date=first.date,
        is_taken=all(each.state == MeetingState.TAKEN for each in line),
    )
