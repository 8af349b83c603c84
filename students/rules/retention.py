"""Until when the records of a school year are kept (MS-31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# Attendance documentation is kept so many years after the school year's end, whatever a district's policy says.
FLOOR_YEARS = 5
# Case notes and messages are no attendance documentation: they follow a shorter policy, where none is entered this one.
SUPPORT_YEARS = 2

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """A school year by its first day."""

    id: int
    starts_on: date


@dataclass(frozen=True, slots=True)
class Days:
    """The days that belong to a school year, both ends inclusive, with the summer after it."""

    first: date
    last: date


def kept_through(ends_on: date, years: int) -> date:
    """The last day on which a school year's records are kept: so many years after its last day, inclusive.

    Of a 29 February it is the 28th where that year has none, as PostgreSQL reckons too.
    """
    try:
        return ends_on.replace(year=ends_on.year + years)
    except ValueError:
        return ends_on.replace(year=ends_on.year + years, day=28)


def may_go_from(ends_on: date, years: int) -> date:
    """The first day on which a school year's records may be disposed of."""
    return kept_through(ends_on, years) + _DAY


def is_over(ends_on: date, years: int, today: date) -> bool:
    """Whether the time for which a school year's records are kept has passed."""
    return today > kept_through(ends_on, years)


def days_of_years(years: Sequence[Year]) -> dict[int, Days]:
    """The days that belong to each year: from its first day to the eve of the next, so that no day is of none.

    What is older than the first year belongs to it, what is younger than the last year to that one.
    """
    ordered = sorted(years, key=lambda year: (year.starts_on, year.id))
    firsts = [date.min, *(year.starts_on for year in ordered[1:])]
    lasts = [*(first - _DAY for first in firsts[1:]), date.max]
    return {year.id: Days(first, last) for year, first, last in zip(ordered, firsts, lasts, strict=True)}
