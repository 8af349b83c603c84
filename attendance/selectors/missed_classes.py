"""How many classes of earlier days nobody took, by school: a whole year of a district is counted at once."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db import connection

from attendance.selectors.entry_facts import IN_SESSION
from attendance.selectors.own_time_classes import KNOWN_OWN_TIME, OWN_TIME
from students.access import Scope

_COUNTED = f"""
    SELECT meeting.school_id, count(*) FILTER (WHERE meeting.date >= %(late_from)s),
        count(*) FILTER (WHERE meeting.date < %(late_from)s), min(meeting.date)
    FROM attendance_classmeeting meeting
    JOIN attendance_calendarday there ON there.school_id = meeting.school_id AND there.date = meeting.date
    {KNOWN_OWN_TIME}
    WHERE meeting.state = 'expected' AND meeting.school_id = ANY(%(school_ids)s)
        AND meeting.date >= %(since)s AND meeting.date < %(today)s AND {IN_SESSION} AND NOT {OWN_TIME}
    GROUP BY meeting.school_id
"""  # noqa: S608 - constants


class Missed(NamedTuple):
    """Classes that were not taken on days before today, late or overdue (RD-25), and the first of their days."""

    late: int = 0
    overdue: int = 0
    oldest: date | None = None


class MissedDays(NamedTuple):
    """The days asked for: from `since` on and before `today`; overdue before `late_from`, late from it on."""

    since: date
    late_from: date
    today: date


def missed_classes(scope: Scope, school_ids: Collection[int], days: MissedDays) -> dict[int, Missed]:
    """Classes nobody took though somebody was to come, by school; one statement.

    The caller took the schools from the scope.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"school_ids": list(school_ids), **days._asdict()})
        return {school_id: Missed(*counted) for school_id, *counted in cursor.fetchall()}
