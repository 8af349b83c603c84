"""Students taught in every way, and what they do there, said shortly."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from attendance.models import (
    Accommodation,
    DailyAttendance,
    DayReview,
    Engagement,
    LearningPlan,
    ModeAssignment,
)
from attendance.services.ledger import recompute
from attendance.services.reviews import ReviewEntry, WeekSaved, save_week
from students.models import Section
from tests.world import TODAY, YEAR_STARTS, World, at

LAST_WEEK = [date(2020, 10, 19) + timedelta(days=each) for each in range(5)]
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = LAST_WEEK
ZONE = ZoneInfo("America/Chicago")


def taught(world: World, name: str, mode: str = "async_online", section: str = "", **more: object) -> None:
    """A student is taught in a way from the first day of the year, in every class or in one; the ledger follows."""
    ModeAssignment.objects.create(
        student=world.students[name],
        mode=mode,
        section=world.sections[section] if section else None,
        **{"starts_on": YEAR_STARTS, **more},
    )
    follow(world, name)


def follow(world: World, *names: str, first: date = LAST_WEEK[0], last: date = TODAY) -> None:
    recompute(world.installation, [world.students[each].pk for each in names], first, last)


def plan(**said: object) -> None:
    """What the district's learning plan says otherwise than the standard one, all year."""
    LearningPlan.objects.create(starts_on=YEAR_STARTS, **said)


def on_file(world: World, name: str, measures: Collection[str] = ("lms_login",)) -> None:
    Accommodation.objects.create(
        student=world.students[name],
        measures=list(measures),
        reason="Records himself present",
        starts_on=YEAR_STARTS,
        submission_id=uuid4(),
        entered_by=world.users["okafor"],
        entered_at=at(8),
    )


def instant(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, second), ZONE).astimezone(UTC)


def engaged(
    world: World,
    name: str,
    when: datetime,
    measure: str = "lms_activity",
    section: Section | None = None,
    **more: object,
) -> Engagement:
    """Something done in the LMS, stored as it came; the ledger follows."""
    day = when.astimezone(ZONE).date()
    its = Engagement.objects.create(
        event_id=uuid4(),
        source="lms_api",
        student=world.students[name],
        section=section,
        measure=measure,
        happened_at=when,
        day=day,
        received_by=world.users["okafor"],
        received_at=at(9),
        **more,
    )
    follow(world, name, first=day, last=day)
    return its


def row(world: World, name: str, day: date) -> DailyAttendance:
    return DailyAttendance.objects.get(student=world.students[name], date=day)


def status(world: World, name: str, *days: date) -> list[str]:
    """P, A or U for each day."""
    return [row(world, name, each).status[0].upper() for each in days or LAST_WEEK]


def of(world: World, name: str, day: date, choice: str, **more: object) -> ReviewEntry:
    return ReviewEntry(world.students[name].pk, day, choice, **more)


def enter(
    world: World,
    *entries: ReviewEntry,
    section: str = "1",
    monday: date = MONDAY,
    by: str = "whitfield",
    version: int = 0,
    reason: str = "",
    now: datetime | None = None,
    **more: object,
) -> WeekSaved:
    """Somebody saves a class's week."""
    return save_week(
        world.scope(by, now or at(10)),
        world.sections[section].pk,
        monday,
        **{"submission_id": uuid4(), "version": version, "entries": entries, "reason": reason, **more},
    )


def entered(world: World) -> int:
    return DayReview.objects.count()
