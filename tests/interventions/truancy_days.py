"""Absences in the ledger for tests of truancy, written as they stand: what made them is no matter there."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from attendance.models import AbsenceKind, DailyAttendance, DayStatus
from interventions.services.evaluation import evaluate
from students.access import Scope
from students.models import Enrollment, Student
from tests.world import World

# Weekdays from the last of September on; the twelfth is 15 October.
DAYS = [date(2020, 9, 30) + timedelta(days=each) for each in range(25)]
WEEKDAYS = [day for day in DAYS if day.weekday() < 5]


def write_absences(students: Iterable[Student], days: Sequence[date], kind: str = AbsenceKind.UNEXCUSED) -> None:
    """Rows of the ledger for these students on these days, in the school of their primary enrollment."""
    held = {each.student_id: each for each in Enrollment.objects.filter(student__in=list(students), is_primary=True)}
    DailyAttendance.objects.bulk_create(
        DailyAttendance(
            student_id=student,
            date=day,
            school_id=enrollment.school_id,
            enrollment=enrollment,
            grade=enrollment.grade,
            status=DayStatus.ABSENT,
            absence_kind=kind,
        )
        for student, enrollment in held.items()
        for day in days
    )


def follow(world: World, *students: Student, scope: Scope | None = None) -> int:
    """The students are looked at anew; of how many something was found otherwise."""
    return evaluate(scope or world.installation, [student.pk for student in students]).changed
