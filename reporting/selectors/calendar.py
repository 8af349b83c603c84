"""A school's calendar of a month, with the instructional minutes that its bells offered."""

from collections.abc import Sequence
from datetime import date

from attendance.models import CalendarDay, GradeDay
from attendance.rules.policy import policy_on
from attendance.rules.schedule import SchoolDay
from attendance.selectors.policies import policies
from attendance.selectors.school_bells import grades_at, school_days_of
from reporting.rules.facts import CalendarFacts, SessionDays
from students.access import Scope


def calendar_facts(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[CalendarFacts]:
    """The days of the calendar between two dates, both inclusive; seven statements.

    The caller took the school from the scope.
    """
    held = school_days_of(scope, school_id, from_date, to_date)
    grades = grades_at(scope, [school_id])[school_id]
    known = policies(scope)
    days = CalendarDay.objects.filter(school=school_id, date__range=(from_date, to_date)).order_by("date")
    return [
        _facts(day, list(day.grade_days.all()), held[day.date], grades, policy_on(day.date, known).minimum_minutes)
        for day in days.prefetch_related("grade_days")
    ]


def days_held(scope: Scope, school_id: int, from_date: date, to_date: date) -> SessionDays:
    """How many of the days between two dates, both inclusive, were in session, by grade; two or three statements.

    The caller took the school from the scope.
    """
    days = CalendarDay.objects.in_session().filter(school=school_id, date__range=(from_date, to_date))
    held = list(days.prefetch_related("grade_days"))
    alone = any(not day.in_session for day in held)
    grades = grades_at(scope, [school_id])[school_id] if alone else []
    off = [_off(day, list(day.grade_days.all()), grades) for day in held]
    return SessionDays(len(held), {each: sum(each not in day for day in off) for each in set().union(*off)})


def _off(day: CalendarDay, own: Sequence[GradeDay], grades: Sequence[str]) -> frozenset[str]:
    """The grades that have no school on a day on which others have, of the school's `grades` where only some have."""
    if day.in_session:
        return frozenset(each.grade for each in own if not each.in_session)
    return frozenset(grades) - {each.grade for each in own if each.in_session}


def _facts(
    day: CalendarDay, own: Sequence[GradeDay], held: SchoolDay, grades: Sequence[str], minutes_due: int
) -> CalendarFacts:
    shown = _shown(day, own)
    return CalendarFacts(
        day.date,
        shown.event_type,
        shown.name,
        shown.day_kind,
        day.attendance_frequency,
        shown.in_session,
        held.least_offered(grades),
        minutes_due,
        _off(day, own, grades) if shown.in_session else frozenset(),
    )


def _shown(day: CalendarDay, own: Sequence[GradeDay]) -> CalendarDay | GradeDay:
    """The day that the state is told of: the school's, or that of a grade which alone has school."""
    return day if day.in_session else next((each for each in own if each.in_session), day)
