"""A school's calendar of a month, with the instructional minutes that its bells offered."""

from collections.abc import Sequence
from datetime import date

from attendance.models import CalendarDay
from attendance.rules.policy import policy_on
from attendance.rules.schedule import SchoolDay
from attendance.selectors.policies import policies
from attendance.selectors.school_bells import grades_at, school_days_of
from reporting.rules.facts import CalendarFacts
from students.access import Scope


def calendar_facts(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[CalendarFacts]:
    """The days of the calendar between two dates, both inclusive; six statements.

    The caller took the school from the scope.
    """
    held = school_days_of(scope, school_id, from_date, to_date)
    grades = grades_at(scope, [school_id])[school_id]
    known = policies(scope)
    days = CalendarDay.objects.filter(school=school_id, date__range=(from_date, to_date)).order_by("date")
    return [_facts(day, held[day.date], grades, policy_on(day.date, known).minimum_minutes) for day in days]


def _facts(day: CalendarDay, held: SchoolDay, grades: Sequence[str], minutes_due: int) -> CalendarFacts:
    return CalendarFacts(
        day.date,
        day.event_type,
        day.name,
        day.day_kind,
        day.attendance_frequency,
        day.in_session,
        held.least_offered(grades),
        minutes_due,
    )
