"""Who meets when: sections, their teachers, and who sits in them.

Each grade is split into teams of about 25 that take the core subjects together. The subjects rotate through the
seven periods, a team a period later than the one before, so that a core teacher has every team once a day. In the
slots between, teams of all grades meet in electives.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from attendance.demo.bells import PERIODS
from attendance.demo.cast import STUDENTS, YEAR_ENDS
from attendance.demo.people import CAST_GRADE, Pupil
from attendance.demo.staff import CORE, ELECTIVES, Teacher

TEAMS = {"09": 5, "10": 4, "11": 4, "12": 4}
# What a team does in its slots; a number is the place of the core subject in staff.CORE.
CORE_SLOTS = {0: 0, 1: 1, 3: 2, 5: 3}
ELECTIVE_SLOTS = [2, 4, 6]
# The grades start at different places of the rotation, or everybody would have an elective at once.
GRADE_OFFSETS = {"09": 0, "10": 2, "11": 4, "12": 5}
# The cast's team has Algebra I in period 3, which is in progress when the demo opens.
CAST_TEAM = 2
ELECTIVE_SIZE = 26
# Of each hundred seniors, how many have a free period: a shorter day of their own (RD-01).
SENIORS_WITH_A_FREE_PERIOD = 50
# A change of schedule takes effect on this day; the old class lists the student until the day before.
CHANGES_ON = date(2020, 9, 8)
CHANGED_ELECTIVES = 6


@dataclass(frozen=True)
class Lesson:
    """A section: one teacher's course in one period of every day."""

    teacher: Teacher
    period: str
    grades: tuple[str, ...]

    @property
    def source_id(self) -> str:
        """The section's id in every file."""
        return f"{self.teacher.course_id}-{self.period}"


@dataclass(frozen=True)
class Seat:
    """A student on a section's roster; both ends inclusive."""

    pupil: Pupil
    lesson: Lesson
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Schedule:
    """All sections and seats."""

    lessons: list[Lesson]
    seats: list[Seat]


def team_of(pupil: Pupil) -> int:
    """The student's team within the grade; the next in the list fill the teams in which the cast is not."""
    if pupil.number < len(STUDENTS):
        return CAST_TEAM
    if pupil.number < len(STUDENTS) * TEAMS[CAST_GRADE]:
        others = [team for team in range(TEAMS[CAST_GRADE]) if team != CAST_TEAM]
        return others[pupil.number % len(others)]
    return pupil.number % TEAMS[pupil.grade]


def period_of(grade: str, team: int, slot: int) -> str:
    """The period in which a team of a grade has a slot."""
    return PERIODS[(slot + team + GRADE_OFFSETS[grade]) % len(PERIODS)]


def schedule(pupils: list[Pupil]) -> Schedule:
    """The year's sections and rosters."""
    random = Random("Lincoln High School: schedule")  # noqa: S311 - the same school every time; nothing secret
    core, placed = _core(pupils)
    electives, chosen = _electives(random, pupils)
    seats = [seat for pupil, lesson in placed for seat in _seats(pupil, lesson)]
    return Schedule(core + electives, seats + _elective_seats(electives, chosen))


def _core(pupils: list[Pupil]) -> tuple[list[Lesson], list[tuple[Pupil, Lesson]]]:
    lessons = {
        (grade, team, slot): Lesson(CORE[grade][subject], period_of(grade, team, slot), (grade,))
        for grade, teams in TEAMS.items()
        for team in range(teams)
        for slot, subject in CORE_SLOTS.items()
    }
    placed = [(pupil, lessons[pupil.grade, team_of(pupil), slot]) for pupil in pupils for slot in CORE_SLOTS]
    return list(lessons.values()), placed


def _electives(random: Random, pupils: list[Pupil]) -> tuple[list[Lesson], list[tuple[Pupil, Lesson]]]:
    free = {
        pupil.number for pupil in pupils if pupil.grade == "12" and random.randrange(100) < SENIORS_WITH_A_FREE_PERIOD
    }
    lessons: list[Lesson] = []
    chosen: list[tuple[Pupil, Lesson]] = []
    turn = 0
    for period in PERIODS:
        waiting = [pupil for pupil in pupils if _has_elective(pupil, period, free)]
        count = -(-len(waiting) // ELECTIVE_SIZE)
        offered = [Lesson(ELECTIVES[(turn + place) % len(ELECTIVES)], period, tuple(TEAMS)) for place in range(count)]
        turn += count
        lessons += offered
        random.shuffle(waiting)
        chosen += _choose(waiting, offered, chosen)
    return lessons, chosen


def _has_elective(pupil: Pupil, period: str, free: set[int]) -> bool:
    slots = ELECTIVE_SLOTS[:-1] if pupil.number in free else ELECTIVE_SLOTS
    return any(period_of(pupil.grade, team_of(pupil), slot) == period for slot in slots)


def _choose(
    waiting: list[Pupil], offered: list[Lesson], before: list[tuple[Pupil, Lesson]]
) -> list[tuple[Pupil, Lesson]]:
    taken = {(pupil.number, lesson.teacher) for pupil, lesson in before}
    sizes = dict.fromkeys(offered, 0)
    chosen = []
    for pupil in waiting:
        open_to = [lesson for lesson in offered if (pupil.number, lesson.teacher) not in taken]
        lesson = min(open_to, key=lambda each: sizes[each])
        sizes[lesson] += 1
        chosen.append((pupil, lesson))
    return chosen


def _elective_seats(lessons: list[Lesson], chosen: list[tuple[Pupil, Lesson]]) -> list[Seat]:
    """Rosters of the electives, with a few students who changed to another one in the same period."""
    changing = [pair for pair in chosen if pair[0].stays[0].ends_on is None][40 :: len(chosen) // CHANGED_ELECTIVES]
    seats = []
    for pupil, lesson in chosen:
        if (pupil, lesson) in changing and (other := _other(pupil, lesson, lessons, chosen)):
            seats += _seats(pupil, lesson, until=CHANGES_ON - timedelta(days=1)) + _seats(
                pupil, other, since=CHANGES_ON
            )
        else:
            seats += _seats(pupil, lesson)
    return seats


def _other(pupil: Pupil, lesson: Lesson, lessons: list[Lesson], chosen: list[tuple[Pupil, Lesson]]) -> Lesson | None:
    teachers = {each.teacher for who, each in chosen if who == pupil}
    same_period = (each for each in lessons if each.period == lesson.period and each.teacher not in teachers)
    return next(same_period, None)


def _seats(pupil: Pupil, lesson: Lesson, since: date = date.min, until: date = YEAR_ENDS) -> list[Seat]:
    """The seats of a student's stays within some days."""
    spans = [(max(stay.starts_on, since), min(stay.ends_on or YEAR_ENDS, until)) for stay in pupil.stays]
    return [Seat(pupil, lesson, starts, ends) for starts, ends in spans if starts <= ends]
