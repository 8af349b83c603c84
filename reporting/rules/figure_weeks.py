"""The weeks of a school year as the figures have them, and the same weeks of the year before (RD-10, RD-63)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from attendance.rules.reporting_months import MonthRange
from interventions.rules.attendance_weeks import WEEK, monday_of
from reporting.rules.figure_lines import Amount
from reporting.rules.figure_tables import Books, Cell, LeftOut, amount_in
from reporting.rules.suppression import ALL, SMALLEST_SHOWN, margins, suppressed

# The same week of the year before begins so many weeks earlier: the calendars of both years fall on the same weekdays.
WEEKS_BACK = 52
_OF_A_SMALL_GROUP = SMALLEST_SHOWN - 1
_SUNDAY = timedelta(days=6)


@dataclass(frozen=True)
class FigureWeek:
    """A week with school (Monday and Sunday, both inclusive), with the week of school before it and last year's."""

    starts_on: date
    ends_on: date
    amount: Amount | None
    before: Amount | None
    last_year: Amount | None

    @property
    def trend(self) -> str:
        """How many points the rate moved since the week of school before."""
        return self.amount.points_since(self.before) if self.amount else ""


def weeks_to(starts_on: date, today: date) -> list[MonthRange]:
    """The weeks from a year's first day to today's, numbered from 0, after those of the year before (negative)."""
    first = monday_of(starts_on)
    last = max(0, (today - first) // WEEK)
    numbers = [number - WEEKS_BACK for number in range(last + 1)] + list(range(last + 1))
    return [_range(first, number) for number in sorted(set(numbers))]


def number_of(starts_on: date, day: date) -> int:
    """The number of the week in which a day lies."""
    return (day - monday_of(starts_on)) // WEEK


def _range(first: date, number: int) -> MonthRange:
    monday = first + number * WEEK
    return MonthRange(number, monday, monday + _SUNDAY)


def weeks_of(books: Books, school: str, starts_on: date) -> list[FigureWeek]:
    """The weeks of a school, or of ALL, the first first: from the first of the year with school to the last.

    A week of holidays stands among them without figures. The books hold the grade and mode that are asked for alone.
    """
    held = [number for number in books.months if number >= 0]
    if not held:
        return []
    place, before = Cell(school), None
    weeks = []
    for number in range(held[0], held[-1] + 1):
        amount = amount_in(books, place, number)
        span = _range(monday_of(starts_on), number)
        last_year = amount_in(books, place, number - WEEKS_BACK)
        weeks.append(FigureWeek(span.starts_on, span.ends_on, amount, before, last_year))
        before = amount or before
    return weeks


def weeks_left_out(fewest: Mapping[tuple[str, str, str], int], outs: LeftOut) -> frozenset[Cell]:
    """The cells whose weeks are not shown to those without the right to the students, no week of them.

    Those that are small on any day, those that are left out in any month, which their weeks would tell, and those that
    either could be worked out from.
    """
    sizes = {Cell(*place): held for place, held in fewest.items()}
    in_a_month = sizes.keys() & {cell for cells in outs.values() for cell in cells}
    sizes |= {cell: min(_OF_A_SMALL_GROUP, sizes[cell]) for cell in in_a_month}
    sums = margins(cell for cell in sizes if ALL not in cell)
    return frozenset(cell for cell in suppressed(sizes, sums) if isinstance(cell, Cell))
