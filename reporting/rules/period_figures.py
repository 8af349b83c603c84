"""Absence from classes and tardiness: by period, by day of the week, by school and by week, as pages show them."""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple, TypeVar

from attendance.rules.mark_counts import CountedMarks, Marked
from interventions.rules.attendance_weeks import WEEK
from reporting.rules.figure_weeks import WEEKS_BACK
from reporting.rules.suppression import SMALLEST_SHOWN

Key = TypeVar("Key", bound=Hashable)
SchoolPeriod = tuple[int, str]
_SUNDAY = timedelta(days=6)


@dataclass(frozen=True)
class Narrowed:
    """What figures of classes are narrowed to; None is every one. Days of the week are numbered from 1 for Monday."""

    month: int | None = None
    weekday: int | None = None
    period: str | None = None

    def holds(self, each: CountedMarks) -> bool:
        """Whether some marks belong to it."""
        return self.month in (None, each.month) and self.holds_in_any_month(each)

    def holds_in_any_month(self, each: CountedMarks) -> bool:
        """The same, whatever the month."""
        return self.weekday in (None, each.weekday) and self.period in (None, each.period)


class Trend(NamedTuple):
    """How the shares moved to a month from the one before, in points with a sign; empty where either is no data."""

    month: int
    absence: str
    tardiness: str


@dataclass(frozen=True)
class ClassWeek:
    """A week (Monday and Sunday, both inclusive) and the same week of the year before; None where nothing is marked."""

    starts_on: date
    ends_on: date
    marked: Marked | None
    last_year: Marked | None


def sums(counted: Iterable[CountedMarks], key: Callable[[CountedMarks], Key]) -> dict[Key, Marked]:
    """The marks added up by what a key makes of them."""
    held: dict[Key, list[int]] = {}
    for each in counted:
        counts = held.setdefault(key(each), [0, 0, 0, 0])
        counts[0] += each.present
        counts[1] += each.tardy
        counts[2] += each.left_early
        counts[3] += each.absent
    return {place: Marked(*counts) for place, counts in held.items()}


def together(counted: Iterable[CountedMarks]) -> list[CountedMarks]:
    """The same marks with those of all schools in one, which has no id: so few that they are gone through often."""
    places = sums(counted, lambda each: (each.period, each.weekday, each.month))
    return [
        CountedMarks(0, *place, held.present, held.tardy, held.left_early, held.absent)
        for place, held in places.items()
    ]


def trend(by_month: Mapping[int, Marked], month: int | None) -> Trend | None:
    """The trend of a month, or of the newest with marks; None where the month before it has none."""
    newest = max(by_month, default=0) if month is None else month
    now, before = by_month.get(newest), by_month.get(newest - 1)
    if now is None or before is None:
        return None
    return Trend(newest, now.absence_since(before), now.tardiness_since(before))


def natural(period: str) -> tuple[tuple[int, int, str], ...]:
    """A period's place among the others as people count: 2 before 10, and words after numbers."""
    parts = re.findall(r"\d+|\D+", period.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def shade(share: Fraction, whole: Fraction | None) -> int:
    """How much a share stands out from the whole's: 1 from a quarter above it, 2 from a half, 3 from twice as much."""
    if not whole:
        return 0
    return sum((share * 4 >= whole * 5, share * 2 >= whole * 3, share >= whole * 2))


def class_weeks(counted: Mapping[int, Marked], monday: date) -> list[ClassWeek]:
    """The weeks of a year, the first first, from the first with marks to the last; by number, `monday` begins 0."""
    held = sorted(number for number in counted if number >= WEEKS_BACK)
    return [
        ClassWeek(
            starts_on := monday + number * WEEK,
            starts_on + _SUNDAY,
            counted.get(number),
            counted.get(number - WEEKS_BACK),
        )
        for number in (range(held[0], held[-1] + 1) if held else ())
    ]


def large_enough(
    in_periods: Mapping[SchoolPeriod, int], small_schools: Collection[int], periods: Iterable[SchoolPeriod]
) -> frozenset[SchoolPeriod]:
    """The periods of schools that are shown to those without the right to the students (RD-63).

    A period of under ten, or of a school of under ten, is left out; one of which nobody knows yet how many it has, too.
    Every sum is then made of the others alone, so that no subtraction of any two figures leads to what is left out.
    """
    return frozenset(
        each for each in periods if each[0] not in small_schools and in_periods.get(each, 0) >= SMALLEST_SHOWN
    )


class DaysOfPage(NamedTuple):
    """Where the rows of a page lie: on the days from one to another, both inclusive, after so many rows of them."""

    first: date
    last: date
    skipped: int


def days_of_page(by_day: Sequence[tuple[date, int]], rows: range) -> DaysOfPage | None:
    """The days that hold some of all rows, which are numbered day after day; None for no rows."""
    first, skipped, passed = None, 0, 0
    for day, number in by_day:
        if first is None and rows.start < passed + number:
            first, skipped = day, rows.start - passed
        passed += number
        if first is not None and rows.stop <= passed:
            return DaysOfPage(first, day, skipped) if rows else None
    return None
