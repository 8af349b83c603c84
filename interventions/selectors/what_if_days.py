"""Which students' days a comparison of policies has to look at, and how many of each kind they missed."""

from collections.abc import Collection
from typing import Any

from django.db import connection

from interventions.rules.disengagement import Sign
from interventions.rules.what_if import Compared, fewest_running, shares_asked
from students.access import Scope
from students.models import SchoolYear

_KINDS = """
    SELECT asked.id, missed.excused, missed.unexcused, missed.suspended
    FROM unnest(%(student_ids)s::bigint[]) asked(id)
    LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE ledger.absence_kind = 'excused') AS excused,
            count(*) FILTER (WHERE ledger.absence_kind = 'unexcused') AS unexcused,
            count(*) FILTER (WHERE ledger.absence_kind = 'suspended') AS suspended
        FROM attendance_dailyattendance ledger
        WHERE ledger.student_id = asked.id AND ledger.date BETWEEN %(year_starts)s AND %(on)s
            AND ledger.status = 'absent' AND (ledger.status = 'absent' OR ledger.tardies > 0)) missed ON true
"""

_STANDING = """
    FROM interventions_standing standing
    WHERE standing.year_id = %(year)s AND standing.school_id = ANY(%(schools)s) AND standing.is_enrolled
        AND standing.last_absent_on IS NOT NULL
"""

# Who was seen since the last absence runs none, nor who was since as many absences as a run has: a look at one day of
# those who were absent often enough, and at some of those whom that leaves.
_RUNNING = f"""
    SELECT standing.student_id {_STANDING} AND (NOT %(counts_all)s OR standing.absences >= %(least)s)
        AND NOT EXISTS (SELECT 1 FROM attendance_dailyattendance seen
            WHERE seen.student_id = standing.student_id AND seen.date > standing.last_absent_on
                AND seen.date <= %(on)s AND seen.status = 'present')
        AND NOT EXISTS (SELECT 1 FROM attendance_dailyattendance seen
            WHERE seen.student_id = standing.student_id AND seen.date <= %(on)s AND seen.status = 'present'
                AND seen.date > COALESCE((SELECT missed.date FROM attendance_dailyattendance missed
                    WHERE missed.student_id = standing.student_id AND missed.date BETWEEN %(year_starts)s AND %(on)s
                        AND missed.status = 'absent' AND (missed.status = 'absent' OR missed.tardies > 0)
                    ORDER BY missed.date DESC OFFSET %(least)s - 1 LIMIT 1), %(year_starts)s))
"""  # noqa: S608 - constants of this module

# The first of a student's last days comes from an index alone. Days of illness are left out of both sides of a share,
# which only lowers it: so a share of all the days of the window is asked for, where the student has so many.
_OF_LATE = f"""
    SELECT student_id FROM (
        SELECT standing.student_id, (SELECT last.date FROM attendance_dailyattendance last
            WHERE last.student_id = standing.student_id AND last.date BETWEEN %(year_starts)s AND %(on)s
            ORDER BY last.date DESC OFFSET %(window)s - 1 LIMIT 1) AS first
        {_STANDING} AND (NOT %(counts_all)s OR standing.absences >= %(least)s) OFFSET 0) asked
    WHERE (SELECT count(*) FROM attendance_dailyattendance ledger
            WHERE ledger.student_id = asked.student_id AND ledger.status = 'absent' AND ledger.date <= %(on)s
                AND ledger.date >= COALESCE(asked.first, %(year_starts)s))
        >= CASE WHEN asked.first IS NULL THEN %(least)s ELSE %(full)s END
"""  # noqa: S608 - constants of this module


def counts_by_kind(scope: Scope, year: SchoolYear, student_ids: Collection[int]) -> dict[int, tuple[int, int, int]]:
    """Excused, unexcused and suspended days of the year so far, by student; one statement.

    The caller took the students from the scope.
    """
    rows = _rows(_KINDS, scope, year, {"student_ids": list(student_ids)})
    return {student_id: (excused, unexcused, suspended) for student_id, excused, unexcused, suspended in rows}


def days_may_hold(scope: Scope, year: SchoolYear, compared: Compared, school_ids: Collection[int]) -> set[int]:
    """The students of some schools of whom a criterion that looks at days, and differs, may hold under a policy.

    Nobody is left out of whom one holds; a statement for a run, and one for each window. The caller took the schools
    from the scope.
    """
    holding, policies = compared.holding, (compared.before, compared.after)
    asked = {
        "year": year.pk,
        "schools": list(school_ids),
        # Else fewer days stand than were missed.
        "counts_all": holding.counts_excused and holding.counts_suspended,
    }
    found: set[int] = set()
    running = fewest_running(*policies)
    if Sign.DAYS_RUNNING in compared.differing and running is not None:
        found |= _ids(_RUNNING, scope, year, {**asked, "least": running})
    if Sign.SHARE in compared.differing:
        for window, least, full in shares_asked(*policies):
            found |= _ids(_OF_LATE, scope, year, {**asked, "window": window, "least": least, "full": full})
    return found


def _ids(statement: str, scope: Scope, year: SchoolYear, asked: dict[str, Any]) -> set[int]:
    return {row[0] for row in _rows(statement, scope, year, asked)}


def _rows(statement: str, scope: Scope, year: SchoolYear, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**asked, "on": scope.today, "year_starts": year.starts_on})
        return cursor.fetchall()
