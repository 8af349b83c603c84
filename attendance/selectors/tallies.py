"""The ledger's student-days, counted: from its tallies, which are exact in every transaction."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractIsoWeekDay, TruncWeek

from attendance.models import AbsenceKind, DayStatus, DayTally
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


class CountedWeek(NamedTuple):
    """The student-days of a school's week that are counted in ADA, of one grade or of all ("")."""

    school_id: int
    monday: date
    grade: str
    present: int
    excused: int
    unexcused: int
    undetermined: int


class CountedWeekday(NamedTuple):
    """The student-days counted in ADA on a day of the week, 1 for Monday: absent for whatever reason, and decided."""

    weekday: int
    absent: int
    determined: int


_ABSENT = Q(status=DayStatus.ABSENT)
_EXCUSED = Q(absence_kind=AbsenceKind.EXCUSED)

# Of each margin of school, grade and mode: the fewest students of a day on which it has any.
_FEWEST = """
    SELECT coalesce(school_id::text, '*'), coalesce(grade, '*'), coalesce(mode, '*'), min(held) FROM (
        SELECT school_id, grade, mode, sum(students) AS held FROM attendance_daytally
        WHERE ada_included AND date BETWEEN %s AND %s GROUP BY date, CUBE (school_id, grade, mode)) by_day
    WHERE held > 0 GROUP BY 1, 2, 3
"""


def counted_days(
    scope: Scope,
    school_ids: Iterable[int],
    months: Iterable[MonthRange],
    *,
    through: date | None = None,
    grade: str | None = None,
    mode: str | None = None,
    weekday: int | None = None,
) -> list[CountedDays]:
    """The student-days of schools by month and kind, through a date inclusive; one statement however many they are.

    `weekday` keeps those of one day of the week, 1 for Monday.

    The caller took the schools from the scope.
    """
    ranges = sorted(months, key=lambda each: each.starts_on)
    if not ranges:
        return []
    found = _tallies(school_ids, (ranges[0].starts_on, through or ranges[-1].ends_on), grade, mode)
    if weekday is not None:
        found = found.filter(date__iso_week_day=weekday)
    columns = ("school_id", "month", "ada_included", "grade", "mode", "status", "absence_kind")
    # Ranges without a gap (RD-70): the first that has not ended is the one, so a comparison each is enough.
    placed = Case(
        *(When(date__lte=each.ends_on, then=Value(each.month)) for each in ranges), output_field=IntegerField()
    )
    counted = found.annotate(month=placed).filter(month__isnull=False).order_by().values(*columns)
    rows = counted.annotate(days=Sum("students")).filter(days__gt=0)
    return [CountedDays(*row) for row in rows.values_list(*columns, "days")]


def counted_weeks(
    scope: Scope,
    school_ids: Collection[int],
    from_date: date,
    to_date: date,
    *,
    by_grade: Collection[int] = (),
    grade: str | None = None,
    mode: str | None = None,
) -> list[CountedWeek]:
    """The student-days of schools by week, both dates inclusive, by grade too in the schools `by_grade`; one statement.

    The caller took the schools from the scope.
    """
    found = _tallies(school_ids, (from_date, to_date), grade, mode).filter(ada_included=True)
    split = Case(When(school__in=list(by_grade), then=F("grade")), default=Value(""))
    columns = ("school_id", "monday", "split")
    weeks = found.annotate(monday=TruncWeek("date"), split=split).order_by().values(*columns)
    counted = weeks.annotate(
        present=_students(Q(status=DayStatus.PRESENT)),
        excused=_students(_ABSENT & _EXCUSED),
        unexcused=_students(_ABSENT & ~_EXCUSED),
        undetermined=_students(Q(status=DayStatus.UNDETERMINED)),
        held=Sum("students"),
    ).filter(held__gt=0)
    return [CountedWeek(*row) for row in counted.values_list(*columns, *CountedWeek._fields[3:])]


def counted_weekdays(
    scope: Scope,
    school_ids: Collection[int],
    from_date: date,
    to_date: date,
    *,
    grade: str | None = None,
    mode: str | None = None,
) -> list[CountedWeekday]:
    """The student-days of schools by day of the week, both dates inclusive, Monday first; one statement.

    The caller took the schools from the scope.
    """
    found = _tallies(school_ids, (from_date, to_date), grade, mode).filter(ada_included=True)
    days = found.annotate(weekday=ExtractIsoWeekDay("date")).order_by("weekday").values("weekday")
    counted = days.annotate(absent=_students(_ABSENT), determined=_students(~Q(status=DayStatus.UNDETERMINED)))
    rows = counted.filter(determined__gt=0).values_list("weekday", "absent", "determined")
    return [CountedWeekday(*row) for row in rows]


def fewest_on_a_day(scope: Scope, from_date: date, to_date: date) -> dict[tuple[str, str, str], int]:
    """The fewest students counted in ADA on a day between two dates, both inclusive, by school, grade and mode.

    Of the whole district and of each margin ("*"): what small groups are left out by, whoever asks (RD-63).
    """
    with connection.cursor() as cursor:
        cursor.execute(_FEWEST, [from_date, to_date])
        return {(school, grade, mode): held for school, grade, mode, held in cursor.fetchall()}


def _tallies(
    school_ids: Iterable[int], dates: tuple[date, date], grade: str | None, mode: str | None
) -> QuerySet[DayTally]:
    found = DayTally.objects.filter(school__in=list(school_ids), date__range=dates)
    if grade is not None:
        found = found.filter(grade=grade)
    return found if mode is None else found.filter(mode=mode)


def _students(kind: Q) -> Coalesce:
    return Coalesce(Sum("students", filter=kind), 0)


def schools_with_news(scope: Scope) -> list[int]:
    """Ids of the schools whose ledger changed since their tallies were last added up."""
    return list(DayTally.objects.filter(settled=False).order_by("school").values_list("school", flat=True).distinct())
