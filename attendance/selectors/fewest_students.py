"""The fewest students of a day, by which small groups are left out (RD-63)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection

from attendance.models import STANDINGS
from attendance.selectors.tallies import EVERY_DAY, IN_SPAN, WITHIN
from students.access import Scope

_ON_A_DAY = [f"on_{day}" for day in EVERY_DAY]
_DAY_BY_DAY = ", ".join(f"sum({each})::integer AS {each}" for each in _ON_A_DAY)
_LEAST = f"min(least({', '.join(f'nullif({each}, 0)' for each in _ON_A_DAY)}))"
_ENROLLED = ", ".join(" + ".join(f"{each}_{day}" for each in STANDINGS) + f" AS on_{day}" for day in EVERY_DAY)
_ENROLLED_IN_SPAN = ", ".join(
    f"CASE WHEN {WITHIN[day]} THEN {' + '.join(f'{each}_{day}' for each in STANDINGS)} ELSE 0 END AS on_{day}"
    for day in EVERY_DAY
)
# Weeks are asked for by fours, numbered from the first Monday.
_WEEKS = 4
_BLOCK = f"(week - %(monday)s) / {7 * _WEEKS}"
# Rows are only ever added and taken away, so their ids tell whether anything changed.
_STAMPS = f"""
    SELECT {_BLOCK} AS block, count(*), bit_xor(hashint8extended(id, 0)) FROM attendance_weektally
    WHERE ada_included AND week BETWEEN %(monday)s AND %(last)s GROUP BY block
"""  # noqa: S608 - constants of this module

# How many are enrolled on each day of a week, by school, grade and mode. Most weeks lie in the span as a whole, and are
# added up already; of the others every row is looked at.
_MEMBERS = f"""
    SELECT week, school_id, grade, mode, {_ENROLLED} FROM attendance_weektally
    WHERE ada_included AND week BETWEEN %(first)s AND %(last)s - 6
        AND {_BLOCK} = ANY(%(blocks)s)
        AND (school_id, week) NOT IN (SELECT school_id, week FROM attendance_weektally WHERE NOT settled)
    UNION ALL SELECT week, school_id, grade, mode, {_DAY_BY_DAY} FROM (
        SELECT week, school_id, grade, mode, {_ENROLLED_IN_SPAN} FROM attendance_weektally, {IN_SPAN}
        WHERE ada_included AND week BETWEEN first - 6 AND last AND {_BLOCK} = ANY(%(blocks)s)
            AND (week < first OR week > last - 6
                OR (school_id, week) IN (SELECT school_id, week FROM attendance_weektally WHERE NOT settled))) others
    GROUP BY week, school_id, grade, mode
"""  # noqa: S608 - constants of this module


def _least(columns: str, rows: str, kept: str) -> str:
    """The fewest of a margin by block of weeks: `kept` is what it is grouped by besides."""
    return f"SELECT {_BLOCK} AS block, {columns}, {_LEAST} AS held FROM {rows} GROUP BY block{kept}"  # noqa: S608


def _of_week(columns: str, rows: str) -> str:
    return f"(SELECT week, {columns}{_DAY_BY_DAY} FROM {rows} GROUP BY {columns}week) each"  # noqa: S608


# Of each margin of school, grade and mode: the fewest students of a day on which it has any. Each margin is added up
# from the next one in, which takes half the time of a cube.
_SCHOOL = "school_id::text AS school"
_MARGINS = " UNION ALL ".join(
    [
        _least(f"{_SCHOOL}, grade, mode", "innermost", ", school_id, grade, mode"),
        _least(f"{_SCHOOL}, grade, '*'", "of_grade", ", school_id, grade"),
        _least(f"{_SCHOOL}, '*', mode", _of_week("school_id, mode, ", "innermost"), ", school_id, mode"),
        _least(f"{_SCHOOL}, '*', '*'", _of_week("school_id, ", "of_grade"), ", school_id"),
        _least("'*', grade, mode", "everywhere", ", grade, mode"),
        _least("'*', grade, '*'", _of_week("grade, ", "everywhere"), ", grade"),
        _least("'*', '*', mode", _of_week("mode, ", "everywhere"), ", mode"),
        _least("'*', '*', '*'", _of_week("", "everywhere"), ""),
    ]
)
_FEWEST = f"""
    WITH innermost AS MATERIALIZED ({_MEMBERS}), of_grade AS MATERIALIZED (
        SELECT week, school_id, grade, {_DAY_BY_DAY} FROM innermost GROUP BY 1, 2, 3
    ), everywhere AS MATERIALIZED (
        SELECT week, grade, mode, {_DAY_BY_DAY} FROM innermost GROUP BY 1, 2, 3
    ) SELECT block, school, grade, mode, held FROM ({_MARGINS}) fewest WHERE held > 0
"""  # noqa: S608 - constants of this module

_FEWEST_IN_SCHOOLS = f"""
    SELECT school_id, {_LEAST} FROM (
        SELECT school_id, {_DAY_BY_DAY} FROM (
            SELECT week, school_id, {_ENROLLED_IN_SPAN} FROM attendance_weektally, {IN_SPAN}
            WHERE ada_included AND week BETWEEN first - 6 AND last) each
        GROUP BY week, school_id) by_week
    GROUP BY school_id HAVING {_LEAST} > 0
"""  # noqa: S608 - constants of this module


Fewest = dict[tuple[str, str, str], int]
# What was found of weeks that are over, by their dates and the rows that they were found in: a year of a large district
# is half a million sums, and no row of most of its weeks changes any more.
_FOUND: dict[tuple[Any, ...], Fewest] = {}
_MOST_KEPT = 64


def fewest_on_a_day(scope: Scope, from_date: date, to_date: date) -> Fewest:
    """The fewest students counted in ADA on a day between two dates, both inclusive, by school, grade and mode.

    Of the whole district and of each margin ("*"): what small groups are left out by, whoever asks (RD-63). Two
    statements; weeks whose tallies are the very rows of the last time are not read again.
    """
    monday = from_date - timedelta(days=from_date.weekday())
    asked = {"monday": monday, "first": from_date, "last": to_date}
    stamps = {row[0]: (from_date, _end(monday, row[0], to_date), *row) for row in _rows(_STAMPS, asked)}
    # Asked once: another thread may forget them all meanwhile.
    found = {block: kept for block, stamp in stamps.items() if (kept := _FOUND.get(stamp)) is not None}
    fresh: dict[int, Fewest] = defaultdict(dict)
    for block, *margin, held in _rows(_FEWEST, asked | {"blocks": [block for block in stamps if block not in found]}):
        fresh[block][tuple(margin)] = held
    _keep({stamps[block]: fewest for block, fewest in fresh.items()})
    return _least_of([*found.values(), *fresh.values()])


def _end(monday: date, block: int, last: date) -> date:
    return min(monday + (block + 1) * _WEEKS * timedelta(days=7) - timedelta(days=1), last)


def _keep(fresh: dict[tuple[Any, ...], Fewest]) -> None:
    if len(_FOUND) + len(fresh) > _MOST_KEPT:
        _FOUND.clear()
    _FOUND.update(fresh)


def _least_of(blocks: Iterable[Fewest]) -> Fewest:
    least: Fewest = {}
    for fewest in blocks:
        for margin, held in fewest.items():
            if held < least.get(margin, held + 1):
                least[margin] = held
    return least


def fewest_in_schools(scope: Scope, from_date: date, to_date: date) -> dict[int, int]:
    """The same by school alone."""
    return dict(_rows(_FEWEST_IN_SCHOOLS, {"first": from_date, "last": to_date}))


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
