"""The ledger's student-days, counted: from its tallies, which are exact in every transaction."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Case, IntegerField, Sum, Value, When

from attendance.models import DayTally
from attendance.rules.reporting_months import MonthRange
from students.access import Scope


class CountedDays(NamedTuple):
    """So many student-days of one kind in a school's reporting month."""

    school_id: int
    month: int
    ada_included: bool
    grade: str
    mode: str
    status: str
    absence_kind: str
    days: int


def counted_days(
    scope: Scope,
    school_ids: Iterable[int],
    months: Iterable[MonthRange],
    *,
    through: date | None = None,
    grade: str | None = None,
    mode: str | None = None,
) -> list[CountedDays]:
    """The student-days of schools by month and kind, through a date inclusive; one statement however many they are.

    The caller took the schools from the scope.
    """
    ranges = sorted(months, key=lambda each: each.starts_on)
    if not ranges:
        return []
    found = DayTally.objects.filter(
        school__in=list(school_ids), date__range=(ranges[0].starts_on, through or ranges[-1].ends_on)
    )
    if grade is not None:
        found = found.filter(grade=grade)
    if mode is not None:
        found = found.filter(mode=mode)
    columns = ("school_id", "month", "ada_included", "grade", "mode", "status", "absence_kind")
    # Ranges without a gap (RD-70): the first that has not ended is the one, so a comparison each is enough.
    placed = Case(
        *(When(date__lte=each.ends_on, then=Value(each.month)) for each in ranges), output_field=IntegerField()
    )
    counted = found.annotate(month=placed).filter(month__isnull=False).order_by().values(*columns)
    rows = counted.annotate(days=Sum("students")).filter(days__gt=0)
    return [CountedDays(*row) for row in rows.values_list(*columns, "days")]


def schools_with_news(scope: Scope) -> list[int]:
    """Ids of the schools whose ledger changed since their tallies were last added up."""
    return list(DayTally.objects.filter(settled=False).order_by("school").values_list("school", flat=True).distinct())
