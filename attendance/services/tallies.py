"""Keeps the ledger's tallies short and proves them.

No lock is needed against those who save: each sum is taken in one statement, and rows that come meanwhile stay.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction

from students.access import Scope

_MENDING = 1121
_KIND = "school_id, date, grade, ada_included, mode, status, absence_kind"

_SETTLE = f"""
    WITH taken AS (
        DELETE FROM attendance_daytally WHERE (school_id, date) IN (
            SELECT school_id, date FROM attendance_daytally WHERE school_id = %(school)s AND NOT settled)
        RETURNING {_KIND}, students)
    INSERT INTO attendance_daytally ({_KIND}, students, settled)
    SELECT {_KIND}, sum(students), true FROM taken GROUP BY {_KIND} HAVING sum(students) <> 0
"""  # noqa: S608 - constants of this module

_WHERE = "school_id = ANY(%(schools)s) AND date BETWEEN %(first)s AND %(last)s"
# What the tallies lack of the ledger, in one statement and so at one instant.
_LACKING = f"""
    SELECT {_KIND}, sum(days)::integer AS students FROM (
        SELECT {_KIND}, count(*) AS days FROM attendance_dailyattendance WHERE {_WHERE} GROUP BY {_KIND}
        UNION ALL
        SELECT {_KIND}, -sum(students) FROM attendance_daytally WHERE {_WHERE} GROUP BY {_KIND}) both_sides
    GROUP BY {_KIND} HAVING sum(days) <> 0
"""  # noqa: S608 - constants of this module
_MEND = f"INSERT INTO attendance_daytally ({_KIND}, students) {_LACKING}"


def settle_tallies(scope: Scope, school_id: int) -> None:
    """Add up what changed in a school since the last time, a row for each kind of day of a date."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {"school": school_id})


def wrong_tallies(
    scope: Scope, school_ids: Iterable[int], from_date: date | None = None, to_date: date | None = None
) -> int:
    """Of how many kinds of days the tallies are not what the ledger holds, both dates inclusive; 0 is as it must be."""
    with connection.cursor() as cursor:
        cursor.execute(_LACKING, _asked(school_ids, from_date, to_date))
        return len(cursor.fetchall())


def mend_tallies(
    scope: Scope, school_ids: Iterable[int], from_date: date | None = None, to_date: date | None = None
) -> int:
    """Write what the tallies lack of the ledger, both dates inclusive; of how many kinds of days it was."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Two who mend at once would each add the same.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MENDING])
        cursor.execute(_MEND, _asked(school_ids, from_date, to_date))
        return cursor.rowcount


def _asked(school_ids: Iterable[int], from_date: date | None, to_date: date | None) -> dict[str, Any]:
    return {"schools": list(school_ids), "first": from_date or date.min, "last": to_date or date.max}
