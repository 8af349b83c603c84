"""Who learns online: about one student in eight, for a part of the year or all of it (MS-17)."""

from dataclasses import dataclass
from datetime import date

from attendance.demo.cast import YEAR_STARTS

# By their places in the list of students; Castillo Mateo is the third.
ALL_YEAR = [2, *range(17, 420, 13)]
FIRST_NINE_WEEKS = range(21, 420, 41)
SINCE_OCTOBER = range(32, 420, 53)
TWO_DAYS_A_WEEK = range(40, 420, 71)


@dataclass(frozen=True)
class OnlineSpan:
    """Synchronous online from one day to another, both inclusive; no end: until further notice."""

    pupil: int
    starts_on: date
    ends_on: date | None = None
    weekdays: str = ""
    mode: str = "sync_online"


MODES = [
    *(OnlineSpan(pupil, YEAR_STARTS) for pupil in ALL_YEAR),
    *(OnlineSpan(pupil, YEAR_STARTS, date(2020, 10, 8)) for pupil in FIRST_NINE_WEEKS),
    *(OnlineSpan(pupil, date(2020, 10, 13)) for pupil in SINCE_OCTOBER),
    *(OnlineSpan(pupil, YEAR_STARTS, weekdays="wed,fri") for pupil in TWO_DAYS_A_WEEK),
]
