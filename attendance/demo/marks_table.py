"""Writes the marks of the demo's year in bulk: every class of the past but two, and what has been marked today."""

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db import connection

from attendance.demo.cast import TODAY
from attendance.demo.marks import Seen, Whereabouts
from attendance.demo.stories import HOMEROOM_TO_MARK, UNTAKEN, Untaken
from attendance.demo.year import Marks
from attendance.models import ClassMeeting
from attendance.rules.minutes import MIDNIGHT, MeetingTimes
from students.access import Scope
from students.models import SectionEnrollment, SectionTeacher

COLUMNS = "meeting_id, student_id, status, minutes_attended, arrived_at, left_at, marked_by_id, marked_at, reason"
NOTHING = r"\N"
# Teachers of the demo send a class in its last minutes, when everybody who is late has come.
AT_END = timedelta(minutes=2)
# A homeroom's day is marked once: when it has settled, or when the last who came late or left early has done so.
SETTLED_AFTER = timedelta(minutes=22)
NOTED_AFTER = 2
THERE_THROUGHOUT = Whereabouts()


@dataclass(frozen=True)
class TakenClass:
    """A class meeting that its teacher has marked."""

    id: int
    period: str
    times: MeetingTimes
    taken_at: datetime


@dataclass(frozen=True)
class TakenDay:
    """The marked class meetings of one section on one day, in order; a homeroom's are marked together."""

    section_id: int
    date: date
    teacher_id: int
    is_homeroom: bool
    classes: list[TakenClass]

    def seen(self, day: Whereabouts) -> list[Seen]:
        """What the teacher marked of one student in each of them."""
        if self.is_homeroom and len(self.classes) > 1:
            return day.seen_all_day([each.times for each in self.classes])
        return [day.seen(each.period, each.times) for each in self.classes]


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


Rosters = dict[int, list[Place]]


def write_marks(scope: Scope, school_id: int, marks: Marks, pupils: dict[str, int]) -> int:
    """Mark every class of a school that has been marked by the scope's instant; return the number of marks.

    `pupils` gives the students' places in the demo's list by their ids in the files.
    """
    rosters = _rosters(school_id, pupils)
    taken = [each for each in _taken_days(scope, school_id, rosters, marks) if each.classes]
    _take(taken)
    return _copy(_lines(taken, rosters, marks))


def _rosters(school_id: int, pupils: dict[str, int]) -> Rosters:
    rows = SectionEnrollment.objects.filter(section__school=school_id).order_by("student_id")
    rosters: Rosters = defaultdict(list)
    for section_id, student_id, source_id, starts_on, ends_on in rows.values_list(
        "section_id", "student_id", "student__source_id", "starts_on", "ends_on"
    ):
        rosters[section_id].append(Place(student_id, pupils[source_id], starts_on, ends_on or date.max))
    return rosters


def _taken_days(scope: Scope, school_id: int, rosters: Rosters, marks: Marks) -> Iterator[TakenDay]:
    zone = ZoneInfo(scope.zone)
    teachers = _teachers(school_id)
    meetings = ClassMeeting.objects.filter(school=school_id).select_related("section")
    in_order = meetings.order_by("section_id", "date", "starts_at")
    for (section_id, day), held in groupby(in_order, key=lambda meeting: (meeting.section_id, meeting.date)):
        classes = list(held)
        section = classes[0].section
        if Untaken(section.source_id, day) in UNTAKEN or _waits_today(classes[0]):
            continue
        is_homeroom = section.kind == "homeroom"
        settled = _settled(classes, day, zone, rosters[section_id], marks) if is_homeroom else None
        taken = [
            TakenClass(each.pk, each.period, each.times, settled or datetime.combine(day, each.ends_at, zone) - AT_END)
            for each in classes
        ]
        teacher = _teacher_on(teachers[section_id], day)
        yield TakenDay(section_id, day, teacher, is_homeroom, [each for each in taken if each.taken_at <= scope.now])


def _waits_today(meeting: ClassMeeting) -> bool:
    return meeting.date == TODAY and meeting.section.source_id == HOMEROOM_TO_MARK


def _settled(classes: Sequence[ClassMeeting], day: date, zone: ZoneInfo, roster: list[Place], marks: Marks) -> datetime:
    """When all is known of a homeroom's day."""
    settled = datetime.combine(day, classes[0].starts_at, zone) + SETTLED_AFTER
    days = [marks[place.pupil, day] for place in roster if (place.pupil, day) in marks]
    moments = [moment for each in days for moment in (each.came, each.left) if 0 < moment < MIDNIGHT]
    midnight = datetime.combine(day, datetime.min.time(), zone)
    return max([settled, *(midnight + timedelta(minutes=moment + NOTED_AFTER) for moment in moments)])


def _teachers(school_id: int) -> dict[int, list[SectionTeacher]]:
    """By section; a substitute goes before the teacher whose class it is."""
    found: dict[int, list[SectionTeacher]] = defaultdict(list)
    for row in SectionTeacher.objects.filter(section__school=school_id).order_by("is_primary", "id"):
        found[row.section_id].append(row)
    return found


def _teacher_on(rows: list[SectionTeacher], day: date) -> int:
    return next(row.user_id for row in rows if row.holds_on(day))


def _lines(taken: list[TakenDay], rosters: Rosters, marks: Marks) -> Iterator[str]:
    for held in taken:
        there = held.seen(THERE_THROUGHOUT)
        who_and_when = [f"{held.teacher_id}\t{each.taken_at.isoformat()}\t\n" for each in held.classes]
        for place in rosters[held.section_id]:
            if place.holds_on(held.date):
                day = marks.get((place.pupil, held.date))
                seen = held.seen(day) if day else there
                for each, mark, end in zip(held.classes, seen, who_and_when, strict=True):
                    yield f"{each.id}\t{place.student_id}\t{_values(mark)}\t{end}"


def _values(seen: Seen) -> str:
    return f"{seen.status}\t{seen.minutes}\t{seen.arrived_at or NOTHING}\t{seen.left_at or NOTHING}"


def _copy(lines: Iterable[str]) -> int:
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY attendance_mark ({COLUMNS}) FROM STDIN", io.StringIO("".join(lines)))
        return cursor.rowcount


def _take(taken: list[TakenDay]) -> None:
    classes = [(each.id, held.teacher_id, each.taken_at) for held in taken for each in held.classes]
    columns = [list(column) for column in zip(*classes, strict=True)]
    with connection.cursor() as cursor:
        # Unset, it makes the history trigger fail and recover once a row, each time going through all waiting checks.
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
        cursor.execute(
            "UPDATE attendance_classmeeting AS meeting SET state = 'taken', version = 1, taken_by_id = taken.teacher, "
            "taken_at = taken.at FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[]) AS taken(id, teacher, at) "
            "WHERE meeting.id = taken.id",
            columns,
        )
        # The form that was sent: an id that is the same every time.
        cursor.execute(
            "INSERT INTO attendance_submission (submission_id, meeting_id, submitted_by_id, submitted_at, version) "
            "SELECT md5('demo submission ' || id)::uuid, id, taken_by_id, taken_at, version "
            "FROM attendance_classmeeting WHERE id = ANY(%s)",
            [columns[0]],
        )
