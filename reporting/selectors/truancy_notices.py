"""The notices of truancy that belong to a month (ST-02); one statement."""

from datetime import date

from django.db.models import Q

from interventions.models import TruancyNotice
from reporting.rules.facts import NoticeFact
from students.access import Scope
from students.clock import local_date


def truancy_notices(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[NoticeFact]:
    """The notices of a school that are due, or were reported, from one day to another, both inclusive; as they stand.

    One that was withdrawn says when. The caller took the school from the scope.
    """
    days = (from_date, to_date)
    of_month = TruancyNotice.objects.filter(Q(due_on__range=days) | Q(reported_on__range=days), school=school_id)
    return [
        NoticeFact(
            each.student_id,
            each.threshold,
            each.is_final,
            each.crossed_on,
            each.due_on,
            each.reported_on,
            local_date(each.withdrawn_at, scope.zone) if each.withdrawn_at else None,
        )
        for each in of_month.order_by("student_id", "threshold", "pk")
    ]
