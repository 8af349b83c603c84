"""What the marks of a month say of how they were made: absences that became presence, classes that are always full, and
saves of which nobody had opened the roster.

The caller took the school from the scope. Dates are inclusive; a statement each.
"""

from datetime import date
from typing import Any

from django.db import connection

from reporting.rules.class_facts import FullClass, TurnedPresent, UnopenedSaves
from students.access import Scope

# The mark that followed an absence is the next one kept, or the one that stands.
_TURNED = """
    WITH said AS (
        SELECT event.pgh_obj_id AS mark_id, event.pgh_id AS place, event.meeting_id, event.student_id, event.status,
            event.marked_by_id, event.marked_at
        FROM attendance_markevent event JOIN attendance_classmeeting meeting ON meeting.id = event.meeting_id
        WHERE meeting.school_id = %(school)s AND meeting.date BETWEEN %(from)s AND %(to)s
            AND event.pgh_label = 'update'
    ), chain AS (
        SELECT * FROM said
        UNION ALL
        SELECT mark.id, 9223372036854775807, mark.meeting_id, mark.student_id, mark.status, mark.marked_by_id,
            mark.marked_at
        FROM attendance_mark mark WHERE mark.id IN (SELECT mark_id FROM said)
    ), turned AS (
        SELECT meeting_id, student_id, status, marked_by_id, marked_at,
            lag(status) OVER (PARTITION BY mark_id ORDER BY place) AS before
        FROM chain
    )
    SELECT person.given_name || ' ' || person.family_name, count(*), count(DISTINCT turned.student_id),
        max((turned.marked_at AT TIME ZONE %(zone)s)::date - meeting.date),
        (array_agg(meeting.id
            ORDER BY (turned.marked_at AT TIME ZONE %(zone)s)::date - meeting.date DESC, meeting.id))[1]
    FROM turned JOIN attendance_classmeeting meeting ON meeting.id = turned.meeting_id
    JOIN students_user person ON person.id = turned.marked_by_id
    WHERE turned.before = 'absent' AND turned.status <> 'absent'
        AND (turned.marked_at AT TIME ZONE %(zone)s)::date > meeting.date
    GROUP BY person.id ORDER BY 1
"""

_FULL = """
    SELECT section.title, COALESCE((
            SELECT teacher.given_name || ' ' || teacher.family_name
            FROM students_sectionteacher teaching JOIN students_user teacher ON teacher.id = teaching.user_id
            WHERE teaching.section_id = section.id AND teaching.starts_on <= %(to)s
                AND COALESCE(teaching.ends_on, 'infinity') >= %(to)s
            ORDER BY teaching.is_primary DESC, teaching.id LIMIT 1), ''), whole.meetings, whole.marks, section.id
    FROM (
        SELECT meeting.section_id, count(DISTINCT meeting.id) AS meetings, count(*) AS marks
        FROM attendance_classmeeting meeting JOIN attendance_mark mark ON mark.meeting_id = meeting.id
        WHERE meeting.school_id = %(school)s AND meeting.date BETWEEN %(from)s AND %(to)s AND meeting.state = 'taken'
        GROUP BY meeting.section_id HAVING bool_and(mark.status = 'present')) whole
    JOIN students_section section ON section.id = whole.section_id
    ORDER BY section.title, section.id
"""

# Of each class the save that stands: one more with the roster opened mends what the first left out.
_UNOPENED = """
    SELECT person.given_name || ' ' || person.family_name, count(*),
        (array_agg(last.meeting_id ORDER BY last.date, last.meeting_id))[1], min(last.date)
    FROM (
        SELECT DISTINCT ON (meeting.id) meeting.id AS meeting_id, meeting.date, sent.submitted_by_id, sent.roster_opened
        FROM attendance_classmeeting meeting JOIN attendance_submission sent ON sent.meeting_id = meeting.id
        WHERE meeting.school_id = %(school)s AND meeting.date BETWEEN %(from)s AND %(to)s AND meeting.state = 'taken'
        ORDER BY meeting.id, sent.id DESC) last
    JOIN students_user person ON person.id = last.submitted_by_id
    WHERE NOT last.roster_opened
    GROUP BY person.id ORDER BY 1
"""


def turned_present(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[TurnedPresent]:
    """By person, the marks changed from absent on a later day, as the history of the marks keeps them."""
    asked: dict[str, Any] = {"school": school_id, "from": from_date, "to": to_date, "zone": scope.zone}
    with connection.cursor() as cursor:
        cursor.execute(_TURNED, asked)
        return [TurnedPresent(*row) for row in cursor.fetchall()]


def full_classes(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[FullClass]:
    """The sections in which every mark of the month is present."""
    with connection.cursor() as cursor:
        cursor.execute(_FULL, {"school": school_id, "from": from_date, "to": to_date})
        return [FullClass(*row) for row in cursor.fetchall()]


def unopened_saves(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[UnopenedSaves]:
    """By person, the classes whose last save came without the roster having been opened; not where that is unknown."""
    with connection.cursor() as cursor:
        cursor.execute(_UNOPENED, {"school": school_id, "from": from_date, "to": to_date})
        return [UnopenedSaves(*row) for row in cursor.fetchall()]
