"""A homeroom in Lincoln: one section in periods 1 to 5 of every day, with music in period 6 taught by somebody else."""

from datetime import date, time
from uuid import uuid4

from attendance.models import ClassMeeting, Mark, SectionMeetingTime
from attendance.services.homerooms import DayEntry, DaySaved, save_day
from students.models import Course, Section, SectionTeacher, User
from tests.attendance.acts import open_both_schools
from tests.world import PERIODS, TODAY, YEAR_STARTS, World, at, put_on_roster

HOMEROOM, MUSIC = "H", "6"


def make_homeroom(world: World) -> Section:
    """Ms. Whitfield's homeroom in place of her five classes, before the days are opened."""
    course = Course.objects.create(source_id="c-h", title="Grade 3")
    homeroom = Section.objects.create(
        source_id="sH", course=course, school=world.lincoln, title="Homeroom 3A", kind="homeroom", location="12"
    )
    SectionMeetingTime.objects.filter(section__in=[world.sections[each] for each in PERIODS[:5]]).delete()
    SectionMeetingTime.objects.bulk_create(
        SectionMeetingTime(section=homeroom, period=each, starts_on=YEAR_STARTS) for each in PERIODS[:5]
    )
    SectionTeacher.objects.create(
        source_id="stH", section=homeroom, user=world.users["whitfield"], starts_on=YEAR_STARTS, is_primary=True
    )
    world.sections[HOMEROOM] = homeroom
    for student in world.students.values():
        if student.family_name != "Shah":
            put_on_roster(student, homeroom)
    _music(world)
    return homeroom


def _music(world: World) -> None:
    world.users["song"] = User.objects.create(
        source_id="u-song", username="song", given_name="Lin", family_name="Song", password="!"
    )
    SectionTeacher.objects.filter(section=world.sections[MUSIC]).update(user=world.users["song"])


def homeroom_days(world: World) -> World:
    """The world with its homeroom, both schools opened through today."""
    make_homeroom(world)
    return open_both_schools(world)


def meetings_of(world: World, day: date = TODAY) -> list[ClassMeeting]:
    """The homeroom's meetings of a day, in order of time."""
    return list(ClassMeeting.objects.filter(section=world.sections[HOMEROOM], date=day).order_by("starts_at"))


def versions_of(world: World, day: date = TODAY) -> dict[int, int]:
    return {each.pk: each.version for each in meetings_of(world, day) if each.state != "void"}


def late(world: World, name: str, arrived: time | None = None, left: time | None = None) -> DayEntry:
    """Somebody's day with times; without an arrival, left early."""
    return DayEntry(world.students[name].pk, "tardy" if arrived else "left_early", arrived, left)


def day_entries(world: World, **exceptions: DayEntry | str) -> list[DayEntry]:
    """Everybody present but the exceptions, by family name."""
    said = {name: exceptions.get(name.replace("’", ""), "present") for name in world.students if name != "Shah"}
    return [DayEntry(world.students[name].pk, it) if isinstance(it, str) else it for name, it in said.items()]


def take_day(
    world: World,
    day: date = TODAY,
    by: str = "whitfield",
    reason: str = "",
    hour: int = 8,
    **exceptions: DayEntry | str,
) -> DaySaved:
    """Ms. Whitfield marks her homeroom's day at 8:00 of today, everybody present but the exceptions."""
    return save_day(
        world.scope(by, at(hour)),
        world.sections[HOMEROOM].pk,
        day,
        submission_id=uuid4(),
        versions=versions_of(world, day),
        entries=day_entries(world, **exceptions),
        reason=reason,
    )


def marks_of(world: World, name: str, day: date = TODAY) -> list[tuple[str, int]]:
    """Somebody's marks in the homeroom's meetings of a day, in order of time."""
    found = Mark.objects.filter(
        student=world.students[name], meeting__date=day, meeting__section=world.sections[HOMEROOM]
    )
    return [(mark.status, mark.minutes_attended) for mark in found.order_by("meeting__starts_at")]
