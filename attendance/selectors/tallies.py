"""The ledger's student-days, counted: from its tallies, which are exact in every transaction.

A tally is a week in one row, a number for each of its days; a span of dates takes whole weeks, and of those at its ends
the days that lie in it.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from attendance.models import STANDINGS, WeekTally
from attendance.rules.reporting_months import MonthRange
from students.access import Scope

_EVERY_DAY = range(1, 8)


class CountedDays(NamedTuple):
    """The student-days of one kind in a school's reporting month."""

    school_id: int
    month: int
    ada_included: bool
    grade: str
    mode: str
    present: int
    excused: int
    unexcused: int
    undetermined: int

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """The days present, excused, unexcused and undetermined."""
        return self[5:]


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

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """The days present, excused, unexcused and undetermined."""
        return self[3:]


class CountedWeekday(NamedTuple):
    """The student-days counted in ADA on a day of the week, 1 for Monday: absent for whatever reason, and decided."""

    weekday: int
    absent: int
    determined: int


def _within(day: int) -> str:
    """Whether a day of a tally's week lies in a span of dates."""
    return f"week + {day - 1} BETWEEN first AND last"


def _of_span(standing: str, days: Iterable[int] = _EVERY_DAY) -> str:
    """The student-days of a tally in a span of dates, on some days of the week."""
    columns = {day: f"{standing}_{day}" for day in days}
    part = " + ".join(f"{column} * ({_within(day)})::integer" for day, column in columns.items())
    return f"CASE WHEN week >= first AND week <= last - 6 THEN {' + '.join(columns.values())} ELSE {part} END"


_SUMS = ", ".join(f"sum({each})" for each in STANDINGS)
_HELD = " + ".join(f"sum({each})" for each in STANDINGS)
_ASKED = """school_id = ANY(%(schools)s) AND (%(grade)s::text IS NULL OR grade = %(grade)s)
        AND (%(mode)s::text IS NULL OR mode = %(mode)s)"""
_IN_SPAN = "(SELECT %(first)s::date AS first, %(last)s::date AS last) span"


def _by_month(days: Iterable[int]) -> str:
    counts = ", ".join(f"{_of_span(each, days)} AS {each}" for each in STANDINGS)
    return f"""
        SELECT school_id, month, ada_included, grade, mode, {_SUMS} FROM (
            SELECT school_id, month, ada_included, grade, mode, {counts} FROM attendance_weektally
            JOIN unnest(%(months)s, %(starts)s::date[], %(ends)s::date[]) span(month, first, last)
                ON week BETWEEN first - 6 AND last
            WHERE {_ASKED} AND week BETWEEN %(first)s - 6 AND %(last)s) placed
        GROUP BY school_id, month, ada_included, grade, mode HAVING {_HELD} > 0
    """  # noqa: S608 - constants of this module


_WEEKS = f"""
    SELECT school_id, (week - %(first)s) / 7, split, {_SUMS} FROM (
        SELECT school_id, week, CASE WHEN school_id = ANY(%(by_grade)s) THEN grade ELSE '' END AS split,
            {", ".join(f"{_of_span(each)} AS {each}" for each in STANDINGS)}
        FROM attendance_weektally, {_IN_SPAN}
        WHERE {_ASKED} AND ada_included AND week BETWEEN %(first)s AND %(last)s) placed
    GROUP BY school_id, week, split HAVING {_HELD} > 0
"""  # noqa: S608 - constants of this module

_WEEKDAYS = f"""
    SELECT {", ".join(f"sum(excused_{d} + unexcused_{d}) FILTER (WHERE {_within(d)})" for d in _EVERY_DAY)},
        {", ".join(f"sum(present_{d}) FILTER (WHERE {_within(d)})" for d in _EVERY_DAY)}
    FROM attendance_weektally, {_IN_SPAN}
    WHERE {_ASKED} AND ada_included AND week BETWEEN %(first)s - 6 AND %(last)s
"""  # noqa: S608 - constants of this module

_ON_A_DAY = [f"on_{day}" for day in _EVERY_DAY]
_DAY_BY_DAY = ", ".join(f"sum({each})::integer AS {each}" for each in _ON_A_DAY)
_LEAST = f"min(least({', '.join(f'nullif({each}, 0)' for each in _ON_A_DAY)}))"
_ENROLLED = ", ".join(" + ".join(f"{each}_{day}" for each in STANDINGS) + f" AS on_{day}" for day in _EVERY_DAY)
_ENROLLED_IN_SPAN = ", ".join(
    f"CASE WHEN {_within(day)} THEN {' + '.join(f'{each}_{day}' for each in STANDINGS)} ELSE 0 END AS on_{day}"
    for day in _EVERY_DAY
)
# How many are enrolled on each day of a week, by school, grade and mode. Most weeks lie in the span as a whole, and are
# added up already; of the others every row is looked at.
_MEMBERS = f"""
    SELECT week, school_id, grade, mode, {_ENROLLED} FROM attendance_weektally
    WHERE ada_included AND week BETWEEN %(first)s AND %(last)s - 6
        AND (school_id, week) NOT IN (SELECT school_id, week FROM attendance_weektally WHERE NOT settled)
    UNION ALL SELECT week, school_id, grade, mode, {_DAY_BY_DAY} FROM (
        SELECT week, school_id, grade, mode, {_ENROLLED_IN_SPAN} FROM attendance_weektally, {_IN_SPAN}
        WHERE ada_included AND week BETWEEN first - 6 AND last AND (week < first OR week > last - 6
            OR (school_id, week) IN (SELECT school_id, week FROM attendance_weektally WHERE NOT settled))) others
    GROUP BY week, school_id, grade, mode
"""  # noqa: S608 - constants of this module

# Of each margin of school, grade and mode: the fewest students of a day on which it has any. Each margin is added up
# from the next one in, which takes half the time of a cube.
_FEWEST = f"""
    WITH innermost AS MATERIALIZED ({_MEMBERS}), of_grade AS MATERIALIZED (
        SELECT week, school_id, grade, {_DAY_BY_DAY} FROM innermost GROUP BY 1, 2, 3
    ), everywhere AS MATERIALIZED (
        SELECT week, grade, mode, {_DAY_BY_DAY} FROM innermost GROUP BY 1, 2, 3
    ), fewest AS (
        SELECT school_id::text AS school, grade, mode, {_LEAST} AS held FROM innermost GROUP BY school_id, grade, mode
        UNION ALL SELECT school_id::text, grade, '*', {_LEAST} FROM of_grade GROUP BY school_id, grade
        UNION ALL SELECT school_id::text, '*', mode, {_LEAST} FROM (
            SELECT school_id, mode, {_DAY_BY_DAY} FROM innermost GROUP BY week, school_id, mode) each
        GROUP BY school_id, mode
        UNION ALL SELECT school_id::text, '*', '*', {_LEAST} FROM (
            SELECT school_id, {_DAY_BY_DAY} FROM of_grade GROUP BY week, school_id) each GROUP BY school_id
        UNION ALL SELECT '*', grade, mode, {_LEAST} FROM everywhere GROUP BY grade, mode
        UNION ALL SELECT '*', grade, '*', {_LEAST} FROM (
            SELECT grade, {_DAY_BY_DAY} FROM everywhere GROUP BY week, grade) each GROUP BY grade
        UNION ALL SELECT '*', '*', mode, {_LEAST} FROM (
            SELECT mode, {_DAY_BY_DAY} FROM everywhere GROUP BY week, mode) each GROUP BY mode
        UNION ALL SELECT '*', '*', '*', {_LEAST} FROM (
            SELECT {_DAY_BY_DAY} FROM everywhere GROUP BY week) each
    )
    SELECT school, grade, mode, held FROM fewest WHERE held > 0
"""  # noqa: S608 - constants of this module

_FEWEST_IN_SCHOOLS = f"""
    SELECT school_id, {_LEAST} FROM (
        SELECT school_id, {_DAY_BY_DAY} FROM (
            SELECT week, school_id, {_ENROLLED_IN_SPAN} FROM attendance_weektally, {_IN_SPAN}
            WHERE ada_included AND week BETWEEN first - 6 AND last) each
        GROUP BY week, school_id) by_week
    GROUP BY school_id HAVING {_LEAST} > 0
"""  # noqa: S608 - constants of this module


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
    ranges = list(months)
    if not ranges:
        return []
    ends = [min(each.ends_on, through or each.ends_on) for each in ranges]
    asked: dict[str, Any] = {"schools": list(school_ids), "grade": grade, "mode": mode}
    asked |= {"first": min(each.starts_on for each in ranges), "last": max(ends)}
    asked |= {"months": [each.month for each in ranges], "starts": [each.starts_on for each in ranges], "ends": ends}
    statement = _by_month(_EVERY_DAY if weekday is None else [weekday])
    return [CountedDays(*row) for row in _rows(statement, asked)]


def counted_weeks(
    scope: Scope,
    school_ids: Collection[int],
    monday: date,
    last: date,
    *,
    by_grade: Collection[int] = (),
    grade: str | None = None,
    mode: str | None = None,
) -> list[CountedWeek]:
    """The student-days of schools by week from a Monday to a last day, both inclusive; by grade too in the schools
    `by_grade`. One statement.

    The caller took the schools from the scope.
    """
    asked = {"schools": list(school_ids), "by_grade": list(by_grade), "grade": grade, "mode": mode}
    return [CountedWeek(*row) for row in _rows(_WEEKS, {**asked, "first": monday, "last": last})]


def counted_weekdays(
    scope: Scope,
    school_ids: Collection[int],
    first: date,
    last: date,
    *,
    grade: str | None = None,
    mode: str | None = None,
) -> list[CountedWeekday]:
    """The student-days of schools by day of the week between two dates, both inclusive; one statement.

    Days of the week on which nothing is decided are not among them. The caller took the schools from the scope.
    """
    asked = {"schools": list(school_ids), "grade": grade, "mode": mode, "first": first, "last": last}
    (row,) = _rows(_WEEKDAYS, asked)
    counts = zip(_EVERY_DAY, row[:7], row[7:], strict=True)
    return [CountedWeekday(day, absent, absent + present) for day, absent, present in counts if absent or present]


def fewest_on_a_day(scope: Scope, from_date: date, to_date: date) -> dict[tuple[str, str, str], int]:
    """The fewest students counted in ADA on a day between two dates, both inclusive, by school, grade and mode.

    Of the whole district and of each margin ("*"): what small groups are left out by, whoever asks (RD-63).
    """
    rows = _rows(_FEWEST, {"first": from_date, "last": to_date})
    return {(school, grade, mode): held for school, grade, mode, held in rows}


def fewest_in_schools(scope: Scope, from_date: date, to_date: date) -> dict[int, int]:
    """The same by school alone."""
    return dict(_rows(_FEWEST_IN_SCHOOLS, {"first": from_date, "last": to_date}))


def schools_with_news(scope: Scope) -> list[int]:
    """Ids of the schools whose ledger changed since their tallies were last added up."""
    return list(WeekTally.objects.filter(settled=False).order_by("school").values_list("school", flat=True).distinct())


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
