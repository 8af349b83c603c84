"""Classes of the last days of a school that are not taken, or not of everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from attendance.models import CalendarDay, ClassMeeting, MeetingState
from attendance.selectors.homerooms import line_title, taken_together
from attendance.selectors.own_time import nobody_live
from attendance.selectors.section_teachers import SectionTeachers
from attendance.selectors.unmarked import unmarked_in_outer_meeting
from students.access import Scope, visible_to

DAYS = 7
MOST_SHOWN = 50


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
    held = _held(scope, school_id)
    untaken = held.filter(~nobody_live(), state=MeetingState.EXPECTED)
    # Asked apart: inside an OR the roster would be walked once per meeting, which takes twice as long.
    incomplete = held.filter(Exists(unmarked_in_outer_meeting()), state=MeetingState.TAKEN)
    meetings = sorted([*untaken, *incomplete], key=lambda each: (-each.date.toordinal(), each.starts_at, each.pk))
    shown = taken_together(scope, meetings)[:MOST_SHOWN]
    teachers = SectionTeachers(scope, [line[0].section_id for line in shown])
    return MissingMeetings(len(meetings), [_missing(line, teachers) for line in shown])


def _held(scope: Scope, school_id: int) -> QuerySet[ClassMeeting]:
    session = CalendarDay.objects.in_session().filter(school=OuterRef("school"), date=OuterRef("date"))
    week = (scope.today - timedelta(days=DAYS), scope.today - timedelta(days=1))
    found = visible_to(scope, ClassMeeting).filter(Exists(session), school=school_id, date__range=week)
    return found.select_related("section__course")


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
