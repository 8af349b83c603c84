"""The ledger's student-days, counted: from its tallies, which are exact in every transaction."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, IntegerField, QuerySet, Sum, Value, When

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


class CountedWeek(NamedTuple):
    """The student-days of a school's week that are counted in ADA, of one grade or of all ("").

    `number` counts weeks from the one that begins on the first day asked for, which is 0.
    """

    school_id: int
    number: int
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


# One pass over the tallies: by school and week, and by day of the week of the year asked for.
_WEEKS = """
    SELECT school_id, week, split, weekday, present, excused, unexcused, undetermined FROM (
        SELECT school_id, week, split, weekday, sum(students) AS held,
            coalesce(sum(students) FILTER (WHERE status = 'present'), 0) AS present,
            coalesce(sum(students) FILTER (WHERE status = 'absent' AND absence_kind = 'excused'), 0) AS excused,
            coalesce(sum(students) FILTER (WHERE status = 'absent' AND absence_kind <> 'excused'), 0) AS unexcused,
            coalesce(sum(students) FILTER (WHERE status = 'undetermined'), 0) AS undetermined
        FROM (
            SELECT school_id, (date - %(monday)s) / 7 AS week, status, absence_kind, students,
                CASE WHEN school_id = ANY(%(by_grade)s) THEN grade ELSE '' END AS split,
                CASE WHEN date >= %(year)s THEN (date - %(monday)s) %% 7 + 1 END AS weekday
            FROM attendance_daytally
            WHERE school_id = ANY(%(schools)s) AND ada_included AND date BETWEEN %(monday)s AND %(last)s
                AND (%(grade)s::text IS NULL OR grade = %(grade)s) AND (%(mode)s::text IS NULL OR mode = %(mode)s)
        ) placed
        GROUP BY GROUPING SETS ((school_id, week, split), (weekday))) counted
    WHERE held > 0 AND (week IS NOT NULL OR weekday IS NOT NULL) ORDER BY weekday
"""

# Of each margin of school, grade and mode: the fewest students of a day on which it has any. Each margin is added up
# from the next one in, which takes half the time of a cube.
_FEWEST = """
    WITH innermost AS MATERIALIZED (
        SELECT date, school_id::text AS school, grade, mode, sum(students)::integer AS held
        FROM attendance_daytally WHERE ada_included AND date BETWEEN %s AND %s GROUP BY 1, 2, 3, 4
    ), of_grade AS MATERIALIZED (
        SELECT date, school, grade, sum(held)::integer AS held FROM innermost GROUP BY 1, 2, 3
    ), everywhere AS MATERIALIZED (
        SELECT date, grade, mode, sum(held)::integer AS held FROM innermost GROUP BY 1, 2, 3
    ), every AS (
        SELECT school, grade, mode, held FROM innermost
        UNION ALL SELECT school, grade, '*', held FROM of_grade
        UNION ALL SELECT school, '*', mode, sum(held)::integer FROM innermost GROUP BY date, school, mode
        UNION ALL SELECT school, '*', '*', sum(held)::integer FROM of_grade GROUP BY date, school
        UNION ALL SELECT '*', grade, mode, held FROM everywhere
        UNION ALL SELECT '*', grade, '*', sum(held)::integer FROM everywhere GROUP BY date, grade
        UNION ALL SELECT '*', '*', mode, sum(held)::integer FROM everywhere GROUP BY date, mode
        UNION ALL SELECT '*', '*', '*', sum(held)::integer FROM everywhere GROUP BY date
    )
    SELECT school, grade, mode, min(held) FROM every WHERE held > 0 GROUP BY 1, 2, 3
"""

_FEWEST_IN_SCHOOLS = """
    SELECT school_id, min(held) FROM (
        SELECT school_id, sum(students) AS held FROM attendance_daytally
        WHERE ada_included AND date BETWEEN %s AND %s GROUP BY date, school_id) by_day
    WHERE held > 0 GROUP BY school_id
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
    monday: date,
    last: date,
    *,
    year: date,
    by_grade: Collection[int] = (),
    grade: str | None = None,
    mode: str | None = None,
) -> tuple[list[CountedWeek], list[CountedWeekday]]:
    """The student-days of schools by week from a Monday to a last day, both inclusive, and by day of the week from the
    day `year` on; by grade too in the schools `by_grade`. One statement.

    The caller took the schools from the scope.
    """
    asked = {"schools": list(school_ids), "by_grade": list(by_grade), "grade": grade, "mode": mode}
    with connection.cursor() as cursor:
        cursor.execute(_WEEKS, {**asked, "monday": monday, "last": last, "year": year})
        rows = cursor.fetchall()
    weeks = [CountedWeek(*row[:3], *row[4:]) for row in rows if row[3] is None]
    return weeks, [CountedWeekday(row[3], row[5] + row[6], sum(row[4:7])) for row in rows if row[3] is not None]


def fewest_on_a_day(scope: Scope, from_date: date, to_date: date) -> dict[tuple[str, str, str], int]:
    """The fewest students counted in ADA on a day between two dates, both inclusive, by school, grade and mode.

    Of the whole district and of each margin ("*"): what small groups are left out by, whoever asks (RD-63).
    """
    with connection.cursor() as cursor:
        cursor.execute(_FEWEST, [from_date, to_date])
        return {(school, grade, mode): held for school, grade, mode, held in cursor.fetchall()}


def fewest_in_schools(scope: Scope, from_date: date, to_date: date) -> dict[int, int]:
    """The same by school alone."""
    with connection.cursor() as cursor:
        cursor.execute(_FEWEST_IN_SCHOOLS, [from_date, to_date])
        return dict(cursor.fetchall())


def _tallies(
    school_ids: Iterable[int], dates: tuple[date, date], grade: str | None, mode: str | None
) -> QuerySet[DayTally]:
    found = DayTally.objects.filter(school__in=list(school_ids), date__range=dates)
    if grade is not None:
        found = found.filter(grade=grade)
    return found if mode is None else found.filter(mode=mode)


def schools_with_news(scope: Scope) -> list[int]:
    """Ids of the schools whose ledger changed since their tallies were last added up."""
    return list(DayTally.objects.filter(settled=False).order_by("school").values_list("school", flat=True).distinct())
