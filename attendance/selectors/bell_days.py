"""What rings by a bell schedule, and on which days."""

from datetime import date

from django.db.models import Q

from attendance.models import IN_SESSION, BellSchedule, CalendarDay
from attendance.rules.bells import BellRow
from students.access import Scope


def days_that_ring(scope: Scope, schedule: BellSchedule, from_date: date) -> list[date]:
    """The school days from a date on, inclusive, on which a schedule rings for the school or for a grade of it.

    The caller took the schedule from the scope.
    """
    own = Q(grade_days__bell_schedule=schedule, grade_days__event_type__in=IN_SESSION)
    whole = Q(bell_schedule=schedule, event_type__in=IN_SESSION)
    days = CalendarDay.objects.filter(whole | own, school=schedule.school_id, date__gte=from_date)
    return list(days.order_by("date").values_list("date", flat=True).distinct())


def rows_on(scope: Scope, schedule: BellSchedule, day: date) -> list[BellRow]:
    """The rows of a schedule that ring on a day, by time. The caller took the schedule from the scope."""
    rows = schedule.periods.order_by("starts_at", "name", "grades")
    return [row.row for row in rows if row.holds_on(day)]
