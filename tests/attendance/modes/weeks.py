"""Students in own time, and what is given, entered and said in their weeks, shortly."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from attendance.models import DailyAttendance, DayReview, ModeAssignment
from attendance.services.assignments import Given, give_work
from attendance.services.interactions import Logged, log_interaction
from attendance.services.ledger import recompute
from tests.attendance.acts import open_both_schools
from tests.world import TODAY, YEAR_STARTS, World, at

MONDAY = date(2020, 10, 19)
LAST_WEEK = [MONDAY + timedelta(days=each) for each in range(5)]
THIS_MONDAY = date(2020, 10, 26)
PACKETS, ASYNC = "offline_packets", "async_online"


def in_own_time(world: World, *names: str, mode: str = PACKETS, section: str = "") -> World:
    """Students who work in own time since the year began, in all classes or in one; the days are opened."""
    for name in names:
        ModeAssignment.objects.create(
            student=world.students[name],
            mode=mode,
            starts_on=YEAR_STARTS,
            section=world.sections[section] if section else None,
        )
    return open_both_schools(world)


def judged(world: World, *names: str, first: date = MONDAY, last: date = TODAY) -> None:
    recompute(world.installation, [world.students[each].pk for each in names], first, last)


def day_of(world: World, name: str, day: date = MONDAY) -> DailyAttendance:
    return DailyAttendance.objects.get(student=world.students[name], date=day)


def reviewed(
    world: World,
    name: str,
    period: str = "1",
    days: list[date] = LAST_WEEK,
    minutes: int = 55,
    handed_in_on: date = THIS_MONDAY,
    entered: datetime | None = None,
) -> None:
    """Completed work of some days, as Ms. Whitfield entered it; the days are judged."""
    for day in days:
        DayReview.objects.create(
            student=world.students[name],
            section=world.sections[period],
            date=day,
            minutes=minutes,
            handed_in_on=handed_in_on,
            entered_by=world.users["whitfield"],
            entered_at=entered or at(8),
        )
    judged(world, name)


def give(world: World, period: str = "1", *, by: str = "whitfield", title: str = "Packet 3", **more: object) -> Given:
    """Work of 40 minutes for Monday of last week, by default."""
    said = {"submission_id": uuid4(), "minutes": {MONDAY: 40}, **more}
    return give_work(world.scope(by), world.sections[period].pk, title=title, **said)


def talk(
    world: World,
    *names: str,
    period: str = "1",
    by: str = "whitfield",
    day: date = MONDAY,
    hour: int = 9,
    kind: str = "call",
    form: UUID | None = None,
    **more: object,
) -> Logged:
    """A talk about a class."""
    return log_interaction(
        world.scope(by),
        world.sections[period].pk,
        [world.students[each].pk for each in names],
        **{"submission_id": form or uuid4(), "kind": kind, "day": day, "at": time(hour), **more},
    )
