"""Who learns online: about one student in eight, for a part of the year or all of it (MS-17)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from attendance.demo.cast import YEAR_STARTS
from attendance.demo.schools import SCHOOLS

_COUNT = sum(sum(school.grades.values()) for school in SCHOOLS.values())
# By their places in the list of students, and so in every school; Castillo Mateo is the third.
ALL_YEAR = [2, *range(17, _COUNT, 13)]
FIRST_NINE_WEEKS = range(21, _COUNT, 41)
SINCE_OCTOBER = range(32, _COUNT, 53)
TWO_DAYS_A_WEEK = range(40, _COUNT, 71)


@dataclass(frozen=True)
class OnlineSpan:
    """Synchronous online from one day to another, both inclusive; no end: until further notice."""

    pupil: int
    starts_on: date
    ends_on: date | None = None
    weekdays: str = ""
    mode: str = "sync_online"


def _spans() -> Iterator[OnlineSpan]:
    """Nobody has two modes on a day: those online all year go before, then the others in turn."""
    seen: set[int] = set()
    for numbers, starts, ends, weekdays in (
        (ALL_YEAR, YEAR_STARTS, None, ""),
        (FIRST_NINE_WEEKS, YEAR_STARTS, date(2020, 10, 8), ""),
        (SINCE_OCTOBER, date(2020, 10, 13), None, ""),
        (TWO_DAYS_A_WEEK, YEAR_STARTS, None, "wed,fri"),
    ):
        yield from (OnlineSpan(number, starts, ends, weekdays) for number in numbers if number not in seen)
        seen.update(numbers)


MODES = list(_spans())
