"""The named cast that tests share with the demo: one district, two schools, one school year.

Lincoln High has six instructional periods of 55 minutes (330 a day, 208 needed) and a lunch; Washington High is
the other school, in which nobody of Lincoln has any business.
"""

from collections.abc import Iterator
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


# Written in bulk throughout: most tests begin with this world, and a row at a time takes five times as long.
def _bells_and_calendar(school: School) -> None:
    regular = BellSchedule.objects.create(school=school, name="Regular")
    Period.objects.bulk_create(_periods(regular))
    days = [date(2020, 10, 19) + timedelta(days=offset) for offset in range(19)]
    CalendarDay.objects.bulk_create(
        CalendarDay(
            school=school,
            date=day,
            event_type=EventType.INSTRUCTIONAL,
            day_kind=DayKind.TRADITIONAL,
            bell_schedule=regular,
            reporting_month=3,
        )
        for day in days
        if day.weekday() < 5
    )


def _periods(regular: BellSchedule) -> Iterator[Period]:
    starts = datetime(2020, 1, 1, 8, 0)
    for name in PERIODS:
        if name == "4":
            lunch = {"starts_at": starts.time(), "ends_at": (starts + timedelta(minutes=30)).time()}
            yield Period(bell_schedule=regular, name="Lunch", kind=PeriodKind.LUNCH, **lunch)
            starts += timedelta(minutes=35)
        ends = starts + timedelta(minutes=55)
        times = {"starts_at": starts.time(), "ends_at": ends.time()}
        yield Period(bell_schedule=regular, name=name, kind=PeriodKind.CLASS, **times)
        starts = ends + timedelta(minutes=5)


def _staff(world: World) -> None:
    people = [(account.username, account.given_name, account.family_name) for account in ACCOUNTS]
    people += [("park", "Owen", "Park"), ("lindqvist", "Maja", "Lindqvist")]
    world.users |= {user.username: user for user in User.objects.bulk_create(_person(*each) for each in people)}
    roles = [
        _role(
            world,
            account.username,
            account.role,
            None if account.is_district_wide else world.lincoln,
            ends_on=account.role_ends_on,
        )
        for account in ACCOUNTS
        if account.is_district_wide or account.school == HIGH
    ]
    roles.append(_role(world, "park", Role.TEACHER, world.washington))
    roles.append(_role(world, "lindqvist", Role.SCHOOL_ADMINISTRATOR, world.washington))
    RoleAssignment.objects.bulk_create(roles)


def _person(name: str, given: str, family: str) -> User:
    email = f"{name}@magnolia.example"
    return User(source_id=f"u-{name}", username=name, email=email, given_name=given, family_name=family, password="!")


def _role(world: World, person: str, role: str, school: School | None, **more: Any) -> RoleAssignment:
    return RoleAssignment(user=world.users[person], role=role, school=school, **{"starts_on": YEAR_STARTS, **more})


def add_person(world: World, name: str, given: str, family: str) -> User:
    """An account from the roster; `name` is the world's key."""
    world.users[name] = _person(name, given, family)
    world.users[name].save()
    return world.users[name]


def give_role(
    world: World, person: str, role: str, school: School | None, starts_on: date = YEAR_STARTS, **more: Any
) -> RoleAssignment:
    """A role that somebody of the cast holds, from the roster; no school is the whole district."""
    held = _role(world, person, role, school, starts_on=starts_on, **more)
    held.save()
    return held


def _sections(world: World) -> None:
    course = Course.objects.create(source_id="c", title="Algebra I")
    taught = [(name, world.lincoln, "whitfield", name) for name in PERIODS] + [
        ("W1", world.washington, "park", "1"),
    ]
    sections = Section.objects.bulk_create(
        Section(source_id=f"s{key}", course=course, school=school, title=f"Algebra I, {key}", kind="scheduled")
        for key, school, _, _ in taught
    )
    world.sections |= {section.source_id[1:]: section for section in sections}
    Section.terms.through.objects.bulk_create(
        Section.terms.through(section=section, term=world.term) for section in sections
    )
    SectionMeetingTime.objects.bulk_create(
        SectionMeetingTime(section=world.sections[key], period=period, starts_on=YEAR_STARTS, ends_on=YEAR_ENDS)
        for key, _, _, period in taught
    )
    SectionTeacher.objects.bulk_create(
        SectionTeacher(
            source_id=f"st{key}",
            section=world.sections[key],
            user=world.users[teacher],
            starts_on=YEAR_STARTS,
            is_primary=True,
        )
        for key, _, teacher, _ in taught
    )


def _students(world: World) -> None:
    cast = [(name, state_id(number), world.lincoln, PERIODS) for number, name in enumerate(CAST)]
    cast.append(("Shah Priya", "200000000", world.washington, ["W1"]))
    students = Student.objects.bulk_create(_student(name, number) for name, number, _, _ in cast)
    world.students |= {student.family_name: student for student in students}
    Enrollment.objects.bulk_create(
        _enrollment(student, school) for student, (_, _, school, _) in zip(students, cast, strict=True)
    )
    SectionEnrollment.objects.bulk_create(
        _roster_line(student, world.sections[key])
        for student, (_, _, _, keys) in zip(students, cast, strict=True)
        for key in keys
    )


def _student(name: str, number: str) -> Student:
    family, _, given = name.partition(" ")
    return Student(
        source_id=f"p{number}",
        state_id=number,
        family_name=family,
        given_name=given,
        sort_name=folded(family, given),
        birth_date=date(2006, 1, 15),
    )


def _enrollment(student: Student, school: School, starts_on: date = YEAR_STARTS) -> Enrollment:
    return Enrollment(student=student, school=school, grade="09", starts_on=starts_on, entry_code="E1")


def _roster_line(student: Student, section: Section, starts_on: date = YEAR_STARTS) -> SectionEnrollment:
    source_id = f"e{student.pk}-{section.pk}"
    return SectionEnrollment(source_id=source_id, student=student, section=section, starts_on=starts_on)


def add_student(world: World, name: str, state_id: str, school: School, starts_on: date = YEAR_STARTS) -> Student:
    """A student in grade 9 of a school; `name` is "Family Given", and the family name is the world's key."""
    student = _student(name, state_id)
    student.save()
    _enrollment(student, school, starts_on).save()
    world.students[student.family_name] = student
    return student


def put_on_roster(student: Student, section: Section, starts_on: date = YEAR_STARTS) -> SectionEnrollment:
    """A student on a section's roster."""
    line = _roster_line(student, section, starts_on)
    line.save()
    return line


def at(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    """An instant of a day in Mississippi (Central Daylight Time until 31 October 2020, then standard time)."""
    from zoneinfo import ZoneInfo

    return datetime.combine(day, time(hour, minute), ZoneInfo("America/Chicago")).astimezone(UTC)
