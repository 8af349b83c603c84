"""Days of school calendars, a slice at a time."""

from datetime import date

from attendance.models import CalendarDay
from students.access import Scope, visible_to
from students.models import School
from students.selectors.slices import Slice, Window


def calendar_days(
    scope: Scope,
    *,
    window: Window,
    from_date: date | None = None,
    to_date: date | None = None,
    school_id: int | None = None,
) -> Slice[CalendarDay]:
    """Calendar days of schools in scope between two dates, both inclusive; today's where none are given."""
    days = (from_date or scope.today, to_date or scope.today)
    found = CalendarDay.objects.filter(school__in=visible_to(scope, School), date__range=days)
    if school_id is not None:
        found = found.filter(school=school_id)
    found = found.select_related("bell_schedule").prefetch_related("grade_days__bell_schedule")
    return window.of(found, "date", "school_id")
