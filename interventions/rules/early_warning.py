"""Early warning: who is on course to cross a threshold within the next ten school days, and by what sign.

Thresholds are those of support (MD-05, MD-06, MD-07, RD-40), of truancy (ST-02, RD-41) and chronic absence (ST-05,
RD-43). Three signs, each of which says how many absences to expect and when; docs/early-warning.md works an example of
each. Whole numbers alone; days that are undetermined count for nothing.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from attendance.rules.rates import is_chronic
from interventions.rules.policy import CarePolicy
from interventions.rules.tiers import EXCUSED, SUSPENDED, UNEXCUSED

PRESENT, UNDETERMINED = "present", "undetermined"
ABSENT = frozenset({EXCUSED, UNEXCUSED, SUSPENDED})

AHEAD = 10
"""School days that are looked ahead."""
WINDOW, FEWEST_DAYS, FEWEST_ABSENCES = 20, 10, 2
"""The last determined days that make a rate, how many there must be, and how many of them absences: one is no rate."""
WEEKS, WEEKS_ABSENT = 4, 3
"""The last determined days of a weekday that make a pattern, and how many of them absences."""
RUNNING = 3
"""Determined days running that make a streak."""
CHRONIC_FROM = 20
"""Days of enrollment before anything is said of chronic absence: in the first ones a single absence is a tenth."""
CHRONIC = "chronic"

# A day and what it was: PRESENT, UNDETERMINED or a kind of absence.
Day = tuple[date, str]
# Absences that a sign expects through each of the days ahead.
Expected = Sequence[int]


class Sign(StrEnum):
    """By what a student is seen to be on course."""

    RATE = "rate"
    """Absent on so many of the last days, and as often in the days to come."""
    WEEKDAY = "weekday"
    """Absent on the same weekday nearly every week, which comes again."""
    STREAK = "streak"
    """Absent for days running, and for as many more."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A weekday (0 is Monday) that a student misses, on how many of the last ones, and how many lie ahead."""

    weekday: int
    absent: int
    among: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A sign with its figures: absent on so many of so many days; `patterns` are those of weekdays alone."""

    sign: Sign
    absent: int
    among: int
    patterns: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """What is crossed: so many absences of these kinds, or, where `least` is None, a tenth of the determined days.

    Nothing is said of it before a student has been enrolled for `from_day` days.
    """

    key: str
    counts: frozenset[str]
    least: int | None = None
    from_day: int = 0

    def is_crossed(self, absent: int, determined: int, enrolled: int) -> bool:
        """Whether so many absences of so many days have reached it."""
        return is_chronic(absent, determined, enrolled) if self.least is None else absent >= self.least


@dataclass(frozen=True, slots=True)
class Course:
    """A threshold that a student is on course to cross: how many absences away it is, by when, and why."""

    threshold: str
    absent: int
    away: int
    by: date
    reasons: tuple[Reason, ...]


def tier_key(tier: int) -> str:
    """The name of a tier's threshold."""
    return f"tier_{tier}"


def truancy_key(absences: int) -> str:
    """The name of a threshold of unlawful absences."""
    return f"truancy_{absences}"


@lru_cache(maxsize=64)
def thresholds(policy: CarePolicy, *, obliged: bool) -> tuple[Threshold, ...]:
    """What can be crossed under a policy; truancy only by those whom the law obliges (ST-01)."""
    left_out = {EXCUSED} if not policy.counts_excused else set()
    left_out |= {SUSPENDED} if not policy.counts_suspended else set()
    towards_tiers = frozenset(ABSENT - left_out)
    found = [Threshold(tier_key(tier), towards_tiers, least) for tier, least in sorted(policy.tiers.items())]
    if obliged:
        unlawful = frozenset({UNEXCUSED})
        found += [Threshold(truancy_key(each), unlawful, each) for each in sorted(policy.truancy_absences)]
    return (*found, Threshold(CHRONIC, ABSENT, from_day=CHRONIC_FROM))


class Seen:
    """What was seen of a student up to a day, of absences of some kinds; days are added in their order."""

    __slots__ = ("_counts", "_last", "_patterns", "_recent", "_weeks", "absent", "determined", "enrolled", "running")

    def __init__(self, counts: frozenset[str]) -> None:
        """Nothing was seen yet."""
        self._counts = counts
        self.enrolled = self.determined = self.absent = self.running = self._recent = 0
        self._last: deque[bool] = deque(maxlen=WINDOW)
        self._weeks: tuple[deque[bool], ...] = tuple(deque(maxlen=WEEKS) for _ in range(7))
        self._patterns: set[int] = set()

    def add(self, day: date, kind: str) -> None:
        """One more day on which the student was enrolled."""
        self.enrolled += 1
        if kind == UNDETERMINED:
            return
        is_absent = kind in self._counts
        self.determined += 1
        self.absent += is_absent
        self.running = self.running + 1 if is_absent else 0
        self._recent += is_absent - (self._last[0] if len(self._last) == WINDOW else 0)
        self._last.append(is_absent)
        weekday = day.weekday()
        weeks = self._weeks[weekday]
        weeks.append(is_absent)
        if is_absent and sum(weeks) >= WEEKS_ABSENT:
            self._patterns.add(weekday)
        elif self._patterns and sum(weeks) < WEEKS_ABSENT:
            self._patterns.discard(weekday)

    def has_crossed(self, threshold: Threshold) -> bool:
        """Whether a threshold of these kinds of absence is reached."""
        return threshold.is_crossed(self.absent, self.determined, self.enrolled)

    def may_have_crossed(self, threshold: Threshold, undetermined: int) -> bool:
        """Whether it would be, had the student been absent on so many undetermined days."""
        return threshold.is_crossed(self.absent + undetermined, self.determined + undetermined, self.enrolled)

    @property
    def shows(self) -> bool:
        """Whether there may be any sign: a streak is one of the last days, too."""
        return self._recent >= FEWEST_ABSENCES or bool(self._patterns)

    def signs(self, ahead: Sequence[date]) -> list[tuple[Reason, Expected]]:
        """The signs that show, each with the absences to expect through each of the school days ahead."""
        if not self.shows:
            return []
        found = [self._rate(len(ahead)), self._weekdays(ahead), self._streak(len(ahead))]
        return [each for each in found if each is not None and each[1] and each[1][-1]]

    def _rate(self, ahead: int) -> tuple[Reason, Expected] | None:
        absent, among = self._recent, len(self._last)
        if absent < FEWEST_ABSENCES or among < FEWEST_DAYS:
            return None
        return Reason(Sign.RATE, absent, among), [absent * days // among for days in range(1, ahead + 1)]

    def _weekdays(self, ahead: Sequence[date]) -> tuple[Reason, Expected] | None:
        if not self._patterns:
            return None
        coming = [day.weekday() for day in ahead]
        patterns = tuple(
            Pattern(each, sum(self._weeks[each]), len(self._weeks[each]), coming.count(each))
            for each in sorted(self._patterns)
            if each in coming
        )
        absent, among = sum(each.absent for each in patterns), sum(each.among for each in patterns)
        return Reason(Sign.WEEKDAY, absent, among, patterns), _through(each in self._patterns for each in coming)

    def _streak(self, ahead: int) -> tuple[Reason, Expected] | None:
        if self.running < RUNNING:
            return None
        return Reason(Sign.STREAK, self.running, self.running), [min(day, self.running) for day in range(1, ahead + 1)]


def _through(days: Iterable[bool]) -> Expected:
    absences, found = 0, []
    for is_absent in days:
        absences += is_absent
        found.append(absences)
    return found


def seen_of(counts: Iterable[frozenset[str]]) -> dict[frozenset[str], Seen]:
    """Nothing seen yet, of each kind of count."""
    return {each: Seen(each) for each in counts}


def courses(
    seen: Mapping[frozenset[str], Seen], wanted: Iterable[Threshold], ahead: Sequence[date]
) -> Iterator[Course]:
    """The thresholds, of those wanted, that are not crossed and will be within the days ahead by some sign."""
    signs = {counts: each.signs(ahead) for counts, each in seen.items()}
    for threshold in wanted:
        so_far = seen[threshold.counts]
        is_early = so_far.enrolled < threshold.from_day
        if signs[threshold.counts] and not is_early and not so_far.has_crossed(threshold):
            course = _course(so_far, threshold, signs[threshold.counts], ahead)
            if course is not None:
                yield course


def _course(
    seen: Seen, threshold: Threshold, signs: Iterable[tuple[Reason, Expected]], ahead: Sequence[date]
) -> Course | None:
    reached = [(at, reason) for reason, expected in signs if (at := _reached(seen, threshold, expected)) is not None]
    if not reached:
        return None
    first = min(at for at, _reason in reached)
    return Course(
        threshold=threshold.key,
        absent=seen.absent,
        away=_away(seen, threshold),
        by=ahead[first],
        reasons=tuple(reason for _at, reason in reached),
    )


def _reached(seen: Seen, threshold: Threshold, expected: Expected) -> int | None:
    """The place of the first day ahead by which the expected absences cross the threshold."""
    if threshold.least is not None:
        at = bisect_left(expected, threshold.least - seen.absent)
        return at if at < len(expected) else None
    for at, absences in enumerate(expected):
        if threshold.is_crossed(seen.absent + absences, seen.determined + at + 1, seen.enrolled + at + 1):
            return at
    return None


def _away(seen: Seen, threshold: Threshold) -> int:
    """How many absences, day after day, would cross it."""
    days = 1
    while not threshold.is_crossed(seen.absent + days, seen.determined + days, seen.enrolled + days):
        days += 1
    return days


def on_course(days: Iterable[Day], ahead: Sequence[date], wanted: Sequence[Threshold]) -> list[Course]:
    """Which thresholds a student is on course to cross within the school days ahead, of which the first ten count.

    The days are those of the school year on which the student was enrolled, in order, through today; those ahead
    follow them, in order. Any number of either, none included.
    """
    seen = seen_of({each.counts for each in wanted})
    for day, kind in days:
        for each in seen.values():
            each.add(day, kind)
    return list(courses(seen, wanted, ahead[:AHEAD]))


Ahead = Callable[[date], Sequence[date]]
"""The next school days after a day, in order; ten where the calendar reaches that far."""
