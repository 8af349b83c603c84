"""Rows of a bell schedule that cannot stand beside each other: for no grade may a minute lie in two periods (MS-02)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from attendance.rules.schedule import BellPeriod, rung_for


class Clash(NamedTuple):
    """Two rows, by their places, that ring for one grade at once; of no grade where it holds for all the others."""

    first: int
    second: int
    grade: str


def clashes(periods: Sequence[BellPeriod]) -> list[Clash]:
    """The clashes of a schedule, each two rows once; empty when every minute lies in one period for every grade."""
    found: dict[tuple[int, int], Clash] = {}
    for grade in ["", *sorted({grade for period in periods for grade in period.grades})]:
        for first, second in combinations(_rung(periods, grade), 2):
            if periods[first].name == periods[second].name or _share_minutes(periods[first], periods[second]):
                found.setdefault((first, second), Clash(first, second, grade))
    return list(found.values())


def _rung(periods: Sequence[BellPeriod], grade: str) -> Iterator[int]:
    """The places of the rows that ring for a grade: its own, and those for all where a period has none of its own."""
    named = {period.name for period in periods if grade in period.grades}
    for place, period in enumerate(periods):
        if grade in period.grades or (not period.grades and period.name not in named):
            yield place


def _share_minutes(one: BellPeriod, other: BellPeriod) -> bool:
    return one.times.span.overlap(other.times.span) > 0


def grades_of(periods: Iterable[BellPeriod]) -> list[str]:
    """The grades that have rows of their own, in order."""
    return sorted({grade for period in periods for grade in period.grades})


def rings_for(periods: Sequence[BellPeriod], grade: str) -> list[BellPeriod]:
    """What rings for a grade, by time."""
    grades = frozenset({grade}) if grade else frozenset()
    rung = (rung_for(periods, name, grades) for name in {period.name for period in periods})
    return sorted((period for period in rung if period), key=lambda each: each.times.span.starts)
