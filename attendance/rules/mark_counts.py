"""Marks of classes, counted: how many of each status, and the shares that they make.

A mark "absent" is absence from that class, for whatever reason; whether it is excused is a matter of the day.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from attendance.rules.rates import class_absence_rate, printed_percent, printed_points, tardy_rate


class CountedMarks(NamedTuple):
    """The marks of a school's period on a day of the week (1 for Monday) of a reporting month."""

    school_id: int
    period: str
    weekday: int
    month: int
    present: int
    tardy: int
    left_early: int
    absent: int


@dataclass(frozen=True, slots=True)
class Marked:
    """So many marks of each status, of classes that were taken."""

    present: int = 0
    tardy: int = 0
    left_early: int = 0
    absent: int = 0

    @property
    def marks(self) -> int:
        """All of them."""
        return self.present + self.tardy + self.left_early + self.absent

    @property
    def absence(self) -> Fraction | None:
        """The share of the marks that are absent."""
        return class_absence_rate(self.absent, self.marks)

    @property
    def tardiness(self) -> Fraction | None:
        """The share of the marks that are tardy."""
        return tardy_rate(self.tardy, self.marks)

    @property
    def absence_rate(self) -> str:
        """As printed; empty for no data."""
        return printed_percent(self.absence)

    @property
    def tardy_rate(self) -> str:
        """As printed; empty for no data."""
        return printed_percent(self.tardiness)

    def absence_since(self, before: "Marked | None") -> str:
        """How many percentage points the share absent moved, with a sign; empty where either is no data."""
        return printed_points(self.absence, before.absence) if before else ""

    def tardiness_since(self, before: "Marked | None") -> str:
        """How many percentage points the share tardy moved, with a sign; empty where either is no data."""
        return printed_points(self.tardiness, before.tardiness) if before else ""
