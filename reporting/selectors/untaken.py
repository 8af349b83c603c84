"""Which class meetings nobody took, and for which of them the undetermined days of a school wait (RD-03)."""

from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef

from attendance.models import CalendarDay, ClassMeeting, MeetingState
from attendance.selectors.own_time import live_in_outer_meeting
from attendance.selectors.section_teachers import SectionTeachers
from reporting.rules.class_facts import UntakenMeeting
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


def untaken_meetings(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[UntakenMeeting]:
    """Every meeting of days that are over which somebody was to attend live and nobody took; two statements.

    Dates are inclusive. The caller took the school from the scope.
    """
    session = CalendarDay.objects.in_session().filter(school=OuterRef("school"), date=OuterRef("date"))
    held = ClassMeeting.objects.filter(Exists(session), school=school_id, date__range=(from_date, to_date))
    untaken = held.filter(Exists(live_in_outer_meeting()), state=MeetingState.EXPECTED, date__lt=scope.today)
    found = list(
        untaken.order_by("date", "starts_at", "pk").values_list("pk", "date", "section", "section__title", "period")
    )
    teachers = SectionTeachers(scope, {section_id for _, _, section_id, _, _ in found})
    return [
        UntakenMeeting(pk, day, title, period, teacher.full_name if (teacher := teachers.on(section_id, day)) else "")
        for pk, day, section_id, title, period in found
    ]
