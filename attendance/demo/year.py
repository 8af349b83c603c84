"""The demo's year so far: who was away, late or left early on which days, and what was brought to excuse it.

The spread is chosen, then placed by chance: most students have missed less than five days, and each level of support
(exactly 5, 6 to 10, more than 10 absences) has its students. On days that are not absences at most one class is
touched, so that no day turns into an absence by accident.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from attendance.demo.bells import CLASSES, PERIODS, clock_time, minute_of
from attendance.demo.calendar import MONTH_STARTS, session_days
from attendance.demo.cast import STUDENTS, TODAY
from attendance.demo.marks import DayMarks, away, comes_at, leaves_at, skips, tardy_to
from attendance.demo.notes import Note
from attendance.demo.people import WHOLE_YEAR, Pupil
from attendance.demo.stories import story_marks, story_notes

# How many students have missed how many days, besides the cast and those who came or left during the year.
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
# Coming within these minutes of the day leaves too few for the day, and so does leaving within those.
TOO_LATE = range(11 * 60 + 5, 12 * 60)
TOO_EARLY = range(10 * 60 + 10, 10 * 60 + 55)
# Leaving within these still leaves enough.
AFTERNOON = range(13 * 60 + 40, 14 * 60 + 40)

# By the student's place in the list and the day.
Marks = dict[tuple[int, date], DayMarks]


@dataclass(frozen=True)
class YearSoFar:
    """Marks other than "present", and the notes."""

    marks: Marks
    notes: list[Note]


def year_so_far(pupils: Sequence[Pupil]) -> YearSoFar:
    """The same year every time, from the first day through the demo's today."""
    random = Random("Lincoln High School: the year so far")  # noqa: S311 - the same every time; nothing secret
    year = YearSoFar(dict(story_marks()), story_notes())
    others = pupils[len(STUDENTS) :]
    for pupil, absences in zip(others, _absences(random, others), strict=True):
        _absent(random, year, pupil, absences)
        _small_things(random, year, pupil)
        _this_morning(random, year, pupil)
    return year


def _absences(random: Random, pupils: Sequence[Pupil]) -> list[int]:
    pool = [count for count, students in ABSENCES.items() for _ in range(students)]
    random.shuffle(pool)
    return [pool.pop() if pupil.stays == WHOLE_YEAR else random.randrange(3) for pupil in pupils]


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
    free = all(pupil.attends_on(day) and (pupil.number, day) not in year.marks for day in spell)
    return spell if free else []


def _spell(random: Random, year: YearSoFar, pupil: Pupil, spell: Sequence[date]) -> None:
    if len(spell) == 1 and random.randrange(100) < PART_DAY_PERCENT:
        _part_of_a_day(random, year, pupil, spell[0])
        return
    for day in spell:
        year.marks[pupil.number, day] = away()
    if note := _note(random, pupil, spell):
        year.notes.append(note)


def _part_of_a_day(random: Random, year: YearSoFar, pupil: Pupil, day: date) -> None:
    """A day of too few minutes (MS-05), half of them excused by the hour (RD-08)."""
    comes = random.randrange(2) == 0
    minute = random.choice(TOO_LATE if comes else TOO_EARLY)
    year.marks[pupil.number, day] = comes_at(minute) if comes else leaves_at(minute)
    if random.randrange(2):
        start, end = (minute_of(CLASSES[0].starts_at), minute) if comes else (minute, minute_of(CLASSES[-1].ends_at))
        seen = _school_day_after(day)
        times = (clock_time(start), clock_time(end))
        year.notes.append(Note(pupil.number, day, day, "appointment", "medical", seen, *times))


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
    """Tardies, early departures and skipped classes, one a day at most."""
    tardies = random.choices([0, 1, 2, 3, 4, 6, 9], [30, 25, 16, 12, 8, 6, 3])[0]
    for _ in range(tardies):
        late = random.choice([*range(3, 16)] * 3 + [*range(16, 35)])
        _if_free(random, year, pupil, tardy_to(random.choice(["1", "1", "1", "5", *PERIODS]), late))
    for _ in range(random.choices([0, 1, 2], [60, 30, 10])[0]):
        _if_free(random, year, pupil, leaves_at(random.choice(AFTERNOON)))
    for _ in range(random.choices([0, 1, 3], [80, 15, 5])[0]):
        _if_free(random, year, pupil, skips(random.choice(PERIODS)))


def _if_free(random: Random, year: YearSoFar, pupil: Pupil, marks: DayMarks) -> None:
    day = random.choice(session_days()[:-1])
    if pupil.attends_on(day):
        year.marks.setdefault((pupil.number, day), marks)


def _this_morning(random: Random, year: YearSoFar, pupil: Pupil) -> None:
    chance = random.randrange(100)
    if chance < AWAY_TODAY_PERCENT:
        year.marks[pupil.number, TODAY] = away()
    elif chance < AWAY_TODAY_PERCENT + LATE_TODAY_PERCENT:
        year.marks[pupil.number, TODAY] = tardy_to("1", random.randrange(3, 20))
