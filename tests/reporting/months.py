"""Month 3 of the small world, 19 October to 6 November 2020, taken to the last class: 9 students, 15 school days."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from uuid import uuid4

from attendance.models import ClassMeeting, Mark, MarkStatus, MeetingState, StaffHours
from attendance.services.days import open_day
from attendance.services.ledger import rebuild, recompute
from reporting.models import MonthRun
from reporting.services.attempts import attempt
from reporting.services.month_runs import request_month
from students.access import Scope, installation_scope
from students.models import Guardian, GuardianLink, School
from tests.world import YEAR_STARTS, World, at

MONTH = 3
FIRST, LAST = date(2020, 10, 19), date(2020, 11, 6)
MONDAY = date(2020, 11, 9)
AFTER = at(10, day=MONDAY)
REAL = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


def after_the_month() -> Scope:
    """The installation on the Monday after the month."""
    return installation_scope(AFTER)


def take_month(
    world: World,
    school: School,
    *,
    absent: Iterable[tuple[str, date]] = (),
    untaken: Iterable[tuple[str, date]] = (),
) -> None:
    """Take the month's classes but `untaken` (section's key, day), all present but `absent` (family name, day)."""
    _let_teachers_plan(world, school)
    _let_families_be_reached(world)
    open_day(after_the_month(), school.pk, LAST)
    away = {(world.students[name].pk, day) for name, day in absent}
    left = {(world.sections[key].pk, day) for key, day in untaken}
    teacher = world.users["whitfield"]
    meetings = [each for each in ClassMeeting.objects.filter(school=school) if (each.section_id, each.date) not in left]
    rosters = {
        section.pk: list(section.enrollments.values_list("student_id", flat=True))
        for section in world.sections.values()
    }
    Mark.objects.bulk_create(
        Mark(
            meeting=meeting,
            student_id=student_id,
            status=MarkStatus.ABSENT if (student_id, meeting.date) in away else MarkStatus.PRESENT,
            minutes_attended=0 if (student_id, meeting.date) in away else meeting.instructional_minutes,
            marked_by=teacher,
            marked_at=AFTER,
        )
        for meeting in meetings
        for student_id in rosters[meeting.section_id]
    )
    ClassMeeting.objects.filter(pk__in=[each.pk for each in meetings]).update(
        state=MeetingState.TAKEN, taken_by=teacher, taken_at=AFTER
    )
    rebuild(after_the_month(), school_ids=[school.pk])


def let_be_absent(world: World, *absent: tuple[str, date]) -> None:
    """Of a month that was taken, somebody (family name, day) was absent: in all classes of that day."""
    for name, day in absent:
        student = world.students[name]
        Mark.objects.filter(student=student, meeting__date=day).update(status=MarkStatus.ABSENT, minutes_attended=0)
        recompute(after_the_month(), [student.pk], day, day)


def _let_teachers_plan(world: World, school: School) -> None:
    """Ms. Whitfield teaches six periods of six, and plans before them (MS-40)."""
    hours = {"starts_at": time(7), "ends_at": time(15), "entered_by": world.users["reyes"], "entered_at": AFTER}
    StaffHours.objects.get_or_create(school=school, starts_on=YEAR_STARTS, defaults=hours)


def _let_families_be_reached(world: World) -> None:
    """Everybody has a mother with a number (RD-50)."""
    for student in world.students.values():
        mother, _ = Guardian.objects.get_or_create(
            source_id=f"mother {student.pk}", defaults={"given_name": "M", "family_name": "F", "phone": "601-555-0100"}
        )
        starts = {"may_contact": True, "starts_on": YEAR_STARTS}
        GuardianLink.objects.get_or_create(guardian=mother, student=student, defaults=starts)


def ask(school: School, scope: Scope | None = None) -> MonthRun:
    """Ask for the month."""
    return request_month(scope or after_the_month(), school.pk, MONTH, submission_id=uuid4())


def build(school: School) -> MonthRun:
    """Ask for the month and build it as a worker would."""
    run = ask(school)
    attempt(after_the_month(), run.pk, instants=lambda: REAL)
    run.refresh_from_db()
    return run
