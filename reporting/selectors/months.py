"""Which reporting months a school year has, and where each school's month stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Max, QuerySet, When

from attendance.models import CalendarDay
from attendance.rules.reporting_months import MonthRange
from attendance.selectors.school_years import reporting_months
from reporting.models import MonthRun, RunState
from students.access import Scope, visible_to
from students.models import School, SchoolYear
from students.refusals import NotInScope, Refused
from students.rules.rights import Right
from students.selectors.places import schools_with_right


@dataclass(frozen=True)
class SchoolMonth:
    """A reporting month (both ends inclusive) of one school; `last_day` is its last day in session there."""

    month: int
    starts_on: date
    ends_on: date
    session_days: int
    last_day: date | None

    def is_over(self, today: date) -> bool:
        """Whether its last school day has come: before that its figures are provisional (RD-10)."""
        return self.last_day is not None and self.last_day <= today


def school_with_months(scope: Scope, school_id: int) -> School:
    """A school whose months are open to this person. Raises NotInScope for every other, taught in or not."""
    school = schools_with_right(scope, Right.FIGURES).filter(pk=school_id).first()
    if school is None:
        raise NotInScope
    return school


def months_of_schools(
    scope: Scope, school_ids: Iterable[int], ranges: Iterable[MonthRange]
) -> dict[tuple[int, int], SchoolMonth]:
    """The months of schools by (school, month); one statement however many they are."""
    by_month = {each.month: each for each in ranges}
    # The date decides, as in the files: a day whose own month was left empty lies in its range all the same.
    placed = Case(
        *(When(date__range=(each.starts_on, each.ends_on), then=each.month) for each in by_month.values()),
        output_field=IntegerField(),
    )
    held = (
        CalendarDay.objects.in_session()
        .filter(school__in=list(school_ids))
        .annotate(placed=placed)
        .filter(placed__in=by_month)
        .order_by()
        .values_list("school_id", "placed")
        .annotate(Count("id"), Max("date"))
    )
    return {
        (school_id, month): SchoolMonth(month, by_month[month].starts_on, by_month[month].ends_on, days, last)
        for school_id, month, days, last in held
    }


def school_month(scope: Scope, school: School, year: SchoolYear, month: int) -> SchoolMonth:
    """One month of a school. Raises Refused where the calendar puts no school day in it."""
    months = months_of_schools(scope, [school.pk], reporting_months(scope, year))
    if held := months.get((school.pk, month)):
        return held
    raise Refused(f"{school.name} has no school day in month {month} of {year.name}. Its calendar brings them.")


def runs_of(scope: Scope, school_id: int, year: SchoolYear, month: int) -> QuerySet[MonthRun]:
    """The runs of a school's month, the newest first, without the bytes of their packages."""
    runs = visible_to(scope, MonthRun).filter(school=school_id, school_year=year, month=month)
    return runs.select_related("requested_by", "cancelled_by", "approval", "package").defer("package__content")


def newest_runs(scope: Scope, year: SchoolYear) -> QuerySet[MonthRun]:
    """The newest run of each school's month; one that was cancelled made nothing."""
    runs = visible_to(scope, MonthRun).filter(school_year=year).exclude(state=RunState.CANCELLED)
    newest = runs.order_by("school_id", "month", "-requested_at", "-id").distinct("school_id", "month")
    return visible_to(scope, MonthRun).filter(pk__in=newest.values("pk"))


def run_in_scope(scope: Scope, run_id: int) -> MonthRun:
    """A run with its school. Raises NotInScope where the school's months are not open to this person."""
    run = visible_to(scope, MonthRun).select_related("school__district", "school_year").filter(pk=run_id).first()
    if run is None:
        raise NotInScope
    return run
