"""The weeks of a school year as the figures have them, and the same weeks of the year before (RD-10, RD-63)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from attendance.rules.rates import district_average
from interventions.rules.attendance_weeks import WEEK, monday_of
from reporting.rules.figure_lines import Amount
from reporting.rules.figure_tables import Cell, LeftOut
from reporting.rules.figures import Tally, summed
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


def first_monday(starts_on: date) -> date:
    """The Monday from which the weeks of a school year are numbered: WEEKS_BACK before its first."""
    return monday_of(starts_on) - WEEKS_BACK * WEEK


class GradeWeek(NamedTuple):
    """The student-days of a school's week, or of a grade's with days of its own, over its days in session."""

    school_days: int
    session_days: int
    tally: Tally


def weeks_of(counted: Mapping[int, Sequence[GradeWeek]], monday: date) -> list[FigureWeek]:
    """The weeks of a year, the first first, from the first with school to the last; by number, `monday` begins 0.

    A week of holidays stands among them without figures.
    """
    held = sorted(number for number in counted if number >= WEEKS_BACK)
    weeks: list[FigureWeek] = []
    before = None
    for number in range(held[0], held[-1] + 1) if held else ():
        starts_on = monday + number * WEEK
        amount = amount_of_week(counted.get(number, ()))
        last_year = amount_of_week(counted.get(number - WEEKS_BACK, ()))
        weeks.append(FigureWeek(starts_on, starts_on + _SUNDAY, amount, before, last_year))
        before = amount or before
    return weeks


def amount_of_week(parts: Sequence[GradeWeek]) -> Amount | None:
    """Grades and schools each over their own days, then summed (RD-10); None where nobody's day is among them."""
    if not parts:
        return None
    present: dict[int, int] = defaultdict(int)
    enrolled: dict[int, int] = defaultdict(int)
    # Whole numbers first: schools with the same days need one fraction.
    for each in parts:
        present[each.session_days] += each.tally.present
        enrolled[each.session_days] += each.tally.enrolled
    days = {each.school_days for each in parts}
    ada, adm = (district_average((n, held) for held, n in by_days.items()) for by_days in (present, enrolled))
    return Amount(summed(each.tally for each in parts), ada, adm, days.pop() if len(days) == 1 else None)


def weeks_left_out(fewest: Mapping[tuple[str, str, str], int], outs: LeftOut) -> frozenset[Cell]:
    """The cells whose weeks are not shown to those without the right to the students, no week of them.

    Those that are small on any day, those that are left out in any month, which their weeks would tell, and those that
    either could be worked out from.
    """
    return _weeks_left_out(frozenset(fewest.items()), frozenset().union(*outs.values()))


# The fewest students of a year seldom change, and take along the same cells whoever asks.
@lru_cache(maxsize=8)
def _weeks_left_out(
    fewest: frozenset[tuple[tuple[str, str, str], int]], in_a_month: frozenset[Cell]
) -> frozenset[Cell]:
    held = {Cell(*place): students for place, students in fewest}
    sums = margins(cell for cell in held if ALL not in cell)
    out = suppressed(
        {cell: min(_OF_A_SMALL_GROUP, n) if cell in in_a_month else n for cell, n in held.items()},
        sums,
    )
    return frozenset(cell for cell in held if cell in out)
