"""A school's calendar of a month, with the instructional minutes that its bells offered."""

from datetime import date, time

from attendance.models import CalendarDay, Period
from attendance.rules.minutes import MeetingTimes, Span, minute_of
from attendance.rules.policy import policy_on
from attendance.rules.schedule import BellPeriod, MeetingTime, SchoolDay, expected_meetings
from attendance.selectors.policies import policies
from reporting.rules.facts import CalendarFacts
from students.access import Scope


def calendar_facts(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[CalendarFacts]:
    """The days of the calendar between two dates, both inclusive; three statements.

    The caller took the school from the scope.
    """
    bells: dict[int, list[BellPeriod]] = {}
    for period in Period.objects.filter(bell_schedule__school=school_id):
        bells.setdefault(period.bell_schedule_id, []).append(BellPeriod(period.name, period.kind, _times(period)))
    known = policies(scope)
    days = CalendarDay.objects.filter(school=school_id, date__range=(from_date, to_date)).order_by("date")
    return [
        _facts(day, bells.get(day.bell_schedule_id or 0, []), policy_on(day.date, known).minimum_minutes)
        for day in days
    ]


def _facts(day: CalendarDay, periods: list[BellPeriod], minutes_due: int) -> CalendarFacts:
    return CalendarFacts(
        day.date,
        day.event_type,
        day.name,
        day.day_kind,
        day.attendance_frequency,
        day.in_session,
        _minutes_offered(day, periods),
        minutes_due,
    )


def _minutes_offered(day: CalendarDay, periods: list[BellPeriod]) -> int:
    dismissal = minute_of(day.dismissal_time) if day.dismissal_time else None
    school_day = SchoolDay(day.date, day.in_session, day.rotation_day, periods, dismissal)
    # A class that met in every period would have had these minutes.
    everywhere = [MeetingTime(0, period.name, day.date, day.date) for period in periods]
    return sum(meeting.times.instructional_minutes for meeting in expected_meetings(school_day, everywhere))


def _times(period: Period) -> MeetingTimes:
    deduction = None
    if period.deduction_starts_at is not None and period.deduction_ends_at is not None:
        deduction = _span(period.deduction_starts_at, period.deduction_ends_at)
    return MeetingTimes(_span(period.starts_at, period.ends_at), deduction)


def _span(starts_at: time, ends_at: time) -> Span:
    return Span(minute_of(starts_at), minute_of(ends_at))
