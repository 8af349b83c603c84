"""Absences as the ledger has them, said shortly."""

from collections.abc import Iterable
from datetime import date, timedelta

from attendance.models import DailyAttendance
from interventions.models import Case, Crossing, Standing
from students.models import Enrollment
from tests.world import World

# Weekdays before the world's calendar, the newest last: the ledger alone counts, whatever the calendar knows.
WEEKDAYS = [day for n in range(60) if (day := date(2020, 8, 10) + timedelta(days=n)).weekday() < 5]


def days_of(
    world: World, name: str, days: Iterable[date], status: str = "absent", kind: str = "unexcused", **more: object
) -> None:
    """Rows of the ledger: one status on each day."""
    student = world.students[name]
    enrollment = Enrollment.objects.get(student=student)
    facts = {
        "school": enrollment.school,
        "enrollment": enrollment,
        "status": status,
        "absence_kind": kind if status == "absent" else "",
        **more,
    }
    DailyAttendance.objects.bulk_create(
        (DailyAttendance(student=student, date=day, **facts) for day in days),
        update_conflicts=True,
        unique_fields=["student", "date"],
        update_fields=facts,
    )


def absences(world: World, name: str, number: int, kind: str = "unexcused") -> list[date]:
    """A student is absent every third weekday, so many times; present on the days between."""
    days_of(world, name, WEEKDAYS, "present")
    days = WEEKDAYS[::3][:number]
    days_of(world, name, days, kind=kind)
    return days


def standing(world: World, name: str) -> Standing:
    return Standing.objects.get(student=world.students[name], year=world.year)


def crossings(world: World, name: str) -> list[tuple[int, str, date]]:
    """Tier, ground and date of the crossings that stand."""
    rows = Crossing.objects.filter(student=world.students[name], withdrawn_at__isnull=True)
    return list(rows.values_list("tier", "ground", "crossed_on"))


def open_case(world: World, name: str) -> Case | None:
    return Case.objects.filter(student=world.students[name], closed_at__isnull=True).first()
