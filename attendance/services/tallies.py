"""Keeps the tallies of the ledger and of the marks short, and proves them.

No lock is needed against those who save: each sum is taken in one statement, and rows that come meanwhile stay.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction

from students.access import Scope

_MENDING = 1121
_WHERE = "school_id = ANY(%(schools)s) AND date BETWEEN %(first)s AND %(last)s"


class _Book(NamedTuple):
    """A table of tallies: what makes its rows alike, what they count, and a count of the same from the facts."""

    table: str
    kind: str
    counts: tuple[str, ...]
    facts: str

    def sums(self, sign: str = "") -> str:
        return ", ".join(f"{sign}sum({each}) AS {each}" for each in self.counts)

    @property
    def columns(self) -> str:
        return ", ".join((self.kind, *self.counts))

    @property
    def is_something(self) -> str:
        return " OR ".join(f"sum({each}) <> 0" for each in self.counts)

    @property
    def settle(self) -> str:
        return f"""
            WITH taken AS (
                DELETE FROM {self.table} WHERE (school_id, date) IN (
                    SELECT school_id, date FROM {self.table} WHERE school_id = %(school)s AND NOT settled)
                RETURNING {self.columns})
            INSERT INTO {self.table} ({self.columns}, settled)
            SELECT {self.kind}, {self.sums()}, true FROM taken GROUP BY {self.kind} HAVING {self.is_something}
        """  # noqa: S608 - constants of this module

    @property
    def lacking(self) -> str:
        """What the tallies lack of the facts, in one statement and so at one instant."""
        return f"""
            SELECT {self.kind}, {self.sums()} FROM (
                {self.facts}
                UNION ALL
                SELECT {self.kind}, {self.sums("-")} FROM {self.table} WHERE {_WHERE} GROUP BY {self.kind}) both_sides
            GROUP BY {self.kind} HAVING {self.is_something}
        """  # noqa: S608 - constants of this module


_DAY = "school_id, date, grade, ada_included, mode, status, absence_kind"
_DAYS = _Book(
    "attendance_daytally",
    _DAY,
    ("students",),
    f"SELECT {_DAY}, count(*) AS students FROM attendance_dailyattendance WHERE {_WHERE} GROUP BY {_DAY}",  # noqa: S608
)
_PERIOD = "school_id, date, period"
_STATUSES = ("present", "tardy", "left_early", "absent")
_COUNTED = ", ".join(f"count(*) FILTER (WHERE mark.status = '{each}') AS {each}" for each in _STATUSES)
_MARKS = _Book(
    "attendance_marktally",
    _PERIOD,
    _STATUSES,
    # A class that is void or not taken is no data.
    f"SELECT {_PERIOD}, {_COUNTED} FROM attendance_classmeeting met JOIN attendance_mark mark "  # noqa: S608
    f"ON mark.meeting_id = met.id WHERE {_WHERE} AND state = 'taken' GROUP BY {_PERIOD}",
)
_BOOKS = (_DAYS, _MARKS)


def settle_tallies(scope: Scope, school_id: int) -> None:
    """Add up what changed in a school since the last time, a row for each kind of day or each period of a date."""
    with connection.cursor() as cursor:
        for book in _BOOKS:
            cursor.execute(book.settle, {"school": school_id})


def wrong_tallies(
    scope: Scope, school_ids: Collection[int], from_date: date | None = None, to_date: date | None = None
) -> int:
    """How many tallies are not what the ledger or the marks hold, both dates inclusive; 0 is as it must be."""
    wrong = 0
    with connection.cursor() as cursor:
        for book in _BOOKS:
            cursor.execute(book.lacking, _asked(school_ids, from_date, to_date))
            wrong += len(cursor.fetchall())
    return wrong


def mend_tallies(
    scope: Scope, school_ids: Collection[int], from_date: date | None = None, to_date: date | None = None
) -> int:
    """Write what the tallies lack of the ledger and of the marks, both dates inclusive; how many were wrong."""
    wrong = 0
    with transaction.atomic(), connection.cursor() as cursor:
        # Two who mend at once would each add the same.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MENDING])
        for book in _BOOKS:
            mend = f"INSERT INTO {book.table} ({book.columns}) {book.lacking}"
            cursor.execute(mend, _asked(school_ids, from_date, to_date))
            wrong += cursor.rowcount
    return wrong


def _asked(school_ids: Collection[int], from_date: date | None, to_date: date | None) -> dict[str, Any]:
    return {"schools": list(school_ids), "first": from_date or date.min, "last": to_date or date.max}
