"""The days of a school's students that early warning looks at: the ledger's, of the whole year and all schools."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection

from attendance.selectors.school_days import session_days
from interventions.rules.early_warning import AHEAD, PRESENT, UNDETERMINED, Ahead, Day
from interventions.rules.tiers import EXCUSED, SUSPENDED, UNEXCUSED
from interventions.selectors.truancy_facts import ages
from students.access import Scope
from students.models import Enrollment, SchoolYear

_LETTERS = {".": PRESENT, "?": UNDETERMINED, "e": EXCUSED, "x": UNEXCUSED, "s": SUSPENDED}

# A letter a day: a year of a large school comes in one statement. Whoever was never absent has nothing to look at. All
# aggregates ask for one order, which is that of the index.
_DAYS = """
    SELECT day.student_id, string_agg(CASE day.status WHEN 'present' THEN '.' WHEN 'undetermined' THEN '?'
            ELSE CASE day.absence_kind WHEN 'excused' THEN 'e' WHEN 'unexcused' THEN 'x' ELSE 's' END END, ''
            ORDER BY day.date),
        array_agg(day.date ORDER BY day.date), (array_agg(day.grade ORDER BY day.date))[count(*)]
    FROM attendance_dailyattendance day
    WHERE day.student_id = ANY(%(students)s) AND day.date BETWEEN %(first)s AND %(through)s
    GROUP BY day.student_id
    HAVING bool_or(day.status = 'absent') AND (array_agg(day.school_id ORDER BY day.date))[count(*)] = %(school)s
    ORDER BY day.student_id
"""


@dataclass(frozen=True, slots=True)
class StudentDays:
    """A student's days in the ledger, in order. `is_enrolled` and `is_obliged` (ST-01) are of today."""

    student_id: int
    grade: str
    is_enrolled: bool
    is_obliged: bool
    days: Sequence[Day]


def student_days(scope: Scope, year: SchoolYear, school_id: int, *, through: date) -> Iterator[StudentDays]:
    """The students whose last day through a date, inclusive, was in a school, and who were absent some day of the year.

    Those who left are among them. Four statements.
    """
    students = _students(year, school_id, through)
    obliged = {pk for pk, age in ages(scope, year, students).items() if age.obliges}
    here = Enrollment.attending_on(scope.today).filter(student__in=students, is_primary=True)
    enrolled = set(here.values_list("student_id", flat=True))
    asked: dict[str, Any] = {"students": students, "first": year.starts_on, "through": through, "school": school_id}
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, asked)
        rows = cursor.fetchall()
    for student, letters, dates, grade in rows:
        days = list(zip(dates, map(_LETTERS.__getitem__, letters), strict=True))
        yield StudentDays(student, grade, student in enrolled, student in obliged, days)


def _students(year: SchoolYear, school_id: int, through: date) -> list[int]:
    held = Enrollment.objects.filter(school=school_id, is_primary=True, starts_on__lte=through)
    this_year = held.exclude(ends_on__lt=year.starts_on).order_by("student_id")
    return list(this_year.values_list("student_id", flat=True).distinct())


def days_ahead(scope: Scope, year: SchoolYear, school_id: int) -> Ahead:
    """What the next school days after a day are, by a school's calendar of the year; one statement."""
    session = session_days(scope, [school_id], year.starts_on, year.ends_on or date.max)[school_id]

    def ahead(day: date) -> Sequence[date]:
        place = bisect_right(session, day)
        return session[place : place + AHEAD]

    remembered: Callable[[date], Sequence[date]] = cache(ahead)
    return remembered
