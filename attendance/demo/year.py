"""The demo's year so far: who was away, late or left early on which days, and what was brought to excuse it.

The spread is chosen, then placed by chance: most students have missed less than five days, and each level of support
(exactly 5, 6 to 10, more than 10 absences) has its students. On days that are not absences at most one class is
touched, so that no day turns into an absence by accident. Each school has the same spread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random

from attendance.demo.calendar import MONTH_STARTS, session_days
from attendance.demo.cast import ELEMENTARY, STUDENTS, TODAY
from attendance.demo.hours import afternoon, too_early, too_late
from attendance.demo.marks import AWAY, Whereabouts, comes_at, leaves_at, skips, tardy_to
from attendance.demo.notes import Note
from attendance.demo.people import LISTED, Pupil, pupils
from attendance.demo.schools import SCHOOLS, DemoSchool
from attendance.demo.stays import is_whole_year, never_came
from attendance.demo.stories import story_marks, story_notes
from attendance.rules.minutes import clock_time

# Of about 390 students of a school who are there all year, how many have missed how many days, besides the cast.
ABSENCES = {0: 75, 1: 85, 2: 75, 3: 50, 4: 35, 5: 17, 6: 12, 7: 9, 8: 7, 9: 5, 10: 3, 11: 5, 12: 4, 14: 3, 16: 3, 19: 3}
EXCUSED_PERCENT = 45
PARENT_NOTE_PERCENT = 8
PENDING_PERCENT = 40
PART_DAY_PERCENT = 15
AWAY_TODAY_PERCENT = 4
LATE_TODAY_PERCENT = 3
# Reason, document, and how often of a hundred.
DOCUMENTED = [
    ("illness", "medical", 55),
    ("isolation", "health_order", 16),
    ("appointment", "medical", 12),
    ("family", "obituary", 5),
    ("educational", "school_record", 5),
    ("religious", "other_document", 4),
    ("court", "court_paper", 3),
]

# By the student's place in the list and the day.
Marks = dict[tuple[int, date], Whereabouts]


@dataclass(frozen=True)
class YearSoFar:
    """Marks other than "present", and the notes."""

    marks: Marks
    notes: list[Note]


def year_so_far() -> YearSoFar:
    """The same year every time, from the first day through the demo's today."""
    year = YearSoFar(dict(story_marks()), story_notes())
    others = pupils()[len(STUDENTS) :]
    for school in LISTED:
        random = Random(f"Magnolia County: the year so far of {school}")  # noqa: S311 - no secret
        _school_year(random, year, [pupil for pupil in others if pupil.home.school == school])
    return year


def _school_year(random: Random, year: YearSoFar, members: Sequence[Pupil]) -> None:
    for pupil, absences in zip(members, _absences(random, members), strict=True):
        if never_came(pupil.stays):
            year.marks.update({(pupil.number, day): AWAY for day in session_days() if pupil.stay_on(day)})
            continue
        _absent(random, year, pupil, absences)
        _small_things(random, year, pupil)
        _this_morning(random, year, pupil)


def _absences(random: Random, members: Sequence[Pupil]) -> list[int]:
    spread = [count for count, students in ABSENCES.items() for _ in range(students)]
    random.shuffle(spread)
    pool = cycle(spread)
    return [next(pool) if is_whole_year(pupil.stays) else random.randrange(3) for pupil in members]


def _absent(random: Random, year: YearSoFar, pupil: Pupil, absences: int) -> None:
    while absences:
        length = min(absences, random.choices([1, 2, 3], [60, 25, 15])[0])
        if spell := _free_spell(random, year, pupil, length):
            _spell(random, year, pupil, spell)
            absences -= length


def _free_spell(random: Random, year: YearSoFar, pupil: Pupil, length: int) -> Sequence[date]:
    """Some school days in a row, before today, on which nothing else happened; empty where they are not free."""
    days = session_days()[:-1]
    first = random.randrange(len(days) - length + 1)
    spell = days[first : first + length]
    free = all(pupil.stay_on(day) and (pupil.number, day) not in year.marks for day in spell)
    return spell if free else []


def _spell(random: Random, year: YearSoFar, pupil: Pupil, spell: Sequence[date]) -> None:
    if len(spell) == 1 and random.randrange(100) < PART_DAY_PERCENT:
        _part_of_a_day(random, year, pupil, spell[0])
        return
    for day in spell:
        year.marks[pupil.number, day] = AWAY
    if note := _note(random, pupil, spell):
        year.notes.append(note)


def _part_of_a_day(random: Random, year: YearSoFar, pupil: Pupil, day: date) -> None:
    """A day of too few minutes (MS-05), half of them excused by the hour (RD-08)."""
    school, comes = _school_on(pupil, day), random.randrange(2) == 0
    minute = random.choice(too_late(school) if comes else too_early(school))
    year.marks[pupil.number, day] = comes_at(minute) if comes else leaves_at(minute)
    if random.randrange(2):
        start, end = (school.opens, minute) if comes else (minute, school.closes)
        seen = _school_day_after(day)
        times = (clock_time(start), clock_time(end))
        year.notes.append(Note(pupil.number, day, day, "appointment", "medical", seen, *times))


def _school_on(pupil: Pupil, day: date) -> DemoSchool:
    stay = pupil.stay_on(day) or pupil.home
    return SCHOOLS[stay.school]


def _note(random: Random, pupil: Pupil, spell: Sequence[date]) -> Note | None:
    first, last, back = spell[0], spell[-1], _school_day_after(spell[-1])
    chance = random.randrange(100)
    if chance < EXCUSED_PERCENT:
        shares = [share for _, _, share in DOCUMENTED]
        reason, document, _ = random.choices(DOCUMENTED, shares)[0]
        return Note(pupil.number, first, last, reason, document, back)
    if _still_due(last):
        return Note(pupil.number, first, last, "illness", "none", None) if chance < 45 + PENDING_PERCENT else None
    if chance >= 100 - PARENT_NOTE_PERCENT and not _in_month_2(spell):
        return Note(pupil.number, first, last, "illness", "parent_note", back)
    return None


def _still_due(last: date) -> bool:
    """Whether a document may still come: three school days after the return (RD-08)."""
    return len(session_days()) - session_days().index(last) <= 5


def _in_month_2(spell: Sequence[date]) -> bool:
    """The demo's administrator has one thing to mend in month 2, and it is not a note."""
    return any(MONTH_STARTS[1] <= day < MONTH_STARTS[2] for day in spell)


def _school_day_after(day: date) -> date:
    days = session_days()
    return days[min(days.index(day) + 1, len(days) - 1)]


def _small_things(random: Random, year: YearSoFar, pupil: Pupil) -> None:
    """Tardies, early departures and skipped classes, one a day at most. Small children skip none."""
    school = SCHOOLS[pupil.home.school]
    for _ in range(random.choices([0, 1, 2, 3, 4, 6, 9], [30, 25, 16, 12, 8, 6, 3])[0]):
        _if_free(random, year, pupil, _late(random, school))
    for _ in range(random.choices([0, 1, 2], [60, 30, 10])[0]):
        _if_free(random, year, pupil, leaves_at(random.choice(afternoon(school))))
    for _ in range(random.choices([0, 1, 3], [80, 15, 5])[0]):
        if school.source_id != ELEMENTARY:
            _if_free(random, year, pupil, skips(random.choice(school.periods)))


def _late(random: Random, school: DemoSchool) -> Whereabouts:
    minutes = random.choice([*range(3, 16)] * 3 + [*range(16, 35)])
    if school.source_id == ELEMENTARY:
        return comes_at(school.opens + minutes)
    first, after_lunch = school.periods[0], school.periods[len(school.periods) // 2]
    return tardy_to(random.choice([first, first, first, after_lunch, *school.periods]), minutes)


def _if_free(random: Random, year: YearSoFar, pupil: Pupil, seen: Whereabouts) -> None:
    day = random.choice(session_days()[:-1])
    stay = pupil.stay_on(day)
    if stay and stay.school == pupil.home.school:
        year.marks.setdefault((pupil.number, day), seen)


def _this_morning(random: Random, year: YearSoFar, pupil: Pupil) -> None:
    chance = random.randrange(100)
    if chance < AWAY_TODAY_PERCENT:
        year.marks[pupil.number, TODAY] = AWAY
    elif chance < AWAY_TODAY_PERCENT + LATE_TODAY_PERCENT:
        year.marks[pupil.number, TODAY] = comes_at(_school_on(pupil, TODAY).opens + random.randrange(3, 20))
