"""A homeroom's mark of a whole day, as the marks of its meetings (MS-07, RD-05), and back.

The minutes of each meeting are its overlap with what lies between arrival and departure, less its deduction.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.rules.mark import ABSENT, LEFT_EARLY, PRESENT, STATUSES, TARDY, BadMark, Worth
from attendance.rules.minutes import MeetingTimes, Span


@dataclass(frozen=True, slots=True)
class DayEntered:
    """One student's day as it was entered; minutes from midnight. Who came late and left early has both times."""

    status: str
    arrived: int | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingMark:
    """What the day makes of one meeting."""

    status: str
    worth: Worth


def marks_of_day(
    entered: DayEntered, meetings: Sequence[MeetingTimes], *, saved_at: int | None = None
) -> list[MeetingMark]:
    """A mark for each meeting, in their order. Those over before the arrival, or begun after the departure, are missed.

    A time between two meetings falls on the edge of the one attended beside it, since passing is no instruction.
    `saved_at` is the minute of saving on the day itself, None on any other; it stands for a time that was not given.
    Raises BadMark.
    """
    if entered.status == PRESENT:
        return [MeetingMark(PRESENT, Worth(times.instructional_minutes)) for times in meetings]
    if entered.status == ABSENT:
        return [MeetingMark(ABSENT, Worth(0)) for _ in meetings]
    if entered.status not in STATUSES:
        raise BadMark("is not marked")
    day = Span(min(times.span.starts for times in meetings), max(times.span.ends for times in meetings))
    arrived, left = _times(entered, day, saved_at)
    there = Span(day.starts if arrived is None else arrived, day.ends if left is None else left)
    attended = [number for number, times in enumerate(meetings) if times.span.overlap(there)]
    if not attended:
        raise BadMark("was in no class between these times: mark absent")
    first = min(attended, key=lambda number: meetings[number].span.starts)
    last = max(attended, key=lambda number: meetings[number].span.ends)
    return [
        _mark(
            times,
            arrived if arrived is not None and (number == first or times.span.starts < arrived) else None,
            left if left is not None and (number == last or left < times.span.ends) else None,
        )
        if number in attended
        else MeetingMark(ABSENT, Worth(0))
        for number, times in enumerate(meetings)
    ]


def _times(entered: DayEntered, day: Span, saved_at: int | None) -> tuple[int | None, int | None]:
    arrived, left = entered.arrived, entered.left
    if saved_at is not None and day.starts <= saved_at <= day.ends:
        arrived = saved_at if entered.status == TARDY and arrived is None else arrived
        left = saved_at if entered.status == LEFT_EARLY and left is None else left
    if entered.status == TARDY and arrived is None:
        raise BadMark("is tardy: give the time of arrival")
    if entered.status == LEFT_EARLY and left is None:
        raise BadMark("left early: give the time of leaving")
    if any(moment is not None and not day.starts <= moment <= day.ends for moment in (arrived, left)):
        raise BadMark("has a time outside the day’s classes")
    if arrived is not None and left is not None and left < arrived:
        raise BadMark("left before arriving")
    return arrived, left


def _mark(times: MeetingTimes, arrived: int | None, left: int | None) -> MeetingMark:
    """A meeting attended from an arrival that bears on it to a departure that does."""
    arrived = None if arrived is None else max(arrived, times.span.starts)
    left = None if left is None else min(left, times.span.ends)
    there = Span(times.span.starts if arrived is None else arrived, times.span.ends if left is None else left)
    status = TARDY if arrived is not None else LEFT_EARLY if left is not None else PRESENT
    return MeetingMark(status, Worth(times.instructional_minutes_in([there]), arrived, left))


def day_of_marks(marks: Sequence[MeetingMark], meetings: Sequence[MeetingTimes]) -> DayEntered | None:
    """The day that would have made these marks of the meetings; None where no single one would."""
    arrivals = [mark.worth.arrived for mark in marks if mark.worth.arrived is not None]
    departures = [mark.worth.left for mark in marks if mark.worth.left is not None]
    day = DayEntered(_status(marks), min(arrivals, default=None), max(departures, default=None))
    try:
        return day if marks_of_day(day, meetings) == list(marks) else None
    except BadMark:
        return None


def _status(marks: Sequence[MeetingMark]) -> str:
    """Late counts before early, as in a single class; absent only where nothing else is."""
    said = {mark.status for mark in marks}
    return next((status for status in (TARDY, LEFT_EARLY, PRESENT) if status in said), ABSENT)
