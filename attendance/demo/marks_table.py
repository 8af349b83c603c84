"""Writes the marks of the demo's year in bulk: every class of the past but two, and what has ended today."""

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from attendance.demo.marks import Seen
from attendance.demo.stories import UNTAKEN, Untaken
from attendance.demo.year import Marks
from attendance.models import ClassMeeting
from students.access import Scope
from students.models import SectionEnrollment, SectionTeacher

COLUMNS = "meeting_id, student_id, status, minutes_attended, arrived_at, left_at, marked_by_id, marked_at, reason"
NOTHING = r"\N"
# Teachers of the demo send a class in its last minutes, when everybody who is late has come.
SENT_BEFORE_END = timedelta(minutes=2)


@dataclass(frozen=True)
class TakenClass:
    """A class meeting that its teacher has marked."""

    id: int
    section_id: int
    date: date
    period: str
    minutes: int
    teacher_id: int
    taken_at: datetime


@dataclass(frozen=True)
class Place:
    """A student's days on a roster, both inclusive, with the student's place in the demo's list."""

    student_id: int
    pupil: int
    starts_on: date
    ends_on: date

    def holds_on(self, day: date) -> bool:
        """Whether the student sits in the class on a day."""
        return self.starts_on <= day <= self.ends_on


def write_marks(scope: Scope, school_id: int, marks: Marks, pupils: dict[str, int]) -> int:
    """Mark every class that has ended by the scope's instant; return the number of marks.

    `pupils` gives the students' places in the demo's list by their ids in the files.
    """
    taken = _taken_classes(scope, school_id)
    _take(taken)
    return _copy(_lines(taken, _rosters(school_id, pupils), marks))


def _taken_classes(scope: Scope, school_id: int) -> list[TakenClass]:
    zone = ZoneInfo(scope.zone)
    teachers = dict(SectionTeacher.objects.filter(section__school=school_id).values_list("section_id", "user_id"))
    meetings = ClassMeeting.objects.filter(school=school_id).order_by("date", "starts_at", "section_id")
    fields = ("id", "section_id", "date", "period", "instructional_minutes", "ends_at", "section__source_id")
    taken = []
    for meeting_id, section_id, day, period, minutes, ends_at, lesson in meetings.values_list(*fields):
        ends = datetime.combine(day, ends_at, zone)
        if ends <= scope.now and Untaken(lesson, day) not in UNTAKEN:
            taken_at = ends - SENT_BEFORE_END
            taken.append(TakenClass(meeting_id, section_id, day, period, minutes, teachers[section_id], taken_at))
    return taken


def _rosters(school_id: int, pupils: dict[str, int]) -> dict[int, list[Place]]:
    rows = SectionEnrollment.objects.filter(section__school=school_id).order_by("student_id")
    rosters: dict[int, list[Place]] = defaultdict(list)
    for section_id, student_id, source_id, starts_on, ends_on in rows.values_list(
        "section_id", "student_id", "student__source_id", "starts_on", "ends_on"
    ):
        rosters[section_id].append(Place(student_id, pupils[source_id], starts_on, ends_on or date.max))
    return rosters


def _lines(taken: list[TakenClass], rosters: dict[int, list[Place]], marks: Marks) -> Iterator[str]:
    for meeting in taken:
        present = Seen("present", meeting.minutes)
        who_and_when = f"{meeting.teacher_id}\t{meeting.taken_at.isoformat()}\t\n"
        for place in rosters[meeting.section_id]:
            if place.holds_on(meeting.date):
                seen = marks.get((place.pupil, meeting.date), {}).get(meeting.period, present)
                times = f"{seen.arrived_at or NOTHING}\t{seen.left_at or NOTHING}"
                yield f"{meeting.id}\t{place.student_id}\t{seen.status}\t{seen.minutes}\t{times}\t{who_and_when}"


def _copy(lines: Iterable[str]) -> int:
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY attendance_mark ({COLUMNS}) FROM STDIN", io.StringIO("".join(lines)))
        return cursor.rowcount


def _take(taken: list[TakenClass]) -> None:
    columns = ([each.id for each in taken], [each.teacher_id for each in taken], [each.taken_at for each in taken])
    with connection.cursor() as cursor:
        # Unset, it makes the history trigger fail and recover once a row, each time going through all waiting checks.
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
        cursor.execute(
            "UPDATE attendance_classmeeting AS meeting SET state = 'taken', version = 1, taken_by_id = taken.teacher, "
            "taken_at = taken.at FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[]) AS taken(id, teacher, at) "
            "WHERE meeting.id = taken.id",
            columns,
        )
