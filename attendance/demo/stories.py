"""What happened to the named cast this year, and to the few on whose day an untaken class still turns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from attendance.demo.cast import HOMEROOM_TEACHER, TODAY, YESTERDAY
from attendance.demo.marks import AWAY, Whereabouts, comes_at, leaves_at, tardy_to
from attendance.demo.notes import Note

# The places in the cast's list.
_, NAOMIE, MATEO, ANA_SOFIA, JEAN, TASHA, WADE, LINH, BO = range(9)


@dataclass(frozen=True)
class Untaken:
    """A class that nobody took, by its id in the files and its day."""

    lesson: str
    date: date


UNTAKEN_YESTERDAY = Untaken("c-lhs-algebra-i-b3", YESTERDAY)
UNTAKEN_IN_MONTH_2 = Untaken("c-lhs-english-i-b3", date(2020, 10, 6))
UNTAKEN = {UNTAKEN_YESTERDAY, UNTAKEN_IN_MONTH_2}
# Not marked yet this morning, when most others are: the homeroom of one of the cast, and the class of another.
HOMEROOM_TO_MARK = f"c-oes-grade-3-{HOMEROOM_TEACHER.username}"
TO_MARK_TODAY = {HOMEROOM_TO_MARK, "c-lhs-algebra-i-a2"}

# They went home at noon: two blocks of four attended, one missed, and the third nobody took (RD-03).
NOON = 12 * 60
WAITING_FOR_UNTAKEN = {UNTAKEN_YESTERDAY: [20], UNTAKEN_IN_MONTH_2: [11, 27]}

_ABSENCES = {
    NAOMIE: [date(2020, 8, 27), date(2020, 9, 10), date(2020, 9, 24), date(2020, 10, 5), date(2020, 10, 21)],
    # Every Monday of school since October, and no other day: nothing but the weekday gives him away.
    MATEO: [date(2020, 10, 5), date(2020, 10, 19), date(2020, 10, 26)],
    ANA_SOFIA: [date(2020, 9, 21), date(2020, 9, 22), date(2020, 9, 23)],
    JEAN: [date(2020, 10, 14)],
    WADE: [
        date(2020, 8, 18),
        date(2020, 8, 25),
        date(2020, 9, 3),
        date(2020, 9, 4),
        date(2020, 9, 14),
        date(2020, 9, 25),
        date(2020, 9, 28),
        date(2020, 10, 2),
        date(2020, 10, 13),
        date(2020, 10, 14),
        date(2020, 10, 20),
        date(2020, 10, 23),
        TODAY,
    ],
    LINH: [
        date(2020, 8, 31),
        date(2020, 9, 1),
        date(2020, 9, 2),
        date(2020, 9, 29),
        date(2020, 10, 15),
        date(2020, 10, 23),
        date(2020, 10, 26),
    ],
    BO: [date(2020, 9, 9), date(2020, 10, 19)],
}

_TASHA_IS_LATE = {
    date(2020, 8, 20): 6,
    date(2020, 9, 1): 9,
    date(2020, 9, 15): 12,
    date(2020, 9, 29): 4,
    date(2020, 10, 7): 15,
    date(2020, 10, 19): 8,
    date(2020, 10, 22): 35,  # 53 of 88 minutes: absent in that class (MS-06)
    date(2020, 10, 26): 5,
}


def story_marks() -> Mapping[tuple[int, date], Whereabouts]:
    """By the student's place in the list and the day."""
    marks = {(who, day): AWAY for who, days in _ABSENCES.items() for day in days}
    marks |= {(TASHA, day): tardy_to("Block 1", minutes) for day, minutes in _TASHA_IS_LATE.items()}
    # 66 minutes of block 3 and all of block 4: 154 of 352, where 222 are needed (MS-05).
    marks[TASHA, date(2020, 10, 15)] = comes_at(NOON)
    marks[MATEO, date(2020, 9, 2)] = tardy_to("Block 3", 7)
    marks[ANA_SOFIA, date(2020, 10, 20)] = comes_at(9 * 60 + 50)
    for untaken, waiting in WAITING_FOR_UNTAKEN.items():
        marks |= {(who, untaken.date): leaves_at(NOON) for who in waiting}
    return marks


def story_notes() -> list[Note]:
    """The cast's excuses: accepted, refused, held, pending and not sufficient (RD-08, MS-30, MS-34)."""
    return [
        Note(NAOMIE, date(2020, 9, 24), date(2020, 9, 24), "appointment", "medical", date(2020, 9, 25)),
        Note(ANA_SOFIA, date(2020, 9, 21), date(2020, 9, 23), "illness", "medical", date(2020, 9, 24)),
        Note(
            ANA_SOFIA,
            date(2020, 10, 20),
            date(2020, 10, 20),
            "appointment",
            "medical",
            date(2020, 10, 20),
            time(8, 0),
            time(9, 50),
        ),
        Note(JEAN, date(2020, 10, 14), date(2020, 10, 14), "religious", "other_document", date(2020, 10, 15)),
        Note(LINH, date(2020, 8, 31), date(2020, 9, 2), "illness", "medical", date(2020, 9, 3)),
        Note(LINH, date(2020, 10, 23), date(2020, 10, 26), "illness", "none", None),
        Note(LINH, date(2020, 9, 29), date(2020, 9, 29), "illness", "participation_form", date(2020, 9, 30)),
        Note(LINH, date(2020, 10, 15), date(2020, 10, 15), "appointment", "medical", date(2020, 10, 16)),
        Note(BO, date(2020, 9, 9), date(2020, 9, 9), "educational", "school_record", date(2020, 9, 10)),
        Note(BO, date(2020, 10, 19), date(2020, 10, 19), "illness", "parent_note", date(2020, 10, 20)),
    ]
