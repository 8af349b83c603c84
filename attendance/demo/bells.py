"""The demo's bells: a day of homerooms, a day of periods, a day of blocks, and their early releases (MS-02, MS-03)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from attendance.demo.cast import ELEMENTARY, HIGH, MIDDLE
from attendance.rules.minutes import MeetingTimes, Span, minute_of

REGULAR, EARLY_RELEASE = "Regular", "Early release"
INSTRUCTION = {"class", "homeroom"}


@dataclass(frozen=True)
class Bell:
    """One period in local times, the end exclusive; a meal inside it is no instruction (MS-03)."""

    period: str
    starts_at: time
    ends_at: time
    kind: str = "class"
    meal: tuple[time, time] | None = None

    @property
    def times(self) -> MeetingTimes:
        """When it is held, and its meal."""
        meal = Span(*map(minute_of, self.meal)) if self.meal else None
        return MeetingTimes(Span(minute_of(self.starts_at), minute_of(self.ends_at)), meal)

    @property
    def minutes(self) -> int:
        """The instructional minutes it offers."""
        return self.times.instructional_minutes if self.kind in INSTRUCTION else 0


# Children stay in one room, so nothing passes between periods.
_ELEMENTARY = {
    REGULAR: [
        Bell("Breakfast", time(7, 30), time(7, 50), "breakfast"),
        Bell("1", time(7, 50), time(8, 50)),
        Bell("2", time(8, 50), time(9, 50)),
        Bell("Recess", time(9, 50), time(10, 10), "recess"),
        Bell("3", time(10, 10), time(11, 0)),
        Bell("4", time(11, 0), time(12, 20), meal=(time(11, 20), time(11, 50))),
        Bell("5", time(12, 20), time(13, 20)),
        Bell("6", time(13, 20), time(14, 20)),
    ],
    EARLY_RELEASE: [
        Bell("Breakfast", time(7, 30), time(7, 50), "breakfast"),
        Bell("1", time(7, 50), time(8, 35)),
        Bell("2", time(8, 35), time(9, 20)),
        Bell("3", time(9, 20), time(10, 5)),
        Bell("4", time(10, 5), time(11, 20), meal=(time(10, 30), time(11, 0))),
        Bell("5", time(11, 20), time(12, 5)),
        Bell("6", time(12, 5), time(12, 50)),
    ],
}

ADVISORY = "Advisory"
_MIDDLE = {
    REGULAR: [
        Bell(ADVISORY, time(8, 10), time(8, 30), "homeroom"),
        Bell("1", time(8, 35), time(9, 27)),
        Bell("2", time(9, 32), time(10, 24)),
        Bell("3", time(10, 29), time(11, 21)),
        Bell("Lunch", time(11, 21), time(11, 51), "lunch"),
        Bell("4", time(11, 56), time(12, 48)),
        Bell("5", time(12, 53), time(13, 45)),
        Bell("6", time(13, 50), time(14, 42)),
    ],
    EARLY_RELEASE: [
        Bell(ADVISORY, time(8, 10), time(8, 25), "homeroom"),
        Bell("1", time(8, 30), time(9, 10)),
        Bell("2", time(9, 15), time(9, 55)),
        Bell("3", time(10, 0), time(10, 40)),
        Bell("4", time(10, 45), time(11, 25)),
        Bell("5", time(11, 30), time(12, 10)),
        Bell("6", time(12, 15), time(12, 55)),
        Bell("Lunch", time(12, 55), time(13, 15), "lunch"),
    ],
}

_HIGH = {
    REGULAR: [
        Bell("Block 1", time(8, 0), time(9, 28)),
        Bell("Block 2", time(9, 34), time(11, 2)),
        Bell("Lunch", time(11, 2), time(11, 32), "lunch"),
        Bell("Block 3", time(11, 38), time(13, 6)),
        Bell("Block 4", time(13, 12), time(14, 40)),
    ],
    # Eighty minutes each, so that a senior with three classes still has the day's 240.
    EARLY_RELEASE: [
        Bell("Block 1", time(8, 0), time(9, 20)),
        Bell("Block 2", time(9, 25), time(10, 45)),
        Bell("Block 3", time(10, 50), time(12, 10)),
        Bell("Block 4", time(12, 15), time(13, 35)),
        Bell("Lunch", time(13, 35), time(13, 55), "lunch"),
    ],
}

# By school, then by the schedule's name.
BELLS: Mapping[str, Mapping[str, Sequence[Bell]]] = {ELEMENTARY: _ELEMENTARY, MIDDLE: _MIDDLE, HIGH: _HIGH}
