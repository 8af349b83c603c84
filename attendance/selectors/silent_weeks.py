"""Students who work in own time and whom no teacher has spoken to for some weeks (RD-24, RD-42).

Asked of a whole district every night: the first statement leaves out, by the ledger and the talks alone, everybody who
has no work in own time of late or was certainly spoken to; the others are asked of those few who are left.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection

from attendance.rules.entry_window import sunday_of, week_of
from attendance.rules.interactions import Contact, SpokenWeek, silent_weeks
from attendance.rules.plan import Plan, plan_on
from attendance.selectors.plans import plans
from students.access import Scope

# Whoever did nothing in own time for so long comes to school again, and is judged by the days. Longer than any break.
DAYS_OF_LATE = 35

# With a least duration in some plan nothing is certain before the plan of the day is known.
_PERHAPS_SILENT = """
    WITH asks AS (SELECT COALESCE(max(least_contact_minutes), 0) AS minutes FROM attendance_learningplan)
    SELECT asked.id FROM asks CROSS JOIN unnest(%(student_ids)s::bigint[]) asked(id)
    JOIN (
        SELECT own.student_id, date_trunc('week', max(own.date))::date AS monday FROM attendance_dailyattendance own
        WHERE own.date BETWEEN %(of_late)s AND %(on)s AND own.own_time_sections <> '{}'
            AND own.student_id = ANY(%(student_ids)s::bigint[])
        GROUP BY own.student_id) last ON last.student_id = asked.id
    WHERE NOT EXISTS (
        SELECT 1 FROM attendance_interaction talk WHERE talk.student_id = asked.id
            AND talk.day BETWEEN last.monday AND %(on)s AND talk.withdrawn_at IS NULL AND talk.kind <> 'unanswered'
            AND COALESCE(talk.minutes, 0) >= asks.minutes)
    AND NOT EXISTS (
        SELECT 1 FROM attendance_dailyattendance live WHERE asks.minutes = 0 AND live.student_id = asked.id
            AND live.date BETWEEN last.monday AND %(on)s AND live.own_time_sections = '{}'
            AND live.minutes_attended > 0)
"""

# A week in own time owes an interaction unless all its school days are excused; homebound instruction is none. Who
# changes school within a week is judged by the plan of one of the two.
_WEEKS = """
    SELECT day.student_id, date_trunc('week', day.date)::date AS monday,
        COALESCE(bool_or(own.is_own), false) AND NOT bool_and(day.absence_kind = 'excused'),
        max(day.school_id), max(day.grade)
    FROM attendance_dailyattendance day
    CROSS JOIN LATERAL (
        SELECT day.own_time_sections <> '{}' AND NOT EXISTS (
            SELECT 1 FROM attendance_ownschedule home
            WHERE home.student_id = day.student_id AND home.kind = 'homebound' AND home.starts_on <= day.date
                AND COALESCE(home.ends_on, 'infinity') >= day.date) AS is_own) own
    WHERE day.student_id = ANY(%(student_ids)s) AND day.date BETWEEN %(from_date)s AND %(on)s
    GROUP BY day.student_id, monday ORDER BY day.student_id, monday
"""

_LONGEST = """
    SELECT student_id, date_trunc('week', day)::date AS monday, max(COALESCE(minutes, 0)) FROM (
        SELECT student_id, day, minutes FROM attendance_interaction
        WHERE student_id = ANY(%(student_ids)s) AND day BETWEEN %(from_date)s AND %(on)s
            AND withdrawn_at IS NULL AND kind <> 'unanswered'
        UNION ALL
        SELECT mark.student_id, meeting.date, mark.minutes_attended
        FROM attendance_mark mark JOIN attendance_classmeeting meeting ON meeting.id = mark.meeting_id
        WHERE mark.student_id = ANY(%(student_ids)s) AND meeting.date BETWEEN %(from_date)s AND %(on)s
            AND meeting.state = 'taken' AND mark.minutes_attended > 0) spoken
    GROUP BY student_id, monday
"""


def weeks_without_interaction(
    scope: Scope, student_ids: Collection[int], *, from_date: date, on: date
) -> Mapping[int, Sequence[date]]:
    """The Mondays of the weeks running without an interaction, by student; who has none is left out.

    Both dates are inclusive. One statement where nobody is silent, and three more however many are.
    """
    asked = {
        "from_date": week_of(from_date),
        "on": on,
        "of_late": max(from_date, on - timedelta(days=DAYS_OF_LATE)),
    }
    perhaps = [row[0] for row in _all(_PERHAPS_SILENT, asked | {"student_ids": list(student_ids)})]
    if not perhaps:
        return {}
    known = plans(scope)
    its = asked | {"student_ids": perhaps}
    longest = {(student_id, monday): minutes for student_id, monday, minutes in _all(_LONGEST, its)}
    weeks: dict[int, list[SpokenWeek]] = defaultdict(list)
    for student_id, monday, owes, school_id, grade in _all(_WEEKS, its):
        talk = _talk(monday, longest.get((student_id, monday)))
        weeks[student_id].append(SpokenWeek(monday, owes, talk, _plan(known, monday, school_id, grade)))
    found = {student_id: silent_weeks(its_weeks, today=on) for student_id, its_weeks in weeks.items()}
    return {student_id: mondays for student_id, mondays in found.items() if mondays}


def _talk(monday: date, minutes: int | None) -> Contact | None:
    return None if minutes is None else Contact(monday, "", minutes)


def _plan(known: Sequence[Plan], monday: date, school_id: int, grade: str) -> Plan:
    """The plan that holds at the end of a week."""
    return plan_on(sunday_of(monday), known, school_id=school_id, grade=grade)


def _all(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
