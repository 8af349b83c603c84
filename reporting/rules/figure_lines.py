"""The figures of schools as pages show them: numerator, denominator and rate together, with where they move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from attendance.rules.rates import (
    attendance_rate,
    chronic_share,
    mean_of_months,
    printed_percent,
    printed_points,
)
from reporting.rules.figures import Averaged, Group, Tally, summed

# Months that carry the funding figures (RD-10).
FUNDING_MONTHS = (2, 3)


class Chronic(NamedTuple):
    """Students chronically absent, of those enrolled long enough (ST-05)."""

    chronic: int = 0
    students: int = 0

    @property
    def rate(self) -> str:
        """Their share as it is printed; empty where nobody is enrolled long enough."""
        return printed_percent(chronic_share(self.chronic, self.students))

    def __add__(self, other: "Chronic") -> "Chronic":  # type: ignore[override]
        """Both together, not one behind the other as other tuples."""
        return Chronic(self.chronic + other.chronic, self.students + other.students)


@dataclass(frozen=True, slots=True)
class Amount(Averaged):
    """Student-days counted in ADA with their averages; `session_days` is None where each school has its own."""

    tally: Tally
    ada: Fraction | None
    adm: Fraction | None
    session_days: int | None = None

    @property
    def share(self) -> Fraction | None:
        """ADA as a share of ADM, exactly."""
        return attendance_rate(self.ada, self.adm)

    @property
    def rate(self) -> str:
        """ADA as a share of ADM, in percent with one decimal; empty for no data and while no day is decided (RD-03)."""
        return "" if self.tally.undetermined == self.tally.enrolled else printed_percent(self.share)

    @property
    def is_settled(self) -> bool:
        """Whether the undetermined days are too few to move the rate as it is printed, by a tenth of a percent.

        A point of a drawing waits for it: classes that nobody has taken yet would be drawn as a fall.
        """
        return self.tally.undetermined * 1000 < max(self.tally.enrolled, 1)

    def points_since(self, before: "Amount | None") -> str:
        """How many percentage points the rate moved since, with a sign; empty where either is no data.

        And where either waits for undetermined days (RD-03): classes that nobody has taken would read as a fall.
        """
        if before is None or not (self.is_settled and before.is_settled):
            return ""
        return printed_points(self.share, before.share)


@dataclass(frozen=True, slots=True)
class Mean(Averaged):
    """The mean of the months 2 and 3 (RD-10)."""

    ada: Fraction | None
    adm: Fraction | None

    @property
    def rate(self) -> str:
        """ADA as a share of ADM, as printed."""
        return printed_percent(attendance_rate(self.ada, self.adm))

    @property
    def is_data(self) -> bool:
        """Whether both months have figures."""
        return self.ada is not None


def district_amount(schools: Iterable[Amount]) -> Amount:
    """The district's month: the sum of its schools' averages, each by its own calendar (RD-10)."""
    held = list(schools)
    return Amount(
        summed(each.tally for each in held), _total(each.ada for each in held), _total(each.adm for each in held)
    )


def _total(averages: Iterable[Fraction | None]) -> Fraction | None:
    known = [each for each in averages if each is not None]
    return sum(known, Fraction(0)) if known else None


def mean_of_2_and_3(months: Mapping[int, Amount]) -> Mean:
    """The mean of months 2 and 3; no data until both have some."""
    held = [months[month] for month in FUNDING_MONTHS if month in months]
    ada = [each.ada for each in held if each.ada is not None]
    adm = [each.adm for each in held if each.adm is not None]
    if min(len(ada), len(adm)) < len(FUNDING_MONTHS):
        return Mean(None, None)
    return Mean(mean_of_months(ada), mean_of_months(adm))


def chosen(tallies: Mapping[Group, Tally], grade: str | None, mode: str | None) -> dict[Group, Tally]:
    """The groups of one grade and of one mode; of all where None is asked."""
    return {
        group: tally for group, tally in tallies.items() if grade in (None, group.grade) and mode in (None, group.mode)
    }
