"""A student's school year: the shape of each date, and what the days come to (RD-43)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from attendance.rules.rates import is_chronic, is_counted_for_chronic, presence_rate
from reporting.rules import family_day as its
from reporting.rules.family_month import DayCount, Totals, shape_in_calendar, totals

# About a month: what the year's share is held against.
RECENT_DAYS = 20

SUSPENDED, NO_SCHOOL, NOT_ENROLLED, AHEAD = "suspended", "void", "away", "ahead"
_OTHERWISE = {
    its.SUSPENDED: SUSPENDED,
    its.NO_SCHOOL: NO_SCHOOL,
    its.NOT_ENROLLED: NOT_ENROLLED,
    its.TO_COME: AHEAD,
    its.NOT_BEGUN: AHEAD,
}


def year_shape(day: DayCount) -> str:
    """The shape of a date: a family reads a suspension as an absence, staff by a shape of its own."""
    return _OTHERWISE.get(day.state) or shape_in_calendar(day)


class Chronic(StrEnum):
    """Where a student stands with chronic absence."""

    TOO_EARLY = "too_early"
    """Enrolled for fewer than ten days, or nothing is determined."""
    NO = "no"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The days of a school year so far; `recent` are the last of them that are determined."""

    year: Totals
    recent: Totals

    @property
    def determined(self) -> int:
        """Days on which the student was present or absent; those not known yet are neither (RD-03)."""
        return self.year.present + self.year.absent

    @property
    def rate(self) -> Fraction | None:
        """Days present of those determined; None without one."""
        return presence_rate(self.year.present, self.determined)

    @property
    def recent_rate(self) -> Fraction | None:
        """The same of the last days."""
        return presence_rate(self.recent.present, self.recent.days)

    @property
    def chronic(self) -> Chronic:
        """Whether the student is chronically absent (RD-43)."""
        if not is_counted_for_chronic(self.year.days, self.determined):
            return Chronic.TOO_EARLY
        return Chronic.YES if is_chronic(self.year.absent, self.determined, self.year.days) else Chronic.NO


def year_figures(days: Sequence[DayCount]) -> YearFigures:
    """The figures of the ledger's days, in order."""
    determined = [day for day in days if totals([day]).unknown == 0]
    return YearFigures(totals(days), totals(determined[-RECENT_DAYS:]))
