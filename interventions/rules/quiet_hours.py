"""When a message may go out: local hours, of a day that has 23 or 25 of them twice a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta


@dataclass(frozen=True)
class QuietHours:
    """Local hours in which nothing is sent; the end is exclusive, and may lie on the day after."""

    starts: time
    ends: time

    def covers(self, at: time) -> bool:
        """Whether a local time lies within."""
        if self.starts <= self.ends:
            return self.starts <= at < self.ends
        return at >= self.starts or at < self.ends


def next_at(now: datetime, local: time) -> datetime:
    """The first instant from `now` on, inclusive, at which the clock of its zone reads a local time; in UTC.

    A time that the change to summer time leaps over is that much later; one that comes twice is its first.
    """
    for days in (0, 1, 2):
        for fold in (0, 1):
            at = datetime.combine(now.date() + timedelta(days=days), local, now.tzinfo).replace(fold=fold)
            if at.astimezone(UTC) >= now.astimezone(UTC):
                return at.astimezone(UTC)
    raise AssertionError("A local time comes every day.")


def sent_from(now: datetime, not_before: time | None, quiet: Sequence[QuietHours]) -> datetime:
    """The instant from which a message may go out, in UTC: not before a local time of the day of `now`, and in
    nobody's quiet hours. `now` is local. Where those leave no hour of the day, at the end of the last of them.
    """
    at = now.astimezone(UTC)
    if not_before is not None and now.time() < not_before:
        at = next_at(now, not_before)
    for _ in range(2 * len(quiet)):
        local = at.astimezone(now.tzinfo)
        covering = next((each for each in quiet if each.covers(local.time())), None)
        if covering is None:
            return at
        at = next_at(local, covering.ends)
    return at
