"""On which days somebody tried to reach a family and failed, since anybody was last reached (RD-42)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from attendance.models import CallOutcome
from interventions.models import FAILED_RESULTS, ContactResult
from students.access import Scope

# Somebody was spoken to, though perhaps not for long.
_REACHED = (ContactResult.REACHED, ContactResult.REFUSED)
_CALLS_FAILED = (CallOutcome.NO_ANSWER, CallOutcome.WRONG_NUMBER)
_CALLS_REACHED = (CallOutcome.REPORTED, CallOutcome.IN_SCHOOL)

# The office calls about the absence of a day: once the student is back, nobody is out of reach for it.
_FAILED_DAYS = """
    WITH tried AS (
        SELECT student_id, day, happened_at AS at, result = ANY(%(failed)s) AS failed
        FROM interventions_contact
        WHERE student_id = ANY(%(student_ids)s) AND day BETWEEN %(from_date)s AND %(on)s AND withdrawn_at IS NULL
            AND (result = ANY(%(failed)s) OR result = ANY(%(reached)s))
        UNION ALL
        SELECT call.student_id, (call.called_at AT TIME ZONE %(zone)s)::date, call.called_at,
            call.outcome = ANY(%(calls_failed)s)
        FROM attendance_absencecall call
        WHERE call.student_id = ANY(%(student_ids)s) AND call.date BETWEEN %(from_date)s AND %(on)s
            AND (call.outcome = ANY(%(calls_reached)s) OR call.outcome = ANY(%(calls_failed)s) AND NOT EXISTS (
                SELECT 1 FROM attendance_dailyattendance back WHERE back.student_id = call.student_id
                    AND back.date > call.date AND back.date <= %(on)s AND back.status = 'present')))
    SELECT student_id, array_agg(DISTINCT day ORDER BY day) FROM tried
    WHERE failed
        AND NOT EXISTS (SELECT 1 FROM tried later
            WHERE later.student_id = tried.student_id AND NOT later.failed AND later.at >= tried.at)
        AND NOT EXISTS (SELECT 1 FROM attendance_interaction talk
            WHERE talk.student_id = tried.student_id AND talk.day BETWEEN tried.day AND %(on)s
                AND talk.withdrawn_at IS NULL AND talk.kind <> 'unanswered')
    GROUP BY student_id
"""


def failed_contact_days(
    scope: Scope, student_ids: Collection[int], *, from_date: date, on: date
) -> Mapping[int, Sequence[date]]:
    """The different days of the failed attempts since somebody was last reached, by student; one statement.

    Both dates are inclusive; who has none is left out. The care team's attempts and the office's calls count alike; a
    teacher's talk with the student reaches somebody, too.
    """
    asked: dict[str, Any] = {
        "student_ids": list(student_ids),
        "from_date": from_date,
        "on": on,
        "zone": scope.zone,
        "failed": [str(each) for each in FAILED_RESULTS],
        "reached": [str(each) for each in _REACHED],
        "calls_failed": [str(each) for each in _CALLS_FAILED],
        "calls_reached": [str(each) for each in _CALLS_REACHED],
    }
    with connection.cursor() as cursor:
        cursor.execute(_FAILED_DAYS, asked)
        return dict(cursor.fetchall())
