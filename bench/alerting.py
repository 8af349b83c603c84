"""A morning on which five thousand students are absent: what the families' alerts cost the saves, and the workers."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from datetime import time as hour
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg2
from django.db import transaction

from attendance.demo.cast import DISTRICT_ADMINISTRATOR, TODAY
from attendance.models import BellSchedule, CalendarDay, ClassMeeting, DayKind, EventType, Period, SectionMeetingTime
from attendance.services.days import open_day
from attendance.services.marking import MarkEntry, save_marks
from bench.figures import Line, milliseconds, percentile
from interventions.models import Message
from interventions.services.outbox import drain_marks
from students.access import Scope, installation_scope, scope_of
from students.models import (
    Course,
    District,
    Enrollment,
    Guardian,
    GuardianLink,
    School,
    Section,
    SectionEnrollment,
    Student,
    Term,
    User,
)

ALERTS = 5000
A_CLASS = 25
A_ROUND = 20
_TRIGGERS = ("marks_note_who_was_not_there", "marks_note_who_was_corrected")


def morning_of_alerts() -> list[Line]:
    """Saves of whole classes that are absent; rounds take turns with saves by which nothing is noted."""
    meetings = make_morning(2 * ALERTS // A_CLASS)
    before = Message.objects.count()
    noted: list[float] = []
    bare: list[float] = []
    for start in range(0, len(meetings), 2 * A_ROUND):
        noted += timed_saves(meetings[start : start + A_ROUND])
        with _without_notes():
            bare += timed_saves(meetings[start + A_ROUND : start + 2 * A_ROUND])
    began = time.perf_counter()
    while drain_marks(installation_scope(_morning())):
        pass
    took = time.perf_counter() - began
    queued = Message.objects.count() - before
    what = f"Save of a class ({A_CLASS} absent), its alerts noted, "
    return [
        *(milliseconds(f"{what}p{each}", percentile(noted, each), percentile(bare, each)) for each in (50, 95)),
        Line(f"{queued:,} alerts of that morning queued by a worker", f"{took:.1f} s"),
    ]


def timed_saves(meetings: Sequence[ClassMeeting]) -> list[float]:
    """Seconds of each save of a class in which everybody is absent."""
    scope = scope_of(User.objects.get(username=DISTRICT_ADMINISTRATOR.username), _morning())
    return [_timed(scope, each) for each in meetings]


def _timed(scope: Scope, meeting: ClassMeeting) -> float:
    roster = SectionEnrollment.objects.filter(section=meeting.section_id).values_list("student_id", flat=True)
    entries = [MarkEntry(each, "absent") for each in roster]
    began = time.perf_counter()
    save_marks(scope, meeting.pk, submission_id=uuid4(), version=meeting.version, entries=entries)
    return time.perf_counter() - began


@contextmanager
def _without_notes() -> Iterator[None]:
    _switch("DISABLE")
    try:
        yield
    finally:
        _switch("ENABLE")


def _switch(how: str) -> None:
    with psycopg2.connect(os.environ["DATABASE_OWNER_URL"]) as owner, owner.cursor() as cursor:
        for name in _TRIGGERS:
            cursor.execute(f"ALTER TABLE attendance_mark {how} TRIGGER {name}")
    owner.close()


def _morning(day: date = TODAY) -> datetime:
    return datetime.combine(day, hour(9), ZoneInfo("America/Chicago"))


def make_morning(classes: int, size: int = A_CLASS, day: date = TODAY) -> list[ClassMeeting]:
    """A school of its own with so many classes at eight, each of other students with a mother who may be told."""
    with transaction.atomic():
        school = _school(day)
        sections = Section.objects.bulk_create(
            Section(source_id=f"early-{each}", course=_course(), school=school, title=f"Early {each}", kind="scheduled")
            for each in range(classes)
        )
        term = Term.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
        in_terms = Section.terms.through
        in_terms.objects.bulk_create(in_terms(section=each, term=term) for each in sections)
        since = day.replace(day=1)
        SectionMeetingTime.objects.bulk_create(
            SectionMeetingTime(section=each, period="1", starts_on=since) for each in sections
        )
        _families(school, sections, size, since)
    open_day(installation_scope(_morning(day)), school.pk, day)
    return list(ClassMeeting.objects.filter(school=school, date=day).order_by("pk"))


def _school(day: date) -> School:
    school = School.objects.create(district=District.objects.get(), source_id="early", name="Early", code="998")
    bells = BellSchedule.objects.create(school=school, name="Early")
    Period.objects.create(bell_schedule=bells, name="1", kind="class", starts_at=hour(8), ends_at=hour(8, 55))
    facts = {"event_type": EventType.INSTRUCTIONAL, "day_kind": DayKind.TRADITIONAL, "reporting_month": 3}
    CalendarDay.objects.create(school=school, date=day, bell_schedule=bells, **facts)
    return school


def _course() -> Course:
    return Course.objects.get_or_create(source_id="early", defaults={"title": "Early"})[0]


def _families(school: School, sections: Sequence[Section], size: int, since: date) -> None:
    students = Student.objects.bulk_create(_student(each) for each in range(len(sections) * size))
    Enrollment.objects.bulk_create(
        Enrollment(student=each, school=school, grade="09", starts_on=since, entry_code="E1") for each in students
    )
    SectionEnrollment.objects.bulk_create(
        SectionEnrollment(source_id=f"early-{at}", student=each, section=sections[at // size], starts_on=since)
        for at, each in enumerate(students)
    )
    mothers = Guardian.objects.bulk_create(
        Guardian(given_name="Any", family_name=each.family_name, email=f"{each.state_id}@example.org")
        for each in students
    )
    GuardianLink.objects.bulk_create(
        GuardianLink(guardian=mother, student=each, may_contact=True, starts_on=since)
        for mother, each in zip(mothers, students, strict=True)
    )


def _student(number: int) -> Student:
    name = f"Early{number:05}"
    ids = {"source_id": f"early-{number}", "state_id": f"{700_000_000 + number}"}
    return Student(given_name="Any", family_name=name, sort_name=name.casefold(), **ids)
