"""What one mark is worth in minutes (RD-05), and when a class may be marked.

Of a class met live the teacher's mark alone makes minutes: unfinished work takes none away (MS-10), time at home with
parents adds none (MS-14), and work in another application counts as far as the teacher watches over it (MS-16).
"""

from dataclasses import dataclass
from datetime import date

from attendance.rules.minutes import MeetingTimes, Span, clock_time
from attendance.rules.time_words import time_of_day

PRESENT, TARDY, LEFT_EARLY, ABSENT = "present", "tardy", "left_early", "absent"
STATUSES = (PRESENT, TARDY, LEFT_EARLY, ABSENT)
# RD-05: a meeting can be saved from ten minutes before its start.
OPENS_BEFORE_START = 10


class BadMark(Exception):
    """A mark that cannot be right; the message says why, for the line of the student."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A mark as it was entered; minutes from midnight. `minutes` are instructional minutes attended, if typed."""

    status: str
    minutes: int | None = None
    arrived: int | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Worth:
    """The minutes a mark is worth, with the times that say so."""

    minutes: int
    arrived: int | None = None
    left: int | None = None


def worth(entered: Entered, times: MeetingTimes, *, saved_at: int | None) -> Worth:
    """Minutes attended by a mark: typed minutes first, then the times, then the instant of saving (RD-05).

    `saved_at` is the minute of saving on the meeting's own day, None on any other. Raises BadMark.
    """
    offered = times.instructional_minutes
    if entered.status == PRESENT:
        return Worth(offered)
    if entered.status == ABSENT:
        return Worth(0)
    if entered.status not in STATUSES:
        raise BadMark("is not marked")
    _check_within(times.span, entered.arrived, entered.left)
    if entered.minutes is not None:
        if not 0 <= entered.minutes <= offered:
            raise BadMark(f"attended {entered.minutes} minutes of {offered}: the minutes lie between 0 and {offered}")
        _check_order(entered.arrived, entered.left)
        return Worth(entered.minutes, entered.arrived, entered.left)
    return _by_times(entered, times, saved_at)


def _check_within(span: Span, *moments: int | None) -> None:
    if any(moment is not None and not span.starts <= moment <= span.ends for moment in moments):
        raise BadMark("has a time outside the class")


def _check_order(arrived: int | None, left: int | None) -> None:
    if arrived is not None and left is not None and left < arrived:
        raise BadMark("left before arriving")


def _by_times(entered: Entered, times: MeetingTimes, saved_at: int | None) -> Worth:
    arrived, left = entered.arrived, entered.left
    if saved_at is not None and times.span.starts <= saved_at <= times.span.ends:
        arrived = saved_at if entered.status == TARDY and arrived is None else arrived
        left = saved_at if entered.status == LEFT_EARLY and left is None else left
    if entered.status == TARDY and arrived is None:
        raise BadMark("is tardy: give the time of arrival or the minutes")
    if entered.status == LEFT_EARLY and left is None:
        raise BadMark("left early: give the time of leaving or the minutes")
    # Only now: the instant of saving may stand for one of the two.
    _check_order(arrived, left)
    there = Span(times.span.starts if arrived is None else arrived, times.span.ends if left is None else left)
    return Worth(times.instructional_minutes_in([there]), arrived, left)


def why_not_yet(meeting_day: date, starts: int, today: date, minute: int) -> str | None:
    """Why a meeting cannot be marked yet, in words; None when it can (from ten minutes before its start)."""
    if meeting_day > today:
        return "This class is on a day to come. It can be marked on its day, from ten minutes before it starts."
    opens = max(0, starts - OPENS_BEFORE_START)
    if meeting_day == today and minute < opens:
        return f"This class can be marked from {time_of_day(clock_time(opens))}, ten minutes before it starts."
    return None
