"""What a timetable is made of: places of the day, lessons in them, and seats in the lessons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from attendance.demo.cast import YEAR_ENDS, YEAR_STARTS
from attendance.demo.people import Pupil
from attendance.demo.staff import Teacher


class Place(NamedTuple):
    """A period of the days of one name in the rotation, or of every day."""

    period: str
    rotation_day: str = ""


# Compared by identity: each stands once in the timetable, and is asked for by the thousand.
@dataclass(frozen=True, eq=False)
class Lesson:
    """A section: one teacher with one roster, in its places of the timetable."""

    source_id: str
    school: str
    title: str
    course_id: str
    teacher: Teacher
    grades: tuple[str, ...]
    places: tuple[Place, ...]
    kind: str = "scheduled"


@dataclass(frozen=True)
class Seat:
    """A student on a section's roster; both ends inclusive."""

    pupil: Pupil
    lesson: Lesson
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Schedule:
    """Sections and rosters."""

    lessons: list[Lesson]
    seats: list[Seat]

    def __add__(self, other: "Schedule") -> "Schedule":
        return Schedule(self.lessons + other.lessons, self.seats + other.seats)


def course_id(school: str, course_name: str) -> str:
    """The id of a course in every file."""
    return f"c-{school}-{course_name}"


def seats_in(pupil: Pupil, lesson: Lesson, since: date = YEAR_STARTS, until: date = YEAR_ENDS) -> list[Seat]:
    """The seats of a student's stays in the lesson's school within some days, both inclusive."""
    stays = [stay for stay in pupil.stays if stay.school == lesson.school]
    spans = [(max(stay.starts_on, since), min(stay.ends_on or YEAR_ENDS, until)) for stay in stays]
    return [Seat(pupil, lesson, starts, ends) for starts, ends in spans if starts <= ends]


def dealt(pupils: Sequence[Pupil], groups: int, first: Iterable[Pupil] = (), group: int = 0) -> dict[int, int]:
    """Students' groups by their places in the list: the `first` in one group, the others where most room is."""
    placed = {pupil.number: group for pupil in first}
    sizes = [0] * groups
    sizes[group] += len(placed)
    for pupil in pupils:
        if pupil.number not in placed:
            placed[pupil.number] = sizes.index(min(sizes))
            sizes[placed[pupil.number]] += 1
    return placed
