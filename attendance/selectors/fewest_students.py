"""The fewest students of a day, by which small groups are left out (RD-63)."""

from datetime import date
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
# How many are enrolled on each day of a week, by school, grade and mode. Most weeks lie in the span as a whole, and are
# added up already; of the others every row is looked at.
_MEMBERS = f"""
    SELECT week, school_id, grade, mode, {_ENROLLED} FROM attendance_weektally
    WHERE ada_included AND week BETWEEN %(first)s AND %(last)s - 6
        AND (school_id, week) NOT IN (SELECT school_id, week FROM attendance_weektally WHERE NOT settled)
    UNION ALL SELECT week, school_id, grade, mode, {_DAY_BY_DAY} FROM (
        SELECT week, school_id, grade, mode, {_ENROLLED_IN_SPAN} FROM attendance_weektally, {IN_SPAN}
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
            SELECT week, school_id, {_ENROLLED_IN_SPAN} FROM attendance_weektally, {IN_SPAN}
            WHERE ada_included AND week BETWEEN first - 6 AND last) each
        GROUP BY week, school_id) by_week
    GROUP BY school_id HAVING {_LEAST} > 0
"""  # noqa: S608 - constants of this module


def fewest_on_a_day(scope: Scope, from_date: date, to_date: date) -> dict[tuple[str, str, str], int]:
    """The fewest students counted in ADA on a day between two dates, both inclusive, by school, grade and mode.

    Of the whole district and of each margin ("*"): what small groups are left out by, whoever asks (RD-63).
    """
    rows = _rows(_FEWEST, from_date, to_date)
    return {(school, grade, mode): held for school, grade, mode, held in rows}


def fewest_in_schools(scope: Scope, from_date: date, to_date: date) -> dict[int, int]:
    """The same by school alone."""
    return dict(_rows(_FEWEST_IN_SCHOOLS, from_date, to_date))


def _rows(statement: str, first: date, last: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"first": first, "last": last})
        return cursor.fetchall()
