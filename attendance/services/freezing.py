"""Freezing the days of a certified month (D13); students/services/amending.py lifts it for one change."""

from datetime import date

from django.db import connection

from attendance.models import FrozenMonth, SchoolDays
from students.access import Scope

# With the school's id the lock that every writer of its days shares (the triggers), and a certification takes alone.
_DAYS_OF_A_SCHOOL = 1120


def hold_still(scope: Scope, school_id: int) -> None:
    """Let nobody change a day of a school until the caller's transaction is over; those who are at it finish first.

    Openings first, as everywhere: whoever changes a roster or a calendar holds them before any day.
    """
    SchoolDays.objects.get_or_create(school_id=school_id)
    SchoolDays.objects.select_for_update().get(school_id=school_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_DAYS_OF_A_SCHOOL, school_id])


def freeze(scope: Scope, school_id: int, starts_on: date, ends_on: date) -> None:
    """Freeze a school's days, both inclusive, in the transaction that holds them still; frozen already is no matter."""
    month = {"school_id": school_id, "starts_on": starts_on, "ends_on": ends_on}
    FrozenMonth.objects.get_or_create(**month, defaults={"frozen_at": scope.now})
