"""What a date is in the calendars of some schools, and the school days beside it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q

from attendance.models import CalendarDay, SchoolDays
from students.access import Scope
from students.models import School


@dataclass(frozen=True, slots=True)
class Beside:
    """The school days before and after a day; the later one today at the latest. None where there is none."""

    previous: date | None
    next: date | None


@dataclass(frozen=True, slots=True)
class SchoolDayNews:
    """A date in the calendar; `name` says why there is no school."""

    in_session: bool
    name: str
    is_opened: bool
    beside: Beside


def session_days(
    scope: Scope, school_ids: Collection[int], from_date: date, to_date: date = date.max
) -> dict[int, list[date]]:
    """The days on which schools are in session, in order, by school and both dates inclusive; one statement.

    The caller took the schools from the scope.
    """
    found: dict[int, list[date]] = defaultdict(list)
    held = CalendarDay.objects.in_session().filter(school__in=list(school_ids), date__range=(from_date, to_date))
    for school_id, day in held.order_by("date").values_list("school_id", "date"):
        found[school_id].append(day)
    return found


def school_days_beside(scope: Scope, school_ids: Collection[int], day: date) -> Beside:
    """The neighbours of a day in the calendars of some schools, which the caller took from the scope."""
    session = CalendarDay.objects.in_session().filter(school__in=school_ids)
    found = session.aggregate(
        previous=Max("date", filter=Q(date__lt=day)), next=Min("date", filter=Q(date__gt=day, date__lte=scope.today))
    )
    return Beside(**found)


def school_day_news(scope: Scope, sections: Collection[int], day: date) -> SchoolDayNews:
    """The news of a date for the schools of some sections, which the caller took from the scope."""
    schools = list(School.objects.filter(sections__in=sections).distinct().values_list("pk", flat=True))
    days = list(CalendarDay.objects.filter(school__in=schools, date=day))
    opened = SchoolDays.objects.filter(school__in=schools, opened_through__gte=day)
    return SchoolDayNews(
        in_session=CalendarDay.objects.in_session().filter(pk__in=[each.pk for each in days]).exists(),
        name=next((each.name or each.get_event_type_display() for each in days if not each.in_session), ""),
        is_opened=opened.exists(),
        beside=school_days_beside(scope, schools, day),
    )
