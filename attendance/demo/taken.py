"""Which classes of the demo's year were taken: by whom, when, and with what marks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, groupby
from zlib import crc32
from zoneinfo import ZoneInfo

from attendance.demo.cast import TODAY
from attendance.demo.marks import Seen, Whereabouts
from attendance.demo.modes import works_in_own_time
from attendance.demo.stories import TO_MARK_TODAY, UNTAKEN, Untaken
from attendance.demo.year import Marks
from attendance.models import ClassMeeting
from attendance.rules.minutes import clock_time, minute_of
from students.access import Scope
from students.models import SectionEnrollment, SectionTeacher

# A class is sent so many minutes after it began, by its teacher's habit, or when the last who came late has come.
SOONEST, HABITS, NOTED_AFTER = 6, 30, 2
THERE_THROUGHOUT = Whereabouts()


@dataclass(frozen=True)
class TakenClass:
    """A class meeting that its teacher has marked."""

    id: int
    teacher_id: int
    taken_at: datetime
    # By the students' ids.
    marks: dict[int, Seen]


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


def taken_classes(scope: Scope, school_id: int, marks: Marks, pupils: Mapping[str, int]) -> Iterator[TakenClass]:
    """Every class of a school that has been marked by the scope's instant.

    `pupils` gives the students' places in the demo's list by their ids in the files.
    """
    rosters = _rosters(school_id, pupils)
    zone = ZoneInfo(scope.zone)
    teachers = _teachers(school_id)
    meetings = ClassMeeting.objects.filter(school=school_id).select_related("section")
    in_order = meetings.order_by("section_id", "date", "starts_at")
    for (section_id, day), held in groupby(in_order, key=lambda meeting: (meeting.section_id, meeting.date)):
        classes = list(held)
        if _is_left(classes[0]):
            continue
        teacher = _teacher_on(teachers[section_id], day)
        seen = _seen(classes, rosters[section_id], day, marks)
        for each, by_student, minute in zip(classes, seen, _sent(classes, seen), strict=True):
            taken_at = datetime.combine(day, clock_time(minute), zone)
            if taken_at <= scope.now:
                yield TakenClass(each.pk, teacher, taken_at, by_student)


def _rosters(school_id: int, pupils: Mapping[str, int]) -> Rosters:
    rows = SectionEnrollment.objects.filter(section__school=school_id).order_by("student_id")
    rosters: Rosters = defaultdict(list)
    for section_id, student_id, source_id, starts_on, ends_on in rows.values_list(
        "section_id", "student_id", "student__source_id", "starts_on", "ends_on"
    ):
        rosters[section_id].append(Place(student_id, pupils[source_id], starts_on, ends_on or date.max))
    return rosters


def _is_left(meeting: ClassMeeting) -> bool:
    """Whether nobody has marked it: for the person at the demo to do."""
    lesson = meeting.section.source_id
    return Untaken(lesson, meeting.date) in UNTAKEN or (meeting.date == TODAY and lesson in TO_MARK_TODAY)


def _seen(classes: Sequence[ClassMeeting], roster: list[Place], day: date, marks: Marks) -> list[dict[int, Seen]]:
    """What was marked in each class of one section and day, by student."""
    sitting = [place for place in roster if place.holds_on(day) and not works_in_own_time(place.pupil, day)]
    there = _marked(classes, THERE_THROUGHOUT)
    by_student = {
        place.student_id: _marked(classes, marks[place.pupil, day]) if (place.pupil, day) in marks else there
        for place in sitting
    }
    return [{student: seen[number] for student, seen in by_student.items()} for number in range(len(classes))]


def _marked(classes: Sequence[ClassMeeting], day: Whereabouts) -> list[Seen]:
    """One student's marks; a homeroom's are made together."""
    if len(classes) > 1 and classes[0].section.kind == "homeroom":
        return day.seen_all_day([each.times for each in classes])
    return [day.seen(each.period, each.times) for each in classes]


def _sent(classes: Sequence[ClassMeeting], seen: list[dict[int, Seen]]) -> list[int]:
    """At which minute each class was sent; a homeroom's go together."""
    habit = SOONEST + crc32(classes[0].section.source_id.encode()) % HABITS
    settled = [min(minute_of(each.starts_at) + habit, minute_of(each.ends_at)) for each in classes]
    noted = [[minute + NOTED_AFTER for minute in _moments(marks.values())] for marks in seen]
    if classes[0].section.kind == "homeroom":
        return [max([settled[0], *chain(*noted)])] * len(classes)
    return [max([minute, *later]) for minute, later in zip(settled, noted, strict=True)]


def _moments(marks: Iterable[Seen]) -> list[int]:
    """The minutes at which somebody came late or left early."""
    return [minute_of(moment) for mark in marks for moment in (mark.arrived_at, mark.left_at) if moment]


def _teachers(school_id: int) -> dict[int, list[SectionTeacher]]:
    """By section; a substitute goes before the teacher whose class it is, and that one before who helps there."""
    found: dict[int, list[SectionTeacher]] = defaultdict(list)
    for row in SectionTeacher.objects.filter(section__school=school_id).order_by("-starts_on", "-is_primary", "id"):
        found[row.section_id].append(row)
    return found


def _teacher_on(rows: list[SectionTeacher], day: date) -> int:
    return next(row.user_id for row in rows if row.holds_on(day))
