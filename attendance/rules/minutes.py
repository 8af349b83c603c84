"""Minutes on the clock of one day: whole minutes from midnight, ends exclusive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

MIDNIGHT = 24 * 60


def minute_of(clock_time: time) -> int:
    """Minutes from midnight to a local time; seconds are dropped."""
    return clock_time.hour * 60 + clock_time.minute


def clock_time(minute: int) -> time:
    """The local time a number of minutes after midnight."""
    return time(minute // 60, minute % 60)


@dataclass(frozen=True, slots=True)
class Span:
    """From one minute to another, the end exclusive."""

    starts: int
    ends: int

    @property
    def minutes(self) -> int:
        """Its length in minutes."""
        return self.ends - self.starts

    def overlap(self, other: "Span") -> int:
        """Minutes that both spans share."""
        return max(0, min(self.ends, other.ends) - max(self.starts, other.starts))


WHOLE_DAY = Span(0, MIDNIGHT)


@dataclass(frozen=True, slots=True)
class MeetingTimes:
    """When a class meets, and the meal inside it that is not instruction (MS-03)."""

    span: Span
    deduction: Span | None = None

    @property
    def instructional_minutes(self) -> int:
        """The minutes offered."""
        return self.instructional_minutes_in([self.span])

    def instructional_minutes_in(self, spans: Iterable[Span]) -> int:
        """Instructional minutes of the meeting that lie in any of the spans; minutes in several count once."""
        return sum(self._instructional(span) for span in merged(spans))

    def _instructional(self, span: Span) -> int:
        held = self.span.overlap(span)
        if self.deduction is None:
            return held
        inside = Span(max(self.deduction.starts, self.span.starts), min(self.deduction.ends, self.span.ends))
        return held - inside.overlap(span)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same minutes as spans that do not overlap, in order."""
    whole: list[Span] = []
    for span in sorted(spans, key=lambda each: each.starts):
        if whole and span.starts <= whole[-1].ends:
            whole[-1] = Span(whole[-1].starts, max(whole[-1].ends, span.ends))
        else:
            whole.append(span)
    return whole


def without(span: Span, others: Iterable[Span]) -> list[Span]:
    """What is left of a span outside of others, which do not overlap and are in order."""
    left = []
    start = span.starts
    for other in others:
        if other.ends <= start or other.starts >= span.ends:
            continue
        if other.starts > start:
            left.append(Span(start, other.starts))
        start = other.ends
    return [*left, Span(start, span.ends)] if start < span.ends else left
