"""Gathers what a student's standing is judged by: one statement for however many students, from the ledger alone."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import connection

from attendance.selectors.school_days import session_days
from attendance.selectors.silent_weeks import weeks_without_interaction
from interventions.rules.disengagement import SeenDay, Signs
from interventions.rules.policy import CarePolicy
from interventions.rules.standing import StudentFacts
from interventions.rules.tiers import AbsentDay
from interventions.selectors.signs import failed_contact_days
from students.access import Scope
from students.models import SchoolYear

# The term of a day, as excuses know it: of terms within terms the one that began last; grading periods are none.
TERM_STARTS = """
    COALESCE((SELECT term.starts_on FROM students_term term WHERE term.kind IN ('term', 'semester')
        AND %(on)s BETWEEN term.starts_on AND COALESCE(term.ends_on, 'infinity')
        ORDER BY term.starts_on DESC, term.ends_on, term.id LIMIT 1), %(year_starts)s)
"""

# The school of an asked student on a day, or the last one of the year before it.
HOME = """
    SELECT held.school_id, COALESCE(held.ends_on, 'infinity') >= %(on)s AS attends
    FROM students_enrollment held
    WHERE held.student_id = asked.id AND held.is_primary AND held.starts_on <= %(on)s
        AND COALESCE(held.ends_on, 'infinity') >= %(year_starts)s AND held.exit_code <> 'NS'
    ORDER BY held.starts_on DESC LIMIT 1
"""

# Who was absent and yet gave some documented sign of life that day is not out of reach (RD-42).
_ENGAGED = """
    day.minutes_attended > 0
    OR EXISTS (SELECT 1 FROM attendance_engagement seen WHERE seen.student_id = asked.id AND seen.day = day.date)
    OR EXISTS (SELECT 1 FROM attendance_interaction talk WHERE talk.student_id = asked.id AND talk.day = day.date
        AND talk.withdrawn_at IS NULL AND talk.kind <> 'unanswered')
"""

_ILL = """
    day.absence_kind = 'excused' AND EXISTS (
        SELECT 1 FROM attendance_excuse excuse WHERE excuse.student_id = asked.id AND excuse.withdrawn_at IS NULL
            AND day.date BETWEEN excuse.starts_on AND excuse.ends_on AND excuse.reason IN ('illness', 'isolation')
            AND excuse.document_kind IN ('medical', 'health_order') AND excuse.decision <> 'refused')
"""

# The last session days of an asked student.
_SEEN = f"""
    SELECT json_agg(json_build_array(day.date, day.status,
            day.status = 'absent' AND ({_ENGAGED}), day.status = 'absent' AND ({_ILL})) ORDER BY day.date) AS days
    FROM (SELECT last.date, last.status, last.absence_kind, last.minutes_attended
        FROM attendance_dailyattendance last
        WHERE last.student_id = asked.id AND last.date BETWEEN %(year_starts)s AND %(on)s
        ORDER BY last.date DESC LIMIT %(days_seen)s) day
"""  # noqa: S608 - constants of this module

_FACTS = f"""
    SELECT asked.id, home.school_id, COALESCE(home.attends, false), missed.days, missed.tardies, seen.days
    FROM unnest(%(student_ids)s::bigint[]) asked(id)
    LEFT JOIN LATERAL ({HOME}) home ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(ARRAY[ledger.date::text, ledger.absence_kind] ORDER BY ledger.date)
                FILTER (WHERE ledger.status = 'absent') AS days,
            sum(ledger.tardies) FILTER (WHERE ledger.date >= {TERM_STARTS}) AS tardies
        FROM attendance_dailyattendance ledger
        WHERE ledger.student_id = asked.id AND ledger.date BETWEEN %(year_starts)s AND %(on)s
            AND (ledger.status = 'absent' OR ledger.tardies > 0)) missed ON true
    LEFT JOIN LATERAL ({_SEEN}) seen ON true
    ORDER BY asked.id
"""  # noqa: S608 - constants of this module

_LAST_DAYS = f"""
    SELECT asked.id, seen.days FROM unnest(%(student_ids)s::bigint[]) asked(id) LEFT JOIN LATERAL ({_SEEN}) seen ON true
"""  # noqa: S608 - constants of this module


def student_facts(
    scope: Scope, year: SchoolYear, student_ids: Collection[int], policy: CarePolicy, *, on: date
) -> list[StudentFacts]:
    """The facts of students through a day, inclusive, in the order of their ids; as many statements for any number."""
    asked: dict[str, Any] = {
        "student_ids": list(student_ids),
        "on": on,
        "year_starts": year.starts_on,
        "days_seen": policy.days_seen,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, asked)
        rows = cursor.fetchall()
    schools = {row[1] for row in rows if row[1]}
    session = session_days(scope, schools, year.starts_on, year.ends_on or date.max)
    weeks = weeks_without_interaction(scope, student_ids, from_date=year.starts_on, on=on)
    failed = failed_contact_days(scope, student_ids, from_date=year.starts_on, on=on)
    return [_facts(row, session, weeks.get(row[0], ()), failed.get(row[0], ())) for row in rows]


def last_days(
    scope: Scope, year: SchoolYear, student_ids: Collection[int], days_seen: int, *, on: date
) -> dict[int, list[SeenDay]]:
    """So many of each student's last session days of the year through a day, inclusive, the newest last; one statement.

    The caller took the students from the scope.
    """
    asked: dict[str, Any] = {
        "student_ids": list(student_ids),
        "on": on,
        "year_starts": year.starts_on,
        "days_seen": days_seen,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LAST_DAYS, asked)
        return {student_id: _seen(days or ()) for student_id, days in cursor.fetchall()}


def _facts(
    row: tuple[Any, ...], session: dict[int, list[date]], weeks: Sequence[date], failed: Sequence[date]
) -> StudentFacts:
    student_id, school_id, is_enrolled, absent, tardies, seen = row
    return StudentFacts(
        student_id=student_id,
        school_id=school_id,
        is_enrolled=is_enrolled,
        absent=[AbsentDay(date.fromisoformat(day), kind) for day, kind in absent or ()],
        tardies=tardies or 0,
        signs=Signs(_seen(seen or ()), weeks, failed),
        session_days=session.get(school_id, []),
    )


def _seen(rows: Sequence[list[Any]]) -> list[SeenDay]:
    return [SeenDay(date.fromisoformat(day), status, engaged, ill) for day, status, engaged, ill in rows]
