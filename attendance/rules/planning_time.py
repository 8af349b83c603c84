"""A teacher's planning time in a week, from the bells, the classes and the working day (MS-40)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from attendance.rules.minutes import MIDNIGHT, Span, merged
from attendance.rules.schedule import BellPeriod

DAYS_A_WEEK = 5
DAYS_OF_ANY_WEEK, MOST_DAYS = 7, 20
_MEALS = frozenset({"lunch"})


class Level(StrEnum):
    """Whose planning time it is."""

    ELEMENTARY = "elementary"
    SECONDARY = "secondary"


DUE = {Level.ELEMENTARY: 150, Level.SECONDARY: 225}
_LOWER = frozenset({"IT", "PR", "PK", "TK", "KG", "01", "02", "03", "04", "05"})
_EITHER = frozenset({"06"})


@dataclass(frozen=True, slots=True)
class WorkDay:
    """A day of a teacher's week, or of the cycle: the working day, what rings, and the teacher's own classes.

    `times` is how often the day comes in one cycle.
    """

    name: str
    working: Span
    bells: Sequence[BellPeriod] = ()
    classes: Sequence[Span] = ()
    times: int = 1


@dataclass(frozen=True, slots=True)
class PlanningTime:
    """Planning minutes of each day, in order, and whole minutes of a week against what is due."""

    level: Level
    days: Sequence[tuple[str, int]]
    minutes: int

    @property
    def due(self) -> int:
        """Minutes a week that the teacher must have."""
        return DUE[self.level]

    @property
    def is_enough(self) -> bool:
        """Whether the teacher has them."""
        return self.minutes >= self.due


def level_of(taught: Collection[str], of_school: Collection[str]) -> Level:
    """Elementary for a teacher of no grade above the sixth, in a school that has grades below it; else secondary."""
    if not any(grade in _LOWER for grade in of_school):
        return Level.SECONDARY
    return Level.ELEMENTARY if all(grade in _LOWER | _EITHER for grade in taught) else Level.SECONDARY


def planning_time(days: Sequence[WorkDay], level: Level, *, is_cycle: bool = False) -> PlanningTime:
    """The planning time of a week: the days summed, or of a cycle (block, modular) on average per week of five days.

    Planning is the time of the working day outside the students' day, and the periods of instruction in which the
    teacher has no class. Lunch is taken off, also when eaten inside a period; passing time, recess and breakfast with
    the children are none. Raises ValueError for no day or more than 20, for a week of more than seven, and for times
    that are none of one day.
    """
    most = MOST_DAYS if is_cycle else DAYS_OF_ANY_WEEK
    if not 1 <= len(days) <= most:
        raise ValueError(f"A {'cycle' if is_cycle else 'week'} has 1 to {most} days, not {len(days)}.")
    for day in days:
        _check(day)
    found = tuple((day.name, _free(day)) for day in days)
    whole = sum(minutes * day.times for day, (_, minutes) in zip(days, found, strict=True))
    length = sum(day.times for day in days)
    # Whole minutes, rounded down: 224 and a half are not 225.
    return PlanningTime(level, found, whole * DAYS_A_WEEK // length if is_cycle else whole)


def times_in_cycle(counts: Mapping[str, int]) -> dict[str, int]:
    """How often each day comes in the shortest cycle that a year's counts are like; by name, days of no cycle left out.

    A and B in turn come as often as one another, whichever a holiday fell on; A, B, A, B and a Friday of all classes
    are two, two and one. Where no cycle of 20 days fits, each comes once.
    """
    held = sum(counts.values())
    for length in range(1, MOST_DAYS + 1):
        times = {name: (2 * days * length + held) // (2 * held) for name, days in counts.items()}
        # A day may come a seventh of a time too often or too seldom: holidays lie where they will.
        fits = all(7 * abs(days * length - times[name] * held) <= held for name, days in counts.items())
        if fits and sum(times.values()) == length:
            return {name: often for name, often in times.items() if often}
    return dict.fromkeys(counts, 1)


def _check(day: WorkDay) -> None:
    spans = [day.working, *day.classes, *(period.times.span for period in day.bells)]
    for span in spans:
        if not 0 <= span.starts < span.ends <= MIDNIGHT:
            raise ValueError(f"{day.name}: from minute {span.starts} to {span.ends} is no time of one day.")


def _free(day: WorkDay) -> int:
    """Minutes of planning on a day."""
    busy = merged(day.classes)
    free = [part for span in _open(day) for part in _without(_within(span, day.working), busy)]
    return sum(span.minutes for span in free) - _lunch(day, free)


def _open(day: WorkDay) -> list[Span]:
    """When a teacher without any class would plan: before and after the bells, and in periods of instruction."""
    if not day.bells:
        return [day.working]
    first = min(period.times.span.starts for period in day.bells)
    last = max(period.times.span.ends for period in day.bells)
    periods = [period.times.span for period in day.bells if period.is_instruction]
    return merged([Span(0, first), *periods, Span(last, MIDNIGHT)])


def _lunch(day: WorkDay, free: Sequence[Span]) -> int:
    """Planning minutes that the lunch takes: that of the lunches free for the teacher which takes the fewest."""
    busy = merged(day.classes)
    possible = [lunch for lunch in _lunches(day.bells) if not any(lunch.overlap(span) for span in busy)]
    return min((sum(span.overlap(lunch) for span in free) for lunch in possible), default=0)


def _lunches(bells: Iterable[BellPeriod]) -> list[Span]:
    apart = [period.times.span for period in bells if period.kind in _MEALS]
    inside = [period.times.deduction for period in bells if period.is_instruction and period.times.deduction]
    return apart + inside


def _within(span: Span, other: Span) -> Span:
    starts = max(span.starts, other.starts)
    return Span(starts, max(starts, min(span.ends, other.ends)))


def _without(span: Span, taken: Iterable[Span]) -> list[Span]:
    """What is left of a span; `taken` in order, without overlaps."""
    left, since = [], span.starts
    for each in taken:
        if each.ends <= since or each.starts >= span.ends:
            continue
        left += [Span(since, each.starts)] if each.starts > since else []
        since = min(span.ends, max(since, each.ends))
    return [*left, Span(since, span.ends)] if since < span.ends else left
