"""What the teachers of the demo saw: everybody present, but for these classes of these students on these days.

A morning that starts late or an afternoon that ends early marks the classes it touches, as in life: a tardy mark in
the class under way, absent in those before, and so on. Times are local, minutes are instructional minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from attendance.demo.bells import CLASSES, Bell, clock_time, minute_of


@dataclass(frozen=True)
class Seen:
    """One mark other than a plain "present"."""

    status: str
    minutes: int
    arrived_at: time | None = None
    left_at: time | None = None


ABSENT = Seen("absent", 0)

# A student's day: the classes that were not simply attended, by period.
DayMarks = Mapping[str, Seen]


def away() -> DayMarks:
    """Absent all day."""
    return {bell.period: ABSENT for bell in CLASSES}


def comes_at(minute: int) -> DayMarks:
    """Comes to school at a minute of the day; the class under way is marked tardy, those before absent."""
    missed = {bell.period: ABSENT for bell in CLASSES if minute_of(bell.ends_at) <= minute}
    late = {bell.period: _tardy(bell, minute) for bell in CLASSES if _under_way(bell, minute)}
    return missed | late


def leaves_at(minute: int) -> DayMarks:
    """Leaves school at a minute of the day; the class under way is left early, those after it are missed."""
    missed = {bell.period: ABSENT for bell in CLASSES if minute_of(bell.starts_at) >= minute}
    cut = {bell.period: _left_early(bell, minute) for bell in CLASSES if _under_way(bell, minute)}
    return missed | cut


def tardy_to(period: str, minutes_late: int) -> DayMarks:
    """Comes late to one class."""
    bell = next(bell for bell in CLASSES if bell.period == period)
    return {period: _tardy(bell, minute_of(bell.starts_at) + minutes_late)}


def skips(period: str) -> DayMarks:
    """Is missing in one class of a day attended otherwise."""
    return {period: ABSENT}


def _under_way(bell: Bell, minute: int) -> bool:
    return minute_of(bell.starts_at) < minute < minute_of(bell.ends_at)


def _tardy(bell: Bell, minute: int) -> Seen:
    return Seen("tardy", minute_of(bell.ends_at) - minute, arrived_at=clock_time(minute))


def _left_early(bell: Bell, minute: int) -> Seen:
    return Seen("left_early", minute - minute_of(bell.starts_at), left_at=clock_time(minute))
