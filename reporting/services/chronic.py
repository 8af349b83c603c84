"""Counts chronic absence of a school, month by month, and adds up its ledger's tallies on the way."""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.db.models import Case, Count, IntegerField, Max, Q, Value, When

from attendance.models import DailyAttendance, DayStatus
from attendance.rules.reporting_months import MonthRange
from attendance.selectors.school_years import reporting_months, school_year
from attendance.selectors.tallies import schools_with_news
from attendance.services.tallies import settle_tallies
from reporting.models import ChronicCount
from reporting.rules.chronic import Group, SoFar, Stay, students_by_month
from students.access import Scope
from students.models import SchoolYear

COUNT_TASK = "reporting.count_school"
# With the school's id the lock that two workers at one school would both need.
_COUNTING = 1122


def count_school(scope: Scope, school_id: int) -> int:
    """Count a school's chronic absence anew, and how many groups it has; a second worker waits for the first.

    The tallies are added up first: what changes afterwards is news again, and counted the next time.
    Raises Refused where there is no school year, or its calendars contradict each other.
    """
    year = school_year(scope)
    months = reporting_months(scope, year)
    with transaction.atomic():
        _alone(school_id)
        settle_tallies(scope, school_id)
        counts = _counts(scope, school_id, year, months) if months else []
        ChronicCount.objects.filter(school=school_id, school_year=year).delete()
        ChronicCount.objects.bulk_create(counts)
    return len(counts)


def count_news(scope: Scope) -> int:
    """Count every school whose ledger changed since it was last counted; how many they were. Raises Refused."""
    schools = schools_with_news(scope)
    for school_id in schools:
        count_school(scope, school_id)
    return len(schools)


def _alone(school_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_COUNTING, school_id])


def _counts(scope: Scope, school_id: int, year: SchoolYear, months: Iterable[MonthRange]) -> list[ChronicCount]:
    return [
        _count_of(scope, school_id, year, month, group, students)
        for month, groups in students_by_month(_stays(school_id, list(months)))
        for group, students in groups.items()
    ]


def _stays(school_id: int, months: list[MonthRange]) -> Iterator[Stay]:
    days = DailyAttendance.objects.filter(school=school_id, date__range=(months[0].starts_on, months[-1].ends_on))
    placed = Case(
        *(When(date__lte=each.ends_on, then=Value(each.month)) for each in months), output_field=IntegerField()
    )
    counted = (
        days.annotate(month=placed)
        .order_by()
        .values("student_id", "month", "grade", "mode")
        .annotate(
            enrolled=Count("id"),
            determined=Count("id", filter=~Q(status=DayStatus.UNDETERMINED)),
            absent=Count("id", filter=Q(status=DayStatus.ABSENT)),
            last_on=Max("date"),
        )
    )
    return (Stay(*row) for row in counted.values_list(*Stay._fields))


def _count_of(
    scope: Scope, school_id: int, year: SchoolYear, month: int, group: Group, students: list[SoFar]
) -> ChronicCount:
    chronic = [each for each in students if each.is_chronic]
    return ChronicCount(
        school_id=school_id,
        school_year=year,
        month=month,
        grade=group[0],
        mode=group[1],
        students=len(students),
        chronic=len(chronic),
        student_ids=[each.student_id for each in chronic],
        days_absent=[each.absent for each in chronic],
        days_determined=[each.determined for each in chronic],
        counted_at=scope.now,
    )
