"""The demo district as its rosters stand on a day: what the files are made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attendance.demo.cast import ACCOUNTS
from attendance.demo.lessons import Lesson, Schedule
from attendance.demo.people import Pupil, pupils
from attendance.demo.schedule import schedule
from attendance.demo.schools import SCHOOLS
from attendance.demo.staff import PRINCIPALS, SUBSTITUTES, Substitute, Teacher, teachers_of

DISTRICT_ID = "mcsd"


@dataclass(frozen=True)
class District:
    """Its students, and its sections with their rosters."""

    pupils: Sequence[Pupil]
    schedule: Schedule


@dataclass(frozen=True)
class StaffMember:
    """Somebody who works in a school (empty: in the whole district), in one role."""

    source_id: str
    username: str
    given_name: str
    family_name: str
    role: str
    school: str = ""

    @property
    def email(self) -> str:
        """Where a password reset would go."""
        return f"{self.username}@magnolia.example"


def district() -> District:
    """The demo district, the same every time."""
    return District(pupils(), schedule())


def staff() -> list[StaffMember]:
    """Everybody who works in the district: those who do not teach, then teachers and their substitutes."""
    taught = [_teaching(teacher, school) for school, teacher in _teachers()]
    known = {member.username for member in taught}
    accounts = [
        StaffMember(
            f"a-{each.username}",
            each.username,
            each.given_name,
            each.family_name,
            each.role,
            "" if each.is_district_wide else each.school,
        )
        for each in ACCOUNTS
        if each.username not in known
    ]
    principals = [
        StaffMember(
            f"a-{each.username}", each.username, each.given_name, each.family_name, "school_administrator", school
        )
        for school, each in PRINCIPALS.items()
    ]
    return [*accounts, *principals, *taught]


def _teachers() -> Iterator[tuple[str, Teacher]]:
    for school in SCHOOLS.values():
        for teacher in teachers_of(school.source_id, list(school.grades)):
            yield school.source_id, teacher
        for substitute in SUBSTITUTES[school.source_id]:
            yield school.source_id, substitute.person


def _teaching(teacher: Teacher, school: str) -> StaffMember:
    names = (teacher.username, teacher.given_name, teacher.family_name)
    return StaffMember(teacher.source_id, *names, "teacher", school)


def substitutes_of(lesson: Lesson) -> list[Substitute]:
    """Those who stand in for a lesson's teacher."""
    return [each for each in SUBSTITUTES[lesson.school] if each.absent == lesson.teacher]
