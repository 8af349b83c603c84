"""Keeps the tallies of the ledger and of the marks short, and proves them.

No lock is needed against those who save: each sum is taken in one statement, and rows that come meanwhile stay.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction

from attendance.models import STANDINGS
from students.access import Scope

_MENDING = 1121
_OF_SCHOOLS = "school_id = ANY(%(schools)s) AND"
_SPAN = "BETWEEN %(first)s AND %(last)s"


class _Book(NamedTuple):
    """A table of tallies: when they are of, what makes its rows alike, what they count, and a count of the same from
    the facts.
    """

    table: str
    when: str
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
                DELETE FROM {self.table} WHERE (school_id, {self.when}) IN (
                    SELECT school_id, {self.when} FROM {self.table} WHERE school_id = %(school)s AND NOT settled)
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
                SELECT {self.kind}, {self.sums("-")} FROM {self.table}
                WHERE {_OF_SCHOOLS} {self.when} {_SPAN} GROUP BY {self.kind}) both_sides
            GROUP BY {self.kind} HAVING {self.is_something}
        """  # noqa: S608 - constants of this module


_WEEK = "school_id, week, grade, ada_included, mode"
_KNOWN_AS = (
    """CASE WHEN status <> 'absent' THEN status WHEN absence_kind = 'excused' THEN 'excused' ELSE 'unexcused' END"""
)
_ON_A_DAY = [(standing, day) for standing in STANDINGS for day in range(1, 8)]
_PLACED = ", ".join(
    f"coalesce(sum(students) FILTER (WHERE standing = '{standing}' AND weekday = {day}), 0) AS {standing}_{day}"
    for standing, day in _ON_A_DAY
)
_DAYS = _Book(
    "attendance_weektally",
    "week",
    _WEEK,
    tuple(f"{standing}_{day}" for standing, day in _ON_A_DAY),
    # Of a day there are some twenty kinds of rows, each looked at 28 times; of rows there are thousands.
    f"""SELECT {_WEEK}, {_PLACED} FROM (
            SELECT school_id, date_trunc('week', date)::date AS week, extract(isodow FROM date) AS weekday, grade,
                ada_included, mode, {_KNOWN_AS} AS standing, count(*) AS students
            FROM attendance_dailyattendance WHERE {_OF_SCHOOLS} date {_SPAN}
            GROUP BY school_id, date, grade, ada_included, mode, status, absence_kind) days
        GROUP BY {_WEEK}""",  # noqa: S608
)
_PERIOD = "school_id, date, period"
_STATUSES = ("present", "tardy", "left_early", "absent")
_COUNTED = ", ".join(f"count(*) FILTER (WHERE mark.status = '{each}') AS {each}" for each in _STATUSES)
_MARKS = _Book(
    "attendance_marktally",
    "date",
    _PERIOD,
    _STATUSES,
    # A class that is void or not taken is no data.
    f"SELECT {_PERIOD}, {_COUNTED} FROM attendance_classmeeting met JOIN attendance_mark mark "  # noqa: S608
    f"ON mark.meeting_id = met.id WHERE {_OF_SCHOOLS} date {_SPAN} AND state = 'taken' GROUP BY {_PERIOD}",
)
_BOOKS = (_DAYS, _MARKS)


def settle_tallies(scope: Scope, school_id: int) -> None:
    """Add up what changed in a school since the last time: a row a kind of day of a week, or a period of a date.

    The caller is alone at the school: two at once would leave two rows of a kind.
    """
    with connection.cursor() as cursor:
        for book in _BOOKS:
            cursor.execute(book.settle, {"school": school_id})


def wrong_tallies(
    scope: Scope, school_ids: Collection[int], from_date: date | None = None, to_date: date | None = None
) -> int:
    """How many tallies are not what the ledger or the marks hold, in the weeks of two dates; 0 is as it must be."""
    wrong = 0
    with connection.cursor() as cursor:
        for book in _BOOKS:
            cursor.execute(book.lacking, _asked(school_ids, from_date, to_date))
            wrong += len(cursor.fetchall())
    return wrong


def mend_tallies(
    scope: Scope, school_ids: Collection[int], from_date: date | None = None, to_date: date | None = None
) -> int:
    """Write what the tallies lack of the ledger and of the marks, in the weeks of two dates; how many were wrong."""
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
    """Whole weeks: a tally of the ledger is of one."""
    first = from_date - timedelta(days=from_date.weekday()) if from_date else date.min
    last = to_date + timedelta(days=6 - to_date.weekday()) if to_date else date.max
    return {"schools": list(school_ids), "first": first, "last": last}
