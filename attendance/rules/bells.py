"""Rows of a bell schedule that cannot stand beside each other: for no grade may a minute lie in two periods (MS-02)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import combinations
from typing import NamedTuple

from attendance.rules.minutes import MeetingTimes, Span, minute_of
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


@dataclass(frozen=True, slots=True)
class BellRow:
    """A row of a schedule as somebody enters it: local times, ends exclusive; no grades rings for all without a row."""

    name: str
    kind: str
    starts_at: time
    ends_at: time
    deduction_starts_at: time | None = None
    deduction_ends_at: time | None = None
    grades: tuple[str, ...] = ()

    @property
    def period(self) -> BellPeriod:
        """The row as the rules want it."""
        meal = None
        if self.deduction_starts_at is not None and self.deduction_ends_at is not None:
            meal = Span(minute_of(self.deduction_starts_at), minute_of(self.deduction_ends_at))
        times = MeetingTimes(Span(minute_of(self.starts_at), minute_of(self.ends_at)), meal)
        return BellPeriod(self.name, self.kind, times, frozenset(self.grades))


def row_faults(rows: Sequence[BellRow]) -> list[str]:
    """What is wrong with the rows of a schedule, in words; empty when nothing is."""
    if not rows:
        return ["Bells need at least one period."]
    faults = [fault for row in rows if (fault := _fault(row))]
    if faults:
        return faults
    periods = [row.period for row in rows]
    return [_clash_words(rows[each.first], rows[each.second], each.grade) for each in clashes(periods)]


def _fault(row: BellRow) -> str:
    if row.ends_at <= row.starts_at:
        return f"Period {row.name} ends before it starts."
    start, end = row.deduction_starts_at, row.deduction_ends_at
    if (start is None) != (end is None):
        return f"Period {row.name}: the meal inside needs a start and an end."
    if start is not None and end is not None and not row.starts_at <= start < end <= row.ends_at:
        return f"Period {row.name}: the meal must lie inside the period."
    return ""


def _clash_words(one: BellRow, other: BellRow, grade: str) -> str:
    whose = f" for grade {grade}" if grade else ""
    if one.name == other.name:
        return f"Period {one.name} stands twice{whose}."
    return f"Periods {one.name} and {other.name} lie on the same minutes{whose}."
