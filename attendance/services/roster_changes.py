"""Brings meetings and ledger up to a changed roster, calendar, bell schedule or mode, in the change's transaction."""

from collections.abc import Iterable
from datetime import date

from attendance.models import SchoolDays
from attendance.services.ledger import judge_school, recompute
from attendance.services.meetings import sync_meetings
from students.access import Scope
from students.models import School


def follow_roster(
    scope: Scope, student_ids: Iterable[int] | None, school_ids: Iterable[int] | None, from_date: date
) -> None:
    """Judge anew what a change touches, from a date on; None means every student, or every school.

    Meetings of all schools first, days after: the order in which everything locks.
    """
    _hold_openings()
    opened = SchoolDays.objects.filter(opened_through__gte=from_date).order_by("school_id")
    touched = opened if school_ids is None else opened.filter(school__in=list(school_ids))
    for days in touched:
        sync_meetings(scope, days.school_id, from_date, days.opened_through or from_date)
    if student_ids is None:
        for days in touched:
            judge_school(scope, days, from_date, None)
        return
    latest = max((days.opened_through for days in opened if days.opened_through), default=None)
    if latest is not None:
        recompute(scope, student_ids, from_date, latest)


def _hold_openings() -> None:
    """Let no school open a day until this transaction is over: it would miss what is not committed yet."""
    known = School.objects.values_list("pk", flat=True)
    SchoolDays.objects.bulk_create([SchoolDays(school_id=each) for each in known], ignore_conflicts=True)
    list(SchoolDays.objects.order_by("school_id").select_for_update().values_list("pk"))
