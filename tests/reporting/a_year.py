"""A school year of one student with something of everything that the student page shows."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from attendance.models import CalendarDay, DailyAttendance, DayKind, EventType, Excuse, ModeAssignment
from interventions.models import Message
from students.models import Enrollment, SchoolYear, Student
from tests.attendance.acts import excuse, upload
from tests.interventions.letters.acts import parent, print_all, write_all
from tests.interventions.truancy_days import follow
from tests.world import NOW, TODAY, YEAR_ENDS, YEAR_STARTS, YESTERDAY, World, at

LABOR_DAY = date(2020, 9, 7)
HOLIDAYS = {LABOR_DAY, *(date(2020, 11, 23) + timedelta(days=n) for n in range(5))}
HOLIDAYS |= {date(2020, 12, 21) + timedelta(days=n) for n in range(14)}
ALL = [YEAR_STARTS + timedelta(days=n) for n in range((YEAR_ENDS - YEAR_STARTS).days + 1)]
WEEKDAYS = [day for day in ALL if day.weekday() < 5]
SESSION = [day for day in WEEKDAYS if day not in HOLIDAYS]
# By their places among the session days.
KINDS = {4: "unexcused", 12: "excused", 13: "excused", 21: "unexcused", 31: "suspended", 32: "suspended"}
KINDS |= {38: "unexcused", 44: "unexcused", 47: "excused"}
TARDY, LEFT_EARLY, UNKNOWN = {7, 17, 26, 46}, {19}, {48}
LIVE_FROM, FRIDAY = 34, date(2020, 10, 23)


def calendar(world: World) -> None:
    """Lincoln's calendar of the whole year: every weekday, but the holidays."""
    known = set(CalendarDay.objects.filter(school=world.lincoln).values_list("date", flat=True))
    bells = CalendarDay.objects.filter(school=world.lincoln, bell_schedule__isnull=False)[0].bell_schedule
    held = {"event_type": EventType.INSTRUCTIONAL, "day_kind": DayKind.TRADITIONAL, "bell_schedule": bells}
    off = {"event_type": EventType.HOLIDAY, "name": "Holiday"}
    CalendarDay.objects.bulk_create(
        CalendarDay(school=world.lincoln, date=day, reporting_month=1, **(off if day in HOLIDAYS else held))
        for day in WEEKDAYS
        if day not in known
    )


def days(world: World, name: str = "Castillo", through: date = TODAY, kinds: dict[int, str] = KINDS) -> Student:
    """The student's ledger from the first day of the year through the day before a day, and that day's as it is."""
    student = world.students[name]
    enrollment = Enrollment.objects.get(student=student)
    written = [day for day in SESSION if day < through]
    DailyAttendance.objects.filter(student=student, date__in=written).delete()
    rows = [_row(enrollment, number, day, kinds) for number, day in enumerate(written)]
    DailyAttendance.objects.bulk_create(rows)
    return student


def _row(enrollment: Enrollment, number: int, day: date, kinds: dict[int, str]) -> DailyAttendance:
    absent, unknown = kinds.get(number, ""), number in UNKNOWN
    return DailyAttendance(
        student_id=enrollment.student_id,
        date=day,
        school_id=enrollment.school_id,
        enrollment=enrollment,
        grade=enrollment.grade,
        mode="sync_online" if number >= LIVE_FROM else "in_person",
        status="undetermined" if unknown else "absent" if absent else "present",
        absence_kind=absent,
        tardies=int(number in TARDY),
        early_departures=int(number in LEFT_EARLY),
        meetings_expected=6,
    )


def with_everything(world: World, name: str = "Castillo") -> Student:
    """A documented excuse and one without reason to be known, a mode, letters, notices, a case and mail."""
    excuse(world, name, YESTERDAY, uploads=[upload()])
    calendar(world)
    student = days(world, name, YESTERDAY)
    live = {"mode": "sync_online", "starts_on": SESSION[LIVE_FROM], "ends_on": FRIDAY}
    ModeAssignment.objects.create(student=student, **live, **entered(world, "tran", reason="quarantine"))
    mother = parent(world, name)
    follow(world, student)
    write_all(world)
    print_all(world)
    sent = {"state": "sent", "settled_at": NOW, "address": "rosa@example.org", "subject": "Absent", "text": "…"}
    about = {"kind": "absence", "guardian": mother, "student": student, "made_at": NOW, "send_after": NOW}
    Message.objects.create(key=f"absence-{student.pk}", **about, **sent)
    return student


def last_year(world: World, name: str = "Castillo") -> SchoolYear:
    """The school year before, spent at the other school in grade 8: 60 days, absent on every tenth."""
    year = SchoolYear.objects.create(
        source_id="y0", name="2019-20", starts_on=date(2019, 8, 8), ends_on=date(2020, 5, 22)
    )
    student, span = world.students[name], {"starts_on": year.starts_on, "ends_on": year.ends_on}
    enrollment = Enrollment.objects.create(
        student=student, school=world.washington, grade="08", entry_code="E1", exit_code="T1", **span
    )
    spent = [day for day in (year.starts_on + timedelta(days=n) for n in range(84)) if day.weekday() < 5]
    like = CalendarDay.objects.in_session().filter(school=world.washington)[0]
    held = {"event_type": like.event_type, "day_kind": like.day_kind, "bell_schedule": like.bell_schedule}
    CalendarDay.objects.bulk_create(
        CalendarDay(school=world.washington, date=day, reporting_month=1, **held) for day in spent
    )
    kinds = dict.fromkeys(range(9, 60, 10), "unexcused")
    DailyAttendance.objects.bulk_create(_row(enrollment, number, day, kinds) for number, day in enumerate(spent))
    return year


def entered(world: World, by: str, **more: Any) -> dict[str, Any]:
    """Who entered a fact here, and when."""
    return {"source": "here", "entered_by": world.users[by], "entered_at": at(8), "submission_id": uuid4()} | more


def noted(world: World, student: Student, dates: Sequence[date]) -> None:
    """An excuse of each of some days, without a document."""
    common = {"student": student, "reason": "illness", "entered_by": world.users["mayfield"], "entered_at": NOW}
    Excuse.objects.bulk_create(Excuse(submission_id=uuid4(), starts_on=day, ends_on=day, **common) for day in dates)
