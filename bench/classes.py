"""Which of the demo's classes are saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

_TAKEN = """
    SELECT meeting.id, meeting.section_id, meeting.date, meeting.taken_by_id, meeting.instructional_minutes,
        array_agg(mark.student_id ORDER BY mark.student_id)
    FROM attendance_classmeeting meeting JOIN attendance_mark mark ON mark.meeting_id = meeting.id
    WHERE meeting.state = 'taken' AND meeting.section_id = ANY(%s) AND meeting.date < %s
    GROUP BY meeting.id ORDER BY meeting.date DESC, meeting.starts_at LIMIT %s
"""

# Classes of different teachers that meet on the same days, those first that have most students in common with the
# teacher's largest class.
_SHARING = """
    WITH seat AS (
        SELECT teacher.user_id, roster.section_id, roster.student_id
        FROM students_sectionenrollment roster JOIN students_sectionteacher teacher USING (section_id)
        WHERE roster.ends_on >= %(today)s AND COALESCE(teacher.ends_on, 'infinity') >= %(today)s
    ), first AS (
        SELECT section_id FROM seat JOIN students_user person ON person.id = seat.user_id
        WHERE person.username = %(username)s GROUP BY section_id ORDER BY count(*) DESC, section_id LIMIT 1
    ), beside AS (
        SELECT DISTINCT section_id FROM attendance_classmeeting WHERE date = (
            SELECT max(date) FROM attendance_classmeeting JOIN first USING (section_id) WHERE date < %(today)s)
    ), shared AS (
        SELECT DISTINCT ON (user_id) user_id, section_id,
            count(*) FILTER (WHERE student_id IN (SELECT student_id FROM seat JOIN first USING (section_id))) AS common
        FROM seat JOIN beside USING (section_id) GROUP BY user_id, section_id ORDER BY user_id, common DESC, section_id
    )
    SELECT person.username, shared.section_id FROM shared JOIN students_user person ON person.id = shared.user_id
    ORDER BY shared.common DESC, shared.section_id LIMIT %(teachers)s
"""

_TAUGHT = """
    SELECT teacher.section_id FROM students_sectionteacher teacher JOIN students_user person ON person.id = user_id
    WHERE person.username = %s
"""


@dataclass(frozen=True)
class TakenClass:
    """A class meeting of an earlier day that is marked; saving it again corrects it."""

    meeting_id: int
    section_id: int
    day: date
    teacher_id: int
    minutes: int
    students: list[int]


def classes_of(username: str, before: date, count: int) -> list[TakenClass]:
    """A teacher's classes before a date, latest first."""
    return _taken([section for (section,) in _rows(_TAUGHT, [username])], before, count)


def classes_at_once(username: str, before: date, teachers: int, days: int) -> dict[str, list[TakenClass]]:
    """By teacher's username one class of each day, the same days for all, who have students in common."""
    asked = {"username": username, "today": before, "teachers": teachers}
    return {teacher: _taken([section], before, days) for teacher, section in _rows(_SHARING, asked)}


def _taken(sections: Sequence[int], before: date, count: int) -> list[TakenClass]:
    return [TakenClass(*row) for row in _rows(_TAKEN, [list(sections), before, count])]


def _rows(statement: str, asked: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
