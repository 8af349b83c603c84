"""Marks of classes taken, counted: from their tallies, which are exact in every transaction.

The callers took the schools from the scope.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Sum

from attendance.models import MarkStatus, MarkTally
from attendance.rules.mark_counts import CountedMarks, Marked
from attendance.rules.reporting_months import MonthRange
from students.access import Scope

_COUNTS = "sum(present), sum(tardy), sum(left_early), sum(absent)"
_MARKS = "sum(present + tardy + left_early + absent)"

# The year 1 begins on a Monday. Whole numbers, since it is asked of every tally of two years.
_WEEKDAY = "(date - date '0001-01-01') %% 7 + 1"

# Months without a gap (RD-70): the last that has begun is the one.
_BY_PERIOD = f"""
    SELECT school_id, period, weekday, month, {_COUNTS} FROM (
        SELECT school_id, period, {_WEEKDAY} AS weekday,
            width_bucket(date, %(starts)s::date[]) AS month, present, tardy, left_early, absent
        FROM attendance_marktally
        WHERE school_id = ANY(%(schools)s) AND date BETWEEN %(first)s AND %(last)s) placed
    GROUP BY school_id, period, weekday, month HAVING {_MARKS} > 0
"""  # noqa: S608 - constants of this module

_BY_WEEK = f"""
    SELECT (date - %(monday)s) / 7 AS week, {_COUNTS} FROM attendance_marktally
    WHERE school_id = ANY(%(schools)s) AND date BETWEEN %(monday)s AND %(last)s
        AND (%(period)s::text IS NULL OR period = %(period)s)
        AND (%(weekday)s::integer IS NULL OR {_WEEKDAY} = %(weekday)s)
        AND (%(all)s OR (school_id, period) IN (SELECT * FROM unnest(%(in_schools)s::bigint[], %(periods)s::text[])))
    GROUP BY week HAVING {_MARKS} > 0
"""  # noqa: S608 - constants of this module

# A day tells how many students a period has only once all its classes are taken: the fullest day of a month's Mondays.
_FEWEST = f"""
    SELECT school_id, period, min(fullest) FROM (
        SELECT school_id, period, max(marks) AS fullest FROM (
            SELECT school_id, period, date, {_MARKS} AS marks FROM attendance_marktally
            WHERE date BETWEEN %s AND %s GROUP BY school_id, period, date) by_day
        WHERE marks > 0 GROUP BY school_id, period, date_trunc('month', date::timestamp), {_WEEKDAY}) by_weekday
    GROUP BY school_id, period
"""  # noqa: S608 - constants of this module


def counted_marks(
    scope: Scope, school_ids: Collection[int], months: Sequence[MonthRange], through: date
) -> list[CountedMarks]:
    """The marks of schools by period, day of the week and reporting month, through a date inclusive; one statement."""
    if not months:
        return []
    asked: dict[str, Any] = {"schools": list(school_ids), "starts": [each.starts_on for each in months]}
    asked |= {"first": months[0].starts_on, "last": min(months[-1].ends_on, through)}
    with connection.cursor() as cursor:
        cursor.execute(_BY_PERIOD, asked)
        return [
            CountedMarks(school, period, weekday, months[place - 1].month, present, tardy, left_early, absent)
            for school, period, weekday, place, present, tardy, left_early, absent in cursor.fetchall()
        ]


def counted_mark_weeks(
    scope: Scope,
    school_ids: Collection[int],
    monday: date,
    last: date,
    *,
    period: str | None = None,
    weekday: int | None = None,
    shown: Collection[tuple[int, str]] | None = None,
) -> dict[int, Marked]:
    """The marks by week, 0 for the one that begins on a Monday, to a last day inclusive; one statement.

    `shown` are the periods of schools that are counted, None for all.
    """
    asked: dict[str, Any] = {
        "schools": list(school_ids),
        "monday": monday,
        "last": last,
        "period": period,
        "weekday": weekday,
    }
    pairs = list(shown or ())
    asked |= {"all": shown is None, "in_schools": [each[0] for each in pairs], "periods": [each[1] for each in pairs]}
    with connection.cursor() as cursor:
        cursor.execute(_BY_WEEK, asked)
        return {week: Marked(*counts) for week, *counts in sorted(cursor.fetchall())}


def fewest_in_periods(scope: Scope, from_date: date, to_date: date) -> dict[tuple[int, str], int]:
    """How many students each period of each school has at the least, between two dates, both inclusive.

    On a day of the week in a calendar month it has as many as were marked on the fullest such day. Of the whole
    district, whoever asks: what small groups are left out by (RD-63).
    """
    with connection.cursor() as cursor:
        cursor.execute(_FEWEST, [from_date, to_date])
        return {(school, period): held for school, period, held in cursor.fetchall()}


def marks_by_day(
    scope: Scope,
    school_id: int,
    dates: tuple[date, date],
    *,
    period: str | None = None,
    weekday: int | None = None,
    status: str = "",
) -> list[tuple[date, int]]:
    """How many marks of a status ("" for any) a school's days between two dates have, the first first; none is left
    out.
    """
    found = MarkTally.objects.filter(school=school_id, date__range=dates)
    if period is not None:
        found = found.filter(period=period)
    if weekday is not None:
        found = found.filter(date__iso_week_day=weekday)
    every = F("present") + F("tardy") + F("left_early") + F("absent")
    by_day = found.order_by("date").values("date").annotate(marks=Sum(F(status) if status in MarkStatus else every))
    return list(by_day.filter(marks__gt=0).values_list("date", "marks"))
