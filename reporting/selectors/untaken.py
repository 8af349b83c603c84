"""Which class meetings the undetermined days of a school wait for (RD-03)."""

from datetime import date

from django.db import connection

from reporting.rules.facts import UntakenMark
from students.access import Scope

# As the ledger gathers its facts: classes of any school that is in session, a mark only while the class is taken.
_UNTAKEN = """
    SELECT meeting.id, ledger.student_id, meeting.date, section.title, meeting.period,
           COALESCE((
               SELECT teacher.given_name || ' ' || teacher.family_name
               FROM students_sectionteacher teaching JOIN students_user teacher ON teacher.id = teaching.user_id
               WHERE teaching.section_id = meeting.section_id AND teaching.starts_on <= meeting.date
                   AND COALESCE(teaching.ends_on, 'infinity') >= meeting.date
               ORDER BY teaching.is_primary DESC, teaching.id LIMIT 1
           ), ''),
           meeting.state = 'taken'
    FROM attendance_dailyattendance ledger
    JOIN students_sectionenrollment roster ON roster.student_id = ledger.student_id
        AND roster.starts_on <= ledger.date AND COALESCE(roster.ends_on, 'infinity') >= ledger.date
    JOIN attendance_classmeeting meeting ON meeting.section_id = roster.section_id
        AND meeting.date = ledger.date AND meeting.state <> 'void'
    JOIN attendance_calendarday there ON there.school_id = meeting.school_id AND there.date = meeting.date
    LEFT JOIN attendance_gradeday own ON own.calendar_day_id = there.id AND own.grade = ledger.grade
    JOIN students_section section ON section.id = meeting.section_id
    LEFT JOIN attendance_mark mark ON mark.meeting_id = meeting.id AND mark.student_id = ledger.student_id
        AND meeting.state = 'taken'
    WHERE ledger.school_id = %s AND ledger.date BETWEEN %s AND %s AND ledger.status = 'undetermined'
        AND mark.id IS NULL AND NOT meeting.section_id = ANY(ledger.own_time_sections)
        AND COALESCE(own.event_type, there.event_type) IN ('IN', 'LAED')
        AND meeting.starts_at < COALESCE(
            CASE WHEN own.id IS NULL THEN there.dismissal_time ELSE own.dismissal_time END, '24:00'::time)
    ORDER BY meeting.date, meeting.starts_at, meeting.id, ledger.student_id
"""


def untaken_marks(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[UntakenMark]:
    """Meetings without a mark of students whose days are undetermined, dates inclusive; one statement.

    The caller took the school from the scope.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNTAKEN, [school_id, from_date, to_date])
        return [UntakenMark(*row) for row in cursor.fetchall()]
