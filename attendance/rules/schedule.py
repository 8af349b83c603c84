"""Which class meetings a day is expected to hold, from its calendar, bells and schedule (MS-02, MS-03, MS-07)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.rules.minutes import MeetingTimes, Span

INSTRUCTIONAL_KINDS = frozenset({"class", "homeroom"})


@dataclass(frozen=True, slots=True)
class BellPeriod:
    """A period of a bell schedule."""

    name: str
    kind: str
    times: MeetingTimes


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """A day of a school's calendar, with its bells. `dismissal` is a minute from midnight."""

    date: date
    in_session: bool
    rotation_day: str
    periods: Sequence[BellPeriod]
    dismissal: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """A section meets in a period, both ends of the dates inclusive, on the rotation days named or on all."""

    section_id: int
    period: str
    starts_on: date
    ends_on: date | None
    rotation_days: tuple[str, ...] = ()

    def falls_on(self, day: SchoolDay) -> bool:
        """Whether the section meets in this period on the day."""
        if day.date < self.starts_on or (self.ends_on is not None and day.date > self.ends_on):
            return False
        return not self.rotation_days or day.rotation_day in self.rotation_days


@dataclass(frozen=True, slots=True)
class ExpectedMeeting:
    """A class meeting that the day should hold."""

    section_id: int
    period: str
    times: MeetingTimes


def expected_meetings(day: SchoolDay, meeting_times: Iterable[MeetingTime]) -> list[ExpectedMeeting]:
    """The class meetings expected of a day; none out of session, none in periods that are no instruction.

    A dismissal cuts the meeting under way short and drops those after it.
    """
    if not day.in_session:
        return []
    held = {period.name: times for period in day.periods if (times := _held(period, day.dismissal))}
    meetings = {
        (time.section_id, time.period): ExpectedMeeting(time.section_id, time.period, held[time.period])
        for time in meeting_times
        if time.period in held and time.falls_on(day)
    }
    return list(meetings.values())


def _held(period: BellPeriod, dismissal: int | None) -> MeetingTimes | None:
    if period.kind not in INSTRUCTIONAL_KINDS:
        return None
    times = _until(period.times, dismissal) if dismissal is not None else period.times
    return times if times.instructional_minutes > 0 else None


def _until(times: MeetingTimes, dismissal: int) -> MeetingTimes:
    span = Span(times.span.starts, min(times.span.ends, dismissal))
    if times.deduction is None or times.deduction.starts >= span.ends:
        return MeetingTimes(span)
    return MeetingTimes(span, Span(times.deduction.starts, min(times.deduction.ends, span.ends)))
