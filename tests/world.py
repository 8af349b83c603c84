"""The named cast that tests share with the demo: one district, two schools, one school year.

Lincoln High has six instructional periods of 55 minutes (330 a day, 208 needed) and a lunch; Washington High is
the other school, in which nobody of Lincoln has any business.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from attendance.demo.cast import (
    ACCOUNTS,
    DISTRICT_CODE,
    DISTRICT_NAME,
    HIGH,
    NOW,
    SCHOOL_CODE,
    SCHOOL_NAME,
    TODAY,
    YEAR_ENDS,
    YEAR_STARTS,
    state_id,
)
from attendance.demo.cast import STUDENTS as CAST
from attendance.demo.cast import YESTERDAY as YESTERDAY
from attendance.models import (
    BellSchedule,
    CalendarDay,
    DayKind,
    EventType,
    Period,
    PeriodKind,
    SectionMeetingTime,
)
from students.access import Scope, installation_scope, scope_of
from students.models import (
    Course,
    District,
    Enrollment,
    Role,
    RoleAssignment,
    School,
    SchoolYear,
    Section,
    SectionEnrollment,
    SectionTeacher,
    Student,
    Term,
    User,
)
from students.rules.names import folded

PERIODS = ["1", "2", "3", "4", "5", "6"]


@dataclass
class World:
    """Everything that a test may want to name."""

    district: District
    year: SchoolYear
    term: Term
    lincoln: School
    washington: School
    users: dict[str, User] = field(default_factory=dict)
    students: dict[str, Student] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)

    def scope(self, name: str, now: datetime = NOW) -> Scope:
        """The scope of one of the cast."""
        return scope_of(self.users[name], now)

    @property
    def installation(self) -> Scope:
        """The scope of commands and tasks."""
        return installation_scope(NOW)


def make_world() -> World:
    """Two schools with bells, a calendar from 19 October to 6 November 2020, sections, rosters and staff."""
    district = District.objects.create(source_id="d", name=DISTRICT_NAME, code=DISTRICT_CODE)
    year = SchoolYear.objects.create(source_id="y", name="2020-21", starts_on=YEAR_STARTS, ends_on=YEAR_ENDS)
    term = Term.objects.create(
        school_year=year, source_id="t", name="Year", kind="term", starts_on=YEAR_STARTS, ends_on=YEAR_ENDS
    )
    lincoln = School.objects.create(district=district, source_id="lhs", name=SCHOOL_NAME, code=SCHOOL_CODE)
    washington = School.objects.create(district=district, source_id="whs", name="Washington High School", code="012")
    world = World(district, year, term, lincoln, washington)
    for school in (lincoln, washington):
        _bells_and_calendar(school)
    _staff(world)
    _sections(world)
    _students(world)
    return world


def _bells_and_calendar(school: School) -> None:
    regular = BellSchedule.objects.create(school=school, name="Regular")
    starts = datetime(2020, 1, 1, 8, 0)
    for name in PERIODS:
        if name == "4":
            lunch = {"starts_at": starts.time(), "ends_at": (starts + timedelta(minutes=30)).time()}
            Period.objects.create(bell_schedule=regular, name="Lunch", kind=PeriodKind.LUNCH, **lunch)
            starts += timedelta(minutes=35)
        ends = starts + timedelta(minutes=55)
        Period.objects.create(
            bell_schedule=regular, name=name, kind=PeriodKind.CLASS, starts_at=starts.time(), ends_at=ends.time()
        )
        starts = ends + timedelta(minutes=5)
    for offset in range((date(2020, 11, 6) - date(2020, 10, 19)).days + 1):
        day = date(2020, 10, 19) + timedelta(days=offset)
        if day.weekday() < 5:
            CalendarDay.objects.create(
                school=school,
                date=day,
                event_type=EventType.INSTRUCTIONAL,
                day_kind=DayKind.TRADITIONAL,
                bell_schedule=regular,
                reporting_month=3,
            )


def _staff(world: World) -> None:
    for name, given, family in [
        *((account.username, account.given_name, account.family_name) for account in ACCOUNTS),
        ("park", "Owen", "Park"),
        ("lindqvist", "Maja", "Lindqvist"),
    ]:
        add_person(world, name, given, family)
    for account in (each for each in ACCOUNTS if each.is_district_wide or each.school == HIGH):
        school = None if account.is_district_wide else world.lincoln
        give_role(world, account.username, account.role, school, ends_on=account.role_ends_on)
    give_role(world, "park", Role.TEACHER, world.washington)
    give_role(world, "lindqvist", Role.SCHOOL_ADMINISTRATOR, world.washington)


def add_person(world: World, name: str, given: str, family: str) -> User:
    """An account from the roster; `name` is the world's key."""
    email = f"{name}@magnolia.example"
    world.users[name] = User.objects.create(
        source_id=f"u-{name}", username=name, email=email, given_name=given, family_name=family, password="!"
    )
    return world.users[name]


def give_role(
    world: World, person: str, role: str, school: School | None, starts_on: date = YEAR_STARTS, **more: Any
) -> RoleAssignment:
    """A role that somebody of the cast holds, from the roster; no school is the whole district."""
    return RoleAssignment.objects.create(
        user=world.users[person], role=role, school=school, starts_on=starts_on, **more
    )


def _sections(world: World) -> None:
    course = Course.objects.create(source_id="c", title="Algebra I")
    taught = [(name, world.lincoln, "whitfield", name) for name in PERIODS] + [
        ("W1", world.washington, "park", "1"),
    ]
    for key, school, teacher, period in taught:
        section = Section.objects.create(
            source_id=f"s{key}", course=course, school=school, title=f"Algebra I, {key}", kind="scheduled"
        )
        section.terms.add(world.term)
        SectionMeetingTime.objects.create(section=section, period=period, starts_on=YEAR_STARTS, ends_on=YEAR_ENDS)
        SectionTeacher.objects.create(
            source_id=f"st{key}", section=section, user=world.users[teacher], starts_on=YEAR_STARTS, is_primary=True
        )
        world.sections[key] = section


def _students(world: World) -> None:
    for number, name in enumerate(CAST):
        student = add_student(world, name, state_id(number), world.lincoln)
        for key in PERIODS:
            put_on_roster(student, world.sections[key])
    priya = add_student(world, "Shah Priya", "200000000", world.washington)
    put_on_roster(priya, world.sections["W1"])


def add_student(world: World, name: str, state_id: str, school: School, starts_on: date = YEAR_STARTS) -> Student:
    """A student in grade 9 of a school; `name` is "Family Given", and the family name is the world's key."""
    family, _, given = name.partition(" ")
    student = Student.objects.create(
        source_id=f"p{state_id}",
        state_id=state_id,
        family_name=family,
        given_name=given,
        sort_name=folded(family, given),
        birth_date=date(2006, 1, 15),
    )
    Enrollment.objects.create(student=student, school=school, grade="09", starts_on=starts_on, entry_code="E1")
    world.students[family] = student
    return student


def put_on_roster(student: Student, section: Section, starts_on: date = YEAR_STARTS) -> SectionEnrollment:
    """A student on a section's roster."""
    return SectionEnrollment.objects.create(
        source_id=f"e{student.pk}-{section.pk}", student=student, section=section, starts_on=starts_on
    )


def at(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    """An instant of a day in Mississippi (Central Daylight Time until 31 October 2020, then standard time)."""
    from zoneinfo import ZoneInfo

    return datetime.combine(day, time(hour, minute), ZoneInfo("America/Chicago")).astimezone(UTC)
