"""What the teachers of the demo saw: everybody present, but for these students on these days.

A morning that starts late or an afternoon that ends early marks the classes it touches, as in life: a tardy mark in
the class under way, absent in those before, and so on. Minutes of the day are local, minutes attended instructional.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import NamedTuple

from attendance.rules.day_mark import DayEntered, MeetingMark, marks_of_day
from attendance.rules.mark import BadMark
from attendance.rules.minutes import MIDNIGHT, MeetingTimes, Span, clock_time


class Seen(NamedTuple):
    """One mark."""

    status: str
    minutes: int
    arrived_at: time | None = None
    left_at: time | None = None


ABSENT = Seen("absent", 0)


@dataclass(frozen=True)
class Whereabouts:
    """A student's day: in school from one minute to another, but late to one period or missing in one.

    `late` is the period with the minutes after its start.
    """

    came: int = 0
    left: int = MIDNIGHT
    late: tuple[str, int] | None = None
    skipped: str = ""

    def seen(self, period: str, times: MeetingTimes) -> Seen:
        """What the teacher of a class marks."""
        starts, ends = times.span.starts, times.span.ends
        behind = self.late[1] if self.late and self.late[0] == period else 0
        arrived, left = max(starts + behind, self.came), min(ends, self.left)
        if period == self.skipped or arrived >= left:
            return ABSENT
        minutes = times.instructional_minutes_in([Span(arrived, left)])
        if arrived > starts:
            return Seen("tardy", minutes, clock_time(arrived), clock_time(left) if left < ends else None)
        if left < ends:
            return Seen("left_early", minutes, left_at=clock_time(left))
        return Seen("present", minutes)

    def seen_all_day(self, meetings: Sequence[MeetingTimes]) -> list[Seen]:
        """What a homeroom's teacher marks, once for all meetings of the day, which are in order."""
        starts, ends = meetings[0].span.starts, meetings[-1].span.ends
        arrived = self.came if self.came > starts else None
        left = self.left if self.left < ends else None
        if self.came >= ends or self.left <= starts:
            return [ABSENT for _ in meetings]
        status = "present" if arrived is left is None else "left_early" if arrived is None else "tardy"
        try:
            return [_seen(mark) for mark in marks_of_day(DayEntered(status, arrived, left), meetings)]
        except BadMark:
            return [ABSENT for _ in meetings]


def _seen(mark: MeetingMark) -> Seen:
    arrived, left = mark.worth.arrived, mark.worth.left
    return Seen(
        mark.status,
        mark.worth.minutes,
        None if arrived is None else clock_time(arrived),
        None if left is None else clock_time(left),
    )


AWAY = Whereabouts(came=MIDNIGHT)


def comes_at(minute: int) -> Whereabouts:
    """Comes to school at a minute of the day."""
    return Whereabouts(came=minute)


def leaves_at(minute: int) -> Whereabouts:
    """Leaves school at a minute of the day."""
    return Whereabouts(left=minute)


def tardy_to(period: str, minutes_late: int) -> Whereabouts:
    """Comes late to one class."""
    return Whereabouts(late=(period, minutes_late))


def skips(period: str) -> Whereabouts:
    """Is missing in one class of a day attended otherwise."""
    return Whereabouts(skipped=period)
