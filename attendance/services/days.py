"""Opens school days: the meetings expected of them, and a ledger row for every enrolled student."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from attendance.models import SchoolDays
from attendance.services.ledger import judge_school
from attendance.services.meetings import write_meetings
from students.access import Scope, visible_to
from students.models import School
from students.refusals import NotInScope, Refused


@dataclass(frozen=True)
class Opened:
    """What an opening did: the days from `opened_from` (None: it was open already) to `opened_through`."""

    opened_from: date | None
    opened_through: date
    student_days: int


def open_day(scope: Scope, school_id: int, through: date) -> Opened:
    """Open a school's days up to a date, inclusive, catching up after an outage. Idempotent.

    The first time from the first day of the year's calendar on (MS-29).

    Raises Refused for a date to come: a day that has not begun can be neither present nor absent.
    """
    if through > scope.today:
        raise Refused("Only days up to today can be opened.")
    if not visible_to(scope, School).filter(pk=school_id).exists():
        raise NotInScope
    SchoolDays.objects.get_or_create(school_id=school_id)
    with transaction.atomic():
        days = SchoolDays.objects.select_for_update().get(school_id=school_id)
        if days.opened_through is not None and through <= days.opened_through:
            return Opened(None, days.opened_through, 0)
        first = _first_unopened(days, through)
        days.opened_through = through
        days.save(update_fields=["opened_through"])
        if first is None:
            return Opened(None, through, 0)
        write_meetings(scope, school_id, first, through)
        return Opened(first, through, judge_school(scope, days, first, through).judged)


def schools_to_open(scope: Scope, through: date) -> list[int]:
    """Ids of the schools whose days are not opened through a date, inclusive."""
    opened = SchoolDays.objects.filter(opened_through__gte=through).values("school_id")
    return list(visible_to(scope, School).exclude(pk__in=opened).order_by("pk").values_list("pk", flat=True))


def opened_schools(scope: Scope) -> list[int]:
    """Ids of the schools of which some day is opened."""
    opened = SchoolDays.objects.filter(opened_through__isnull=False, school__in=visible_to(scope, School))
    return list(opened.order_by("school_id").values_list("school_id", flat=True))


def _first_unopened(days: SchoolDays, through: date) -> date | None:
    unopened = days.school.calendar_days.filter(date__lte=through)
    if days.opened_through is not None:
        unopened = unopened.filter(date__gt=days.opened_through)
    return unopened.order_by("date").values_list("date", flat=True).first()
