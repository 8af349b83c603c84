"""Schools, calendars and policies that a month finds wanting."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from uuid import uuid4

from attendance.models import (
    AdoptedCalendar,
    CalendarDay,
    DailyAttendance,
    Mode,
    ModeAssignment,
    StaffHours,
    WaivedDay,
)
from students.models import School, Student
from tests.reporting.months import AFTER, FIRST, LAST
from tests.reporting.trips import changed, judged, there, trips
from tests.world import World

SATURDAY, SUNDAY = FIRST + timedelta(days=5), FIRST + timedelta(days=6)
SEPTEMBER = [date(2020, 9, 1) + timedelta(days=each) for each in range(10)]


@trips("no_state_code")
def _the_school_has_no_code(world: World) -> Iterator[None]:
    with changed(School.objects.filter(pk=world.lincoln.pk), code=""):
        yield


@contextmanager
def everybody_online(world: World) -> Iterator[None]:
    students = Student.objects.filter(enrollments__school=world.lincoln)
    with there(*(ModeAssignment(student=each, mode=Mode.SYNC_ONLINE, starts_on=FIRST) for each in students)):
        judged(world)
        yield
    judged(world)


@trips("virtual_school_code")
def _a_virtual_school_has_a_code(world: World) -> Iterator[None]:
    with everybody_online(world), changed(School.objects.filter(pk=world.lincoln.pk), name="Lincoln Virtual School"):
        yield


@trips("nobody_in_person")
def _nobody_came_to_a_campus(world: World) -> Iterator[None]:
    with everybody_online(world):
        yield


@trips("ledger_differs")
def _the_ledger_is_not_what_the_marks_say(world: World) -> Iterator[None]:
    DailyAttendance.objects.filter(student=world.students["Hollis"], date=FIRST).update(minutes_attended=1)
    yield
    judged(world, "Hollis")


@trips("planning_time")
def _a_teacher_has_no_time_to_plan(world: World) -> Iterator[None]:
    with changed(StaffHours.objects.filter(school=world.lincoln), starts_at=time(8), ends_at=time(14, 30)):
        yield


@contextmanager
def ending(world: World, days: int, at: time) -> Iterator[None]:
    """The first days of the month end early."""
    first = [FIRST + timedelta(days=each) for each in range(days)]
    with changed(CalendarDay.objects.filter(school=world.lincoln, date__in=first), dismissal_time=at):
        judged(world, first=FIRST, last=first[-1])
        yield
    judged(world, first=FIRST, last=first[-1])


@trips("short_day", "calendar_cut_too_far")
def _a_day_ends_after_three_classes(world: World) -> Iterator[None]:
    with ending(world, 1, time(11)):
        yield


@trips("calendar_third_shortened")
def _three_days_end_after_four_classes(world: World) -> Iterator[None]:
    with ending(world, 3, time(12, 30)):
        yield


def adopt(world: World, *lost: date, through: date = LAST) -> None:
    """The board adopted the month's days, and others that were lost; the last decision counts."""
    held = CalendarDay.objects.filter(school=world.lincoln, date__lte=through).values_list("date", flat=True)
    AdoptedCalendar.objects.create(
        submission_id=uuid4(), school=world.lincoln, first_year=2020, session_days=sorted([*held, *lost]),
        adopted_on=FIRST, document="Minutes", recorded_by=world.users["reyes"], recorded_at=AFTER,
    )  # fmt: skip


def waive(world: World, day: date, document: str = "Memorandum 14") -> WaivedDay:
    kept = "Binder" if document else ""
    return WaivedDay.objects.create(
        submission_id=uuid4(), school=world.lincoln, date=day, reason="cleaning", document=document, kept_at=kept,
        entered_by=world.users["reyes"], entered_at=AFTER,
    )  # fmt: skip


def withdraw(world: World, *waivers: WaivedDay) -> None:
    WaivedDay.objects.filter(pk__in=[each.pk for each in waivers]).update(
        withdrawn_at=AFTER, withdrawn_by=world.users["reyes"], withdrawn_reason="Held after all"
    )


@trips("calendar_without_document")
def _a_waived_day_has_no_document(world: World) -> Iterator[None]:
    adopt(world, SATURDAY)
    held = waive(world, SATURDAY, document="")
    yield
    WaivedDay.objects.filter(pk=held.pk).update(document="Memorandum 14", kept_at="Binder")
    withdraw(world, held)


@trips("calendar_not_adopted")
def _a_day_is_waived_that_was_never_adopted(world: World) -> Iterator[None]:
    adopt(world, SATURDAY)
    held = waive(world, SUNDAY)
    yield
    withdraw(world, held)


@trips("calendar_school_was_held")
def _a_day_is_waived_on_which_school_was_held(world: World) -> Iterator[None]:
    adopt(world)
    held = waive(world, FIRST)
    yield
    withdraw(world, held)


@trips("calendar_end_of_year")
def _the_last_adopted_day_is_waived(world: World) -> Iterator[None]:
    adopt(world, SATURDAY, through=SATURDAY)
    held = waive(world, SATURDAY)
    yield
    withdraw(world, held)


@trips("calendar_too_many")
def _an_eleventh_day_is_waived(world: World) -> Iterator[None]:
    adopt(world, SATURDAY, *SEPTEMBER)
    held = [waive(world, day) for day in [*SEPTEMBER, SATURDAY]]
    yield
    withdraw(world, *held)


@trips("calendar_too_few_days")
def _the_year_is_short_of_its_days(world: World) -> Iterator[None]:
    adopt(world)
    yield
    bells = CalendarDay.objects.filter(school=world.lincoln).values_list("bell_schedule", flat=True).first()
    days = [LAST + timedelta(days=each) for each in range(3, 3 + 165)]
    CalendarDay.objects.bulk_create(
        CalendarDay(
            school=world.lincoln, date=day, event_type="IN", day_kind="traditional", bell_schedule_id=bells,
            reporting_month=4,
        )
        for day in days
    )  # fmt: skip
