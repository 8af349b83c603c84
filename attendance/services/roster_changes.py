"""Brings meetings and ledger up to a changed roster, calendar, bell schedule or mode, in the change's transaction."""

from collections.abc import Iterable
from datetime import date

from attendance.models import SchoolDays
from attendance.services.ledger import Rebuilt, judge_school, recompute, students_of
from attendance.services.meetings import sync_meetings
from students.access import Scope
from students.models import School
from students.services.amending import lift_freeze


def follow_roster(
    scope: Scope, student_ids: Iterable[int] | None, school_ids: Iterable[int] | None, from_date: date
) -> None:
    """Judge anew what a change touches, from a date on; None means every student, or every school.

    Meetings of all schools first, days after: the order in which everything locks.
    """
    hold_openings(scope)
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


def follow_calendar(scope: Scope, school_ids: Iterable[int], from_date: date, to_date: date) -> Rebuilt:
    """Judge anew the days of schools whose calendar changed, both dates inclusive; none after them hangs on those.

    The caller holds the openings. The students of all schools at once, since days are locked student by student.
    """
    opened = list(SchoolDays.objects.filter(opened_through__gte=from_date, school__in=list(school_ids)))
    for days in sorted(opened, key=lambda each: each.school_id):
        sync_meetings(scope, days.school_id, from_date, to_date)
    students = {each for days in opened for each in students_of(scope, days.school_id, from_date, to_date)}
    latest = max((days.opened_through for days in opened if days.opened_through), default=from_date)
    return recompute(scope, students, from_date, min(to_date, latest))


def hold_openings(scope: Scope) -> None:
    """Let no school open a day until this transaction is over: it would miss what is not committed yet."""
    lift_freeze(scope)
    known = School.objects.values_list("pk", flat=True)
    SchoolDays.objects.bulk_create([SchoolDays(school_id=each) for each in known], ignore_conflicts=True)
    list(SchoolDays.objects.order_by("school_id").select_for_update().values_list("pk"))
