"""The days in session beside a day, in one school's calendar."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q

from attendance.models import IN_SESSION, CalendarDay
from students.access import Scope


@dataclass(frozen=True)
class Beside:
    """The school days before and after a day; the later one today at the latest. None where there is none."""

    previous: date | None
    next: date | None


def school_days_beside(scope: Scope, school_id: int, day: date) -> Beside:
    """The neighbours of a day in a school's calendar; the caller took the school from the scope."""
    session = CalendarDay.objects.filter(school=school_id, event_type__in=IN_SESSION)
    found = session.aggregate(
        previous=Max("date", filter=Q(date__lt=day)), next=Min("date", filter=Q(date__gt=day, date__lte=scope.today))
    )
    return Beside(**found)
