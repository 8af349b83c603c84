"""How many students stood in each tier on some days of a year, from the spans over which they did (RD-40).

A student stands in the highest tier that the absences had reached by the day, judged by the days themselves and not by
when anybody noticed: a crossing by count that was withdrawn never was. A criterion of disengagement looks at the last
days alone and ends when the student is back, so its crossing counts until the day on which it was withdrawn.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

TIERS = (1, 2, 3)


class Part(IntEnum):
    """What some students were over a span; the reaching of a tier is a span of the one day first counted on."""

    ENROLLED = 0
    AT_LEAST_1 = 1
    AT_LEAST_2 = 2
    AT_LEAST_3 = 3
    DISENGAGED = 4
    REACHED_1 = 11
    REACHED_2 = 12
    REACHED_3 = 13
    REACHED_BY_DISENGAGEMENT = 14


class Span(NamedTuple):
    """So many students of a school (None: of all) from the place of a day among those asked for to another, half
    open.
    """

    school_id: int | None
    part: Part
    first: int
    beyond: int
    students: int


class Stay(NamedTuple):
    """So many students enrolled in a school (None: in any) from the place of a day to another, half open, and the
    places of the days from which they were at least in tier 1, 2 and 3 by count; None for never.
    """

    school_id: int | None
    first: int
    beyond: int
    tier_1: int | None
    tier_2: int | None
    tier_3: int | None
    students: int


@dataclass(frozen=True, slots=True)
class TierCount:
    """Students by tier, each counted once in the highest; the disengaged stand in some tier, too."""

    enrolled: int = 0
    tier_1: int = 0
    tier_2: int = 0
    tier_3: int = 0
    disengaged: int = 0

    def of(self, tier: int) -> int:
        """The students of a tier, 1 to 3; 0 for those in none."""
        return (self.in_none, self.tier_1, self.tier_2, self.tier_3)[tier]

    @property
    def in_none(self) -> int:
        """Enrolled students in no tier."""
        return self.enrolled - self.tier_1 - self.tier_2 - self.tier_3

    @property
    def groups(self) -> tuple[int, ...]:
        """The groups that every student belongs to exactly one of: no tier first."""
        return (self.in_none, self.tier_1, self.tier_2, self.tier_3)

    def __add__(self, other: "TierCount") -> "TierCount":
        return TierCount(
            self.enrolled + other.enrolled,
            self.tier_1 + other.tier_1,
            self.tier_2 + other.tier_2,
            self.tier_3 + other.tier_3,
            self.disengaged + other.disengaged,
        )


@dataclass(frozen=True, slots=True)
class Reached:
    """How many students reached each tier by count, and how many by disengagement, since the day before."""

    tier_1: int = 0
    tier_2: int = 0
    tier_3: int = 0
    by_disengagement: int = 0


class DayOfTiers(NamedTuple):
    """A day: who stood where, and who had come there."""

    stood: TierCount
    reached: Reached


def spans_of(stays: Iterable[Stay]) -> Iterator[Span]:
    """What students were over their stays; who came to a tier before the stay came to it elsewhere."""
    for school, first, beyond, *reached, students in stays:
        yield Span(school, Part.ENROLLED, first, beyond, students)
        for tier, place in enumerate(reached, start=1):
            if place is None or place >= beyond:
                continue
            yield Span(school, Part(tier), max(first, place), beyond, students)
            if place >= first:
                yield Span(school, Part(tier + 10), place, place + 1, students)


def days_of_tiers(spans: Iterable[Span], days: int) -> dict[int | None, list[DayOfTiers]]:
    """Each school's days in their order, so many of them."""
    moved: dict[int | None, dict[Part, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0] * (days + 1)))
    for span in spans:
        counts = moved[span.school_id][Part(span.part)]
        counts[span.first] += span.students
        counts[span.beyond] -= span.students
    return {school: _days({part: _summed(each) for part, each in its.items()}, days) for school, its in moved.items()}


def _summed(moved: Collection[int]) -> list[int]:
    total, summed = 0, []
    for each in moved:
        total += each
        summed.append(total)
    return summed


def _days(parts: Mapping[Part, list[int]], days: int) -> list[DayOfTiers]:
    nobody = [0] * days

    def of(part: Part) -> list[int]:
        return parts.get(part, nobody)[:days]

    stood = zip(
        of(Part.ENROLLED), of(Part.AT_LEAST_1), of(Part.AT_LEAST_2), of(Part.AT_LEAST_3), of(Part.DISENGAGED),
        strict=True,
    )  # fmt: skip
    reached = zip(
        of(Part.REACHED_1), of(Part.REACHED_2), of(Part.REACHED_3), of(Part.REACHED_BY_DISENGAGEMENT), strict=True
    )
    return [
        DayOfTiers(TierCount(enrolled, one - two, two - three, three, disengaged), Reached(*came))
        for (enrolled, one, two, three, disengaged), came in zip(stood, reached, strict=True)
    ]
