"""Students who have no mark in a class that was taken: for them it is untaken (RD-03)."""

from django.db import connection

from attendance.selectors.entry_lines import Asked
from students.access import Scope

# Nearly every class has a mark of everybody who is on its roster at any time between the dates and not in own time that
# day: rosters and days in own time are read once for all of its meetings, and marks from their index. Who is to be
# marked at all is asked of the others alone.
_PERHAPS = """
    WITH taken AS MATERIALIZED (
        SELECT id, school_id, section_id, date FROM attendance_classmeeting
        WHERE state = 'taken' AND date BETWEEN %(first)s AND %(last)s AND section_id = ANY(%(section_ids)s)
        UNION
        SELECT id, school_id, section_id, date FROM attendance_classmeeting
        WHERE state = 'taken' AND date BETWEEN %(first)s AND %(last)s AND school_id = ANY(%(school_ids)s)),
    rosters AS MATERIALIZED (
        SELECT roster.section_id, array_agg(roster.student_id) AS students
        FROM students_sectionenrollment roster
        WHERE roster.section_id IN (SELECT section_id FROM taken)
            AND roster.starts_on <= %(last)s AND COALESCE(roster.ends_on, 'infinity') >= %(first)s
        GROUP BY roster.section_id),
    in_own_time AS MATERIALIZED (
        SELECT named.section_id, own.date, array_agg(own.student_id) AS students
        FROM attendance_dailyattendance own CROSS JOIN unnest(own.own_time_sections) named(section_id)
        WHERE own.own_time_sections <> '{}' AND own.date BETWEEN %(first)s AND %(last)s
            AND own.student_id = ANY(ARRAY(SELECT DISTINCT unnest(students) FROM rosters))
            AND named.section_id = ANY(ARRAY(SELECT section_id FROM rosters))
        GROUP BY named.section_id, own.date),
    settled AS MATERIALIZED (
        SELECT taken.*, rosters.students AS listed, in_own_time.students ||
            ARRAY(SELECT mark.student_id FROM attendance_mark mark WHERE mark.meeting_id = taken.id) AS students
        FROM taken JOIN rosters ON rosters.section_id = taken.section_id
        LEFT JOIN in_own_time ON in_own_time.section_id = taken.section_id AND in_own_time.date = taken.date),
    perhaps AS MATERIALIZED (SELECT * FROM settled WHERE NOT listed <@ students)
"""

_UNMARKED = """
    roster.section_id = perhaps.section_id
        AND roster.starts_on <= perhaps.date AND COALESCE(roster.ends_on, 'infinity') >= perhaps.date
        AND NOT roster.student_id = ANY(perhaps.students)
        AND EXISTS (
            SELECT 1 FROM students_enrollment enrolled
            WHERE enrolled.student_id = roster.student_id AND enrolled.exit_code <> 'NS'
                AND enrolled.starts_on <= perhaps.date AND COALESCE(enrolled.ends_on, 'infinity') >= perhaps.date)
        AND NOT EXISTS (
            SELECT 1 FROM attendance_gradeday off
            JOIN attendance_calendarday day ON day.id = off.calendar_day_id
            JOIN students_enrollment enrolled ON enrolled.student_id = roster.student_id
                AND enrolled.is_primary AND enrolled.grade = off.grade AND enrolled.exit_code <> 'NS'
                AND enrolled.starts_on <= perhaps.date AND COALESCE(enrolled.ends_on, 'infinity') >= perhaps.date
            WHERE day.school_id = perhaps.school_id AND day.date = perhaps.date
                AND off.event_type NOT IN ('IN', 'LAED'))
"""

# Roster by roster: joined, the planner would read those of the whole district.
_COUNTED = f"""{_PERHAPS}
    SELECT perhaps.id, (SELECT count(*) FROM students_sectionenrollment roster WHERE {_UNMARKED}) FROM perhaps
"""  # noqa: S608 - constants of this module

_FOUND = f"""{_PERHAPS}
    SELECT perhaps.id FROM perhaps
    WHERE (SELECT 1 FROM students_sectionenrollment roster WHERE {_UNMARKED} LIMIT 1) IS NOT NULL
"""  # noqa: S608 - constants of this module


def unmarked_students(scope: Scope, asked: Asked) -> dict[int, int]:
    """How many students have no mark, by id of the class meeting that was taken; one statement.

    Nobody marks work in own time. The caller took the classes and schools from the scope.
    """
    return {meeting_id: students for meeting_id, students in _rows(_COUNTED, asked) if students}


def not_of_everybody(scope: Scope, asked: Asked) -> list[int]:
    """Ids of the class meetings that were taken and have a student without a mark; one statement, of as many days as
    one likes. The caller took the classes and schools from the scope.
    """
    return [meeting_id for (meeting_id,) in _rows(_FOUND, asked)]


def _rows(statement: str, asked: Asked) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "first": asked.from_date,
                "last": asked.to_date,
                "section_ids": list(asked.section_ids),
                "school_ids": list(asked.school_ids),
            },
        )
        return cursor.fetchall()
