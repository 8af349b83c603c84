"""How often early warnings came true: the rule of every past day, and what the ten school days after it brought.

A warning stands for ten of the student's school days. It came true when the threshold was crossed in them; one that
stands for longer is a new warning, so that nothing is counted twice. It is not judged while fewer days have passed, or
where undetermined days leave open whether the threshold was crossed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from interventions.rules.early_warning import (
    ABSENT,
    AHEAD,
    UNDETERMINED,
    Ahead,
    Course,
    Day,
    Threshold,
    courses,
    seen_of,
)

ANY = ""
"""In the place of a sign: whatever the sign was."""

Terms = Sequence[tuple[date, Sequence[Threshold]]]
"""Thresholds by the day from which they are in force, in order."""


@dataclass
class Tally:
    """Warnings that could be judged, how many of them came true, those not judged, and all crossings."""

    judged: int = 0
    came_true: int = 0
    unjudged: int = 0
    crossings: int = 0

    def add(self, other: "Tally") -> None:
        """Count the other's too."""
        self.judged += other.judged
        self.came_true += other.came_true
        self.unjudged += other.unjudged
        self.crossings += other.crossings


Tallies = Mapping[tuple[str, str], Tally]
"""By threshold, and by sign or ANY; crossings are those of ANY."""


@dataclass(frozen=True, slots=True)
class LookedBack:
    """A student's year: what the student is on course to cross, each since when, and the tallies of all warnings."""

    courses: Sequence[tuple[Course, date]]
    tallies: Tallies


@dataclass(frozen=True, slots=True)
class _Warning:
    since: date
    at: int
    undetermined: int
    signs: tuple[str, ...]


def look_back(days: Sequence[Day], ahead: Ahead, terms: Terms) -> LookedBack:
    """Walk through a student's days of a school year, in order, and ask the rule on each of them.

    Nothing is warned of before the first term. What is known on a day are the days through it, as the ledger has them
    now.
    """
    walk = _Walk(ahead, terms)
    for day, kind in days:
        walk.step(day, kind)
    return walk.told(days[-1][0] if days else None)


class _Walk:
    """The warnings that stand and the thresholds that are crossed, from one day to the next."""

    def __init__(self, ahead: Ahead, terms: Terms) -> None:
        self._ahead, self._terms = ahead, terms
        self._seen = seen_of({each.counts for _from, wanted in terms for each in wanted})
        # The place of the term that begins next, the thresholds of the one in force, and which of them are shares.
        self._next = 0
        self._wanted: Sequence[Threshold] = ()
        self._shares: Sequence[Threshold] = ()
        self._at = self._undetermined = 0
        self._standing: dict[str, _Warning] = {}
        self._crossed: set[str] = set()
        self._tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)

    def step(self, day: date, kind: str) -> None:
        self._at += 1
        self._undetermined += kind == UNDETERMINED
        for each in self._seen.values():
            each.add(day, kind)
        before, self._wanted = self._wanted, self._in_force(day)
        # A count rises by an absence alone, while a share moves with any day.
        moved = self._wanted if kind in ABSENT or before is not self._wanted else self._shares
        for threshold in moved:
            self._cross(threshold)
        if self._standing:
            self._expire()
        for each in self._seen.values():
            if each.shows:
                self._raise(day)
                break

    def told(self, on: date | None) -> LookedBack:
        since = {key: each.since for key, each in self._standing.items()}
        for key in since:
            self._end(key, Tally(unjudged=1))
        if on is None:
            return LookedBack((), {})
        found = courses(self._seen, self._wanted, self._ahead(on))
        return LookedBack([(each, since[each.threshold]) for each in found], dict(self._tallies))

    def _in_force(self, day: date) -> Sequence[Threshold]:
        if self._next < len(self._terms) and self._terms[self._next][0] <= day:
            begun = [wanted for begins, wanted in self._terms if begins <= day]
            self._next = len(begun)
            self._shares = [each for each in begun[-1] if each.least is None]
            return begun[-1]
        return self._wanted

    def _cross(self, threshold: Threshold) -> None:
        key = threshold.key
        if not self._seen[threshold.counts].has_crossed(threshold):
            self._crossed.discard(key)
        elif key not in self._crossed:
            self._crossed.add(key)
            self._tallies[key, ANY].crossings += self._at > threshold.from_day
            if key in self._standing:
                self._end(key, Tally(judged=1, came_true=1))

    def _expire(self) -> None:
        over = {key: each for key, each in self._standing.items() if self._at - each.at >= AHEAD}
        for key, warning in over.items():
            is_unknown = self._may_have_crossed(key, self._undetermined - warning.undetermined)
            self._end(key, Tally(unjudged=1) if is_unknown else Tally(judged=1))

    def _may_have_crossed(self, key: str, undetermined: int) -> bool:
        """Whether so many undetermined days leave open if a threshold was crossed."""
        found = (each for each in self._wanted if each.key == key)
        return undetermined > 0 and any(self._seen[each.counts].may_have_crossed(each, undetermined) for each in found)

    def _raise(self, day: date) -> None:
        waiting = [each for each in self._wanted if each.key not in self._crossed and each.key not in self._standing]
        for course in courses(self._seen, waiting, self._ahead(day)) if waiting else ():
            signs = tuple(each.sign.value for each in course.reasons)
            self._standing[course.threshold] = _Warning(day, self._at, self._undetermined, signs)

    def _end(self, key: str, tally: Tally) -> None:
        for sign in (ANY, *self._standing.pop(key).signs):
            self._tallies[key, sign].add(tally)
