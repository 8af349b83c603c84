"""Asking for a school's month."""

from uuid import UUID

from django.db.models import Q

from attendance.selectors.school_years import school_year
from reporting.models import MonthRun, RunState
from reporting.rules.wording import day_in_words
from reporting.selectors.months import SchoolMonth, runs_of, school_month, school_with_months
from students.access import Scope
from students.refusals import Forbidden, Refused

_UNFINISHED = Q(state__in=(RunState.WAITING, RunState.RUNNING))


def request_month(
    scope: Scope, school_id: int, month: int, *, submission_id: UUID, first_year: int | None = None
) -> MonthRun:
    """Ask for a school's month to be built; the same request sent twice, or a second one while it runs, is one run.

    Raises NotInScope, Forbidden for who does not administer the school, and Refused for a month that has no school day
    or is not over: a provisional month is not packaged (RD-10).
    """
    school = school_with_months(scope, school_id)
    if not scope.administers(school_id):
        raise Forbidden("Only an administrator of the school builds its months.")
    year = school_year(scope, first_year)
    asked = school_month(scope, school, year, month)
    _refuse_provisional(scope, asked)
    run = MonthRun(
        school=school,
        school_year=year,
        month=month,
        starts_on=asked.starts_on,
        ends_on=asked.ends_on,
        submission_id=submission_id,
        requested_by_id=scope.user_id,
        requested_at=scope.now,
        days_total=asked.session_days,
    )
    # Two clicks at once, or two people: the constraints let one row in, and everybody gets that one.
    MonthRun.objects.bulk_create([run], ignore_conflicts=True)
    runs = runs_of(scope, school.pk, year, month)
    first = runs.filter(Q(submission_id=submission_id) | _UNFINISHED).first() or runs.first()
    if first is None:
        raise Refused("This request was sent for another month. Open the month's page again and build it there.")
    return first


def _refuse_provisional(scope: Scope, asked: SchoolMonth) -> None:
    if asked.is_over(scope.today) or asked.last_day is None:
        return
    raise Refused(
        f"Month {asked.month} ends on {day_in_words(asked.last_day)}. Until then its figures are provisional, "
        "and a provisional month is not packaged."
    )
