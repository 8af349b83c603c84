"""What a date is in the calendars of some sections' schools, and the school days beside it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q

from attendance.models import IN_SESSION, CalendarDay, SchoolDays
from students.access import Scope
from students.models import School


@dataclass(frozen=True, slots=True)
class SchoolDayNews:
    """A date in the calendar; `name` says why there is no school. `previous` and `next` are days in session,
    the next one today at the latest.
    """

    in_session: bool
    name: str
    is_opened: bool
    previous: date | None
    next: date | None


def school_day_news(scope: Scope, sections: Collection[int], day: date) -> SchoolDayNews:
    """The news of a date for the schools of some sections, which the caller took from the scope."""
    schools = list(School.objects.filter(sections__in=sections).distinct().values_list("pk", flat=True))
    held = Q(school__in=schools, event_type__in=IN_SESSION)
    beside = CalendarDay.objects.aggregate(
        previous=Max("date", filter=held & Q(date__lt=day)),
        next=Min("date", filter=held & Q(date__gt=day, date__lte=scope.today)),
    )
    days = list(CalendarDay.objects.filter(school__in=schools, date=day))
    opened = SchoolDays.objects.filter(school__in=schools, opened_through__gte=day)
    return SchoolDayNews(
        in_session=any(each.in_session for each in days),
        name=next((each.name or each.get_event_type_display() for each in days if not each.in_session), ""),
        is_opened=opened.exists(),
        previous=beside["previous"],
        next=beside["next"],
    )
