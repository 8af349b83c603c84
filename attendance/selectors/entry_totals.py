"""Entries added up for pages: by school or teacher, by week, and of how many students (RD-25, RD-63)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Min, Sum

from attendance.models import EntryCount
from attendance.rules.entry_window import overdue_through
from attendance.rules.policy import policy_on
from attendance.rules.reporting_months import MonthRange
from attendance.selectors.policies import policies
from students.access import Scope

# What can still be entered in time is of no side yet.
_DUE = "due_on < %(today)s"
_SUMS = """
    coalesce(sum(in_time) FILTER (WHERE asked), 0), coalesce(sum(late) FILTER (WHERE asked), 0),
    coalesce(sum(open) FILTER (WHERE asked), 0), coalesce(sum(open) FILTER (WHERE asked AND due_on <= %(overdue)s), 0),
    coalesce(sum(in_time) FILTER (WHERE NOT asked), 0), coalesce(sum(late) FILTER (WHERE NOT asked), 0),
    coalesce(sum(open) FILTER (WHERE NOT asked), 0)
"""
_WITHIN = f"""
    school_id = ANY(%(schools)s) AND {_DUE}
    AND (date BETWEEN %(from)s AND %(to)s OR date BETWEEN %(before_from)s AND %(before_to)s)
"""
_SCHOOLS = f"""
    SELECT kind, school_id, NULL::bigint, {_SUMS} FROM (
        SELECT kind, school_id, in_time, late, open, due_on, date >= %(from)s AS asked
        FROM attendance_entrycount WHERE {_WITHIN}) placed
    GROUP BY kind, school_id
"""  # noqa: S608 - constants of this module
_TEACHERS = f"""
    SELECT kind, school_id, teacher_id, {_SUMS} FROM (
        SELECT kind, school_id, its.teacher_id, its.in_time, its.late, its.open, due_on, date >= %(from)s AS asked
        FROM attendance_entrycount
        CROSS JOIN unnest(teacher_ids, in_time_of, late_of, open_of) its(teacher_id, in_time, late, open)
        WHERE {_WITHIN}) placed
    GROUP BY kind, school_id, teacher_id
"""  # noqa: S608 - constants of this module
_WEEKS = f"""
    SELECT kind, (date - %(monday)s) / 7 AS week, sum(in_time), sum(late), sum(open)
    FROM attendance_entrycount
    WHERE school_id = ANY(%(schools)s) AND {_DUE} AND date BETWEEN %(monday)s AND %(today)s
    GROUP BY kind, week ORDER BY kind, week
"""  # noqa: S608 - constants of this module
_WAITING = f"""
    SELECT school_id, coalesce(sum(open) FILTER (WHERE due_on <= %(overdue)s), 0),
        coalesce(sum(open) FILTER (WHERE due_on > %(overdue)s AND {_DUE}), 0),
        coalesce(sum(open) FILTER (WHERE NOT {_DUE} AND (kind = 'work' OR date < %(today)s)), 0),
        min(due_on) FILTER (WHERE open > 0 AND {_DUE}), coalesce(sum(late) FILTER (WHERE date >= %(late_since)s), 0)
    FROM attendance_entrycount
    WHERE school_id = ANY(%(schools)s) AND date BETWEEN %(since)s AND %(today)s GROUP BY school_id
"""  # noqa: S608 - constants of this module
_STUDENTS = f"""
    SELECT school_id, CASE {{months}} END AS month, (date - %(monday)s) / 7 AS week, max(students)
    FROM attendance_entrycount
    WHERE kind = 'work' AND {_DUE} AND date BETWEEN %(monday)s AND %(today)s
    GROUP BY 1, 2, 3
"""  # noqa: S608 - constants of this module


class PlaceTotal(NamedTuple):
    """Entries due by yesterday of a school, or of one of its teachers (None: nobody is named, or none was asked for).

    `overdue` are some of those open; the earlier ones are of the dates before.
    """

    kind: str
    school_id: int
    teacher_id: int | None
    in_time: int
    late: int
    open: int
    overdue: int
    earlier_in_time: int
    earlier_late: int
    earlier_open: int


class WeekTotal(NamedTuple):
    """Entries due by yesterday of a week, numbered from the one that begins on the Monday asked for, which is 0."""

    kind: str
    week: int
    in_time: int
    late: int
    open: int


class StudentsBehind(NamedTuple):
    """At least so many students stand behind the days in own time of a school's week that lie in a month."""

    school_id: int
    month: int | None
    week: int
    students: int


class WaitingTotal(NamedTuple):
    """Entries that a school's classes wait for, by how late they are (RD-25); the first day that one was due of those
    late or overdue; and how many of the last weeks were entered late.
    """

    overdue: int = 0
    late: int = 0
    not_due: int = 0
    oldest: date | None = None
    entered_late: int = 0


Dates = tuple[date, date]


def entries_by_place(
    scope: Scope, school_ids: Collection[int], dates: Dates, before: Dates | None, *, by_teacher: bool
) -> list[PlaceTotal]:
    """The entries of some dates, and of earlier ones (None: none), both inclusive; two statements.

    The caller took the schools from the scope.
    """
    window = policy_on(scope.today, policies(scope)).entry_window_days
    nothing = (date.min, date.min)
    asked = {
        "schools": list(school_ids),
        "from": dates[0],
        "to": dates[1],
        "before_from": (before or nothing)[0],
        "before_to": (before or nothing)[1],
        "today": scope.today,
        "overdue": overdue_through(scope.today, window),
    }
    return [PlaceTotal(*row) for row in _rows(_TEACHERS if by_teacher else _SCHOOLS, asked)]


def entries_by_week(scope: Scope, school_ids: Collection[int], monday: date) -> list[WeekTotal]:
    """The weeks from a Monday to today, in order; one statement. The caller took the schools from the scope."""
    return [
        WeekTotal(*row) for row in _rows(_WEEKS, {"schools": list(school_ids), "monday": monday, "today": scope.today})
    ]


def waiting_entries(scope: Scope, school_ids: Collection[int], late_since: date) -> dict[int, WaitingTotal]:
    """What schools still wait for of this year, and what of the days from a date on was entered late; two statements.

    A class of today is not waited for before tomorrow. The caller took the schools from the scope.
    """
    window = policy_on(scope.today, policies(scope)).entry_window_days
    asked = {
        "schools": list(school_ids),
        "since": scope.year_starts_on,
        "late_since": late_since,
        "today": scope.today,
        "overdue": overdue_through(scope.today, window),
    }
    return {school_id: WaitingTotal(*counted) for school_id, *counted in _rows(_WAITING, asked)}


def overdue_entries(scope: Scope, school_ids: Collection[int]) -> tuple[int, date | None]:
    """How many entries of schools are overdue (RD-25) as they were counted, and by which day the first was due.

    Two statements. The caller took the schools from the scope.
    """
    window = policy_on(scope.today, policies(scope)).entry_window_days
    found = EntryCount.objects.filter(school__in=list(school_ids), open__gt=0, date__gte=scope.year_starts_on)
    counted = found.filter(due_on__lte=overdue_through(scope.today, window)).aggregate(Sum("open"), Min("due_on"))
    return counted["open__sum"] or 0, counted["due_on__min"]


def students_behind(scope: Scope, months: Sequence[MonthRange], monday: date) -> list[StudentsBehind]:
    """How many stand behind each school's weeks in own time: of the whole district, whoever asks (RD-63).

    One statement.
    """
    if not months:
        return []
    cases = " ".join(f"WHEN date <= %(end_{each.month})s THEN {each.month}" for each in months)
    asked = {f"end_{each.month}": each.ends_on for each in months} | {"monday": monday, "today": scope.today}
    return [StudentsBehind(*row) for row in _rows(_STUDENTS.format(months=cases), asked)]


def _rows(statement: str, asked: Mapping[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
