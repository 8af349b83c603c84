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

EVERY_DAY = range(1, 8)


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


# Whether a day of a tally's week lies in a span of dates.
WITHIN = {day: f"week + {day - 1} BETWEEN first AND last" for day in EVERY_DAY}


def _of_span(standing: str, days: Iterable[int] = EVERY_DAY) -> str:
    """The student-days of a tally in a span of dates, on some days of the week."""
    columns = {day: f"{standing}_{day}" for day in days}
    part = " + ".join(f"{column} * ({WITHIN[day]})::integer" for day, column in columns.items())
    return f"CASE WHEN week >= first AND week <= last - 6 THEN {' + '.join(columns.values())} ELSE {part} END"


_SUMS = ", ".join(f"sum({each})" for each in STANDINGS)
_HELD = " + ".join(f"sum({each})" for each in STANDINGS)
_ASKED = """school_id = ANY(%(schools)s) AND (%(grade)s::text IS NULL OR grade = %(grade)s)
        AND (%(mode)s::text IS NULL OR mode = %(mode)s)"""
IN_SPAN = "(SELECT %(first)s::date AS first, %(last)s::date AS last) span"


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
        FROM attendance_weektally, {IN_SPAN}
        WHERE {_ASKED} AND ada_included AND week BETWEEN %(first)s AND %(last)s) placed
    GROUP BY school_id, week, split HAVING {_HELD} > 0
"""  # noqa: S608 - constants of this module

_WEEKDAYS = f"""
    SELECT {", ".join(f"sum(excused_{d} + unexcused_{d}) FILTER (WHERE {WITHIN[d]})" for d in EVERY_DAY)},
        {", ".join(f"sum(present_{d}) FILTER (WHERE {WITHIN[d]})" for d in EVERY_DAY)}
    FROM attendance_weektally, {IN_SPAN}
    WHERE {_ASKED} AND ada_included AND week BETWEEN %(first)s - 6 AND %(last)s
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
    statement = _by_month(EVERY_DAY if weekday is None else [weekday])
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
    counts = zip(EVERY_DAY, row[:7], row[7:], strict=True)
    return [CountedWeekday(day, absent, absent + present) for day, absent, present in counts if absent or present]


def schools_with_news(scope: Scope) -> list[int]:
    """Ids of the schools whose ledger changed since their tallies were last added up."""
    return list(WeekTally.objects.filter(settled=False).order_by("school").values_list("school", flat=True).distinct())


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
