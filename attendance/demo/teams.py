"""The timetable of the upper schools: teams that take the core subjects together, and electives in between.

Each grade is split into teams of about 25. The subjects rotate through the places of the timetable, a team a place
later than the one before, so that a core teacher has every team once. In the slots between, teams of all grades meet
in electives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from attendance.demo.bells import ADVISORY
from attendance.demo.cast import HIGH, MIDDLE, STUDENTS
from attendance.demo.lessons import Lesson, Place, Schedule, Seat, course_id, dealt, seats_in
from attendance.demo.people import Pupil, pupils_of
from attendance.demo.staff import CORE, ELECTIVES, Teacher

ELECTIVE_SIZE = 26
# A change of schedule takes effect on this day; the old class lists the student until the day before.
CHANGES_ON = date(2020, 9, 8)
CHANGED_ELECTIVES = 6

Chosen = list[tuple[Pupil, Lesson]]


@dataclass(frozen=True)
class Teams:
    """How a school's teams go through its places."""

    school: str
    places: Sequence[Place]
    # How many teams a grade has, and at which place the first of them has its first slot.
    teams: Mapping[str, int]
    offsets: Mapping[str, int]
    # The slots of the core subjects, in the order of staff.CORE, and those of electives.
    core_slots: Sequence[int]
    elective_slots: Sequence[int]
    # The cast's team, where it is in the school.
    cast_team: int = 0
    # Who of the highest grade may go home before the last period, of each hundred: a shorter day of their own (RD-01).
    free_last_period: int = 0
    # Whether each team begins the day with an adviser.
    advised: bool = False

    def place_of(self, grade: str, team: int, slot: int) -> Place:
        """Where a team of a grade has a slot."""
        return self.places[(slot + team + self.offsets[grade]) % len(self.places)]

    def team_of(self) -> dict[int, int]:
        """Everybody's team by the place in the list."""
        placed: dict[int, int] = {}
        everybody = pupils_of(self.school)
        for grade, count in self.teams.items():
            members = [pupil for pupil in everybody if pupil.grade_in(self.school) == grade]
            cast = [pupil for pupil in members if pupil.number < len(STUDENTS)]
            placed |= dealt(members, count, cast, self.cast_team)
        return placed


LINCOLN = Teams(
    school=HIGH,
    places=[Place(f"Block {block}", day) for block in range(1, 5) for day in "AB"],
    teams={"09": 5, "10": 5, "11": 4, "12": 4},
    # The cast's team has Algebra I in block 2 of an A day, which is in progress when the demo opens.
    offsets={"09": 1, "10": 5, "11": 2, "12": 6},
    cast_team=1,
    core_slots=[0, 1, 4, 5],
    elective_slots=[2, 3, 6, 7],
    free_last_period=60,
)
CARVER = Teams(
    school=MIDDLE,
    places=[Place(str(period)) for period in range(1, 7)],
    teams={"06": 5, "07": 5, "08": 5},
    offsets={"06": 0, "07": 2, "08": 4},
    core_slots=[0, 1, 3, 4],
    elective_slots=[2, 5],
    advised=True,
)


def team_schedule(plan: Teams) -> Schedule:
    """The year's sections and rosters of a school of teams."""
    random = Random(f"Magnolia County: schedule of {plan.school}")  # noqa: S311 - the same every time; nothing secret
    everybody, teams = pupils_of(plan.school), plan.team_of()
    core, placed = _core(plan, everybody, teams)
    electives, chosen = _electives(random, plan, everybody, teams)
    seats = [seat for pupil, lesson in placed for seat in seats_in(pupil, lesson)]
    return Schedule(core + electives, seats + _elective_seats(electives, chosen))


def _lesson(plan: Teams, teacher: Teacher, place: Place, grades: Sequence[str]) -> Lesson:
    course = course_id(plan.school, teacher.course_name)
    where = f"{place.rotation_day}{place.period.split()[-1]}".lower()
    return Lesson(f"{course}-{where}", plan.school, teacher.course, course, teacher, tuple(grades), (place,))


def _core(plan: Teams, everybody: list[Pupil], teams: dict[int, int]) -> tuple[list[Lesson], Chosen]:
    lessons: dict[tuple[str, int], list[Lesson]] = {}
    for grade, count in plan.teams.items():
        for team in range(count):
            slots = zip(CORE[grade], plan.core_slots, strict=True)
            taught = [_lesson(plan, teacher, plan.place_of(grade, team, slot), [grade]) for teacher, slot in slots]
            lessons[grade, team] = taught + ([_advisory(plan, grade, team)] if plan.advised else [])
    placed = [
        (pupil, lesson)
        for pupil in everybody
        for lesson in lessons[pupil.grade_in(plan.school) or "", teams[pupil.number]]
    ]
    return [lesson for taught in lessons.values() for lesson in taught], placed


def _advisory(plan: Teams, grade: str, team: int) -> Lesson:
    """The core teachers advise a team each, and teachers of electives the teams that are left."""
    advisers = [*CORE[grade], ELECTIVES[plan.school][list(plan.teams).index(grade)]]
    course = course_id(plan.school, ADVISORY.lower())
    source_id, places = f"{course}-{grade}-{team + 1}", (Place(ADVISORY),)
    return Lesson(source_id, plan.school, ADVISORY, course, advisers[team], (grade,), places, "homeroom")


def _electives(
    random: Random, plan: Teams, everybody: list[Pupil], teams: dict[int, int]
) -> tuple[list[Lesson], Chosen]:
    free = _free_places(random, plan, everybody, teams)
    teachers = ELECTIVES[plan.school]
    lessons: list[Lesson] = []
    chosen: Chosen = []
    turn = 0
    for place in plan.places:
        waiting = [
            pupil
            for pupil in everybody
            if place in _elective_places(plan, pupil, teams) and free.get(pupil.number) != place
        ]
        count = -(-len(waiting) // ELECTIVE_SIZE)
        offered = [
            _lesson(plan, teachers[(turn + each) % len(teachers)], place, list(plan.teams)) for each in range(count)
        ]
        turn += count
        lessons += offered
        random.shuffle(waiting)
        chosen += _choose(waiting, offered, chosen)
    return lessons, chosen


def _elective_places(plan: Teams, pupil: Pupil, teams: dict[int, int]) -> list[Place]:
    grade = pupil.grade_in(plan.school) or ""
    return [plan.place_of(grade, teams[pupil.number], slot) for slot in plan.elective_slots]


def _free_places(random: Random, plan: Teams, everybody: list[Pupil], teams: dict[int, int]) -> dict[int, Place]:
    """Some seniors have nothing in the last period of one of their days."""
    last = plan.places[-1].period
    found = {}
    for pupil in everybody:
        if pupil.grade_in(plan.school) == list(plan.teams)[-1] and random.randrange(100) < plan.free_last_period:
            open_to = [place for place in _elective_places(plan, pupil, teams) if place.period == last]
            if open_to:
                found[pupil.number] = open_to[0]
    return found


def _choose(waiting: list[Pupil], offered: list[Lesson], before: Chosen) -> Chosen:
    taken = {(pupil.number, lesson.teacher) for pupil, lesson in before}
    sizes = dict.fromkeys(offered, 0)
    chosen = []
    for pupil in waiting:
        open_to = [lesson for lesson in offered if (pupil.number, lesson.teacher) not in taken]
        lesson = min(open_to, key=lambda each: sizes[each])
        sizes[lesson] += 1
        chosen.append((pupil, lesson))
    return chosen


def _elective_seats(lessons: list[Lesson], chosen: Chosen) -> list[Seat]:
    """Rosters of the electives, with a few students who changed to another one in the same period."""
    staying = [pair for pair in chosen if pair[0].stays[0].ends_on is None]
    changing = staying[40 :: len(chosen) // CHANGED_ELECTIVES]
    seats = []
    for pupil, lesson in chosen:
        if (pupil, lesson) in changing and (other := _other(pupil, lesson, lessons, chosen)):
            seats += seats_in(pupil, lesson, until=CHANGES_ON - timedelta(days=1))
            seats += seats_in(pupil, other, since=CHANGES_ON)
        else:
            seats += seats_in(pupil, lesson)
    return seats


def _other(pupil: Pupil, lesson: Lesson, lessons: list[Lesson], chosen: Chosen) -> Lesson | None:
    teachers = {each.teacher for who, each in chosen if who == pupil}
    same_place = (each for each in lessons if each.places == lesson.places and each.teacher not in teachers)
    return next(same_place, None)
