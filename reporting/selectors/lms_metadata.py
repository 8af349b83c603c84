"""What the LMS, and teachers where it could not, recorded of students in own time (MS-24); one statement."""

from datetime import date

from django.db import connection

from attendance.models import InteractionKind, Measure, Mode
from reporting.rules.facts import LmsDay
from students.access import Scope

_ASYNCHRONOUS = [Mode.ASYNC_ONLINE.value, Mode.OFFLINE_DIGITAL.value, Mode.OFFLINE_PACKETS.value]

_RECORDED = """
    WITH own AS MATERIALIZED (
        SELECT student_id, date, mode FROM attendance_dailyattendance
        WHERE school_id = %(school)s AND date BETWEEN %(from)s AND %(to)s
            AND (mode = ANY(%(modes)s) OR own_time_sections <> '{}')
    ), recorded AS (
        SELECT own.student_id, own.date, own.mode, event.section_id, event.source, event.measure, event.minutes,
            event.happened_at
        FROM own JOIN attendance_engagement event ON event.student_id = own.student_id AND event.day = own.date
        UNION ALL
        SELECT own.student_id, own.date, own.mode, review.section_id, 'teacher', COALESCE(NULLIF(review.measure, ''),
            %(work)s), review.minutes, NULL
        FROM own JOIN attendance_dayreview review ON review.student_id = own.student_id AND review.date = own.date
        WHERE review.measure <> '' OR review.minutes > 0 OR review.work_done
        UNION ALL
        SELECT own.student_id, own.date, own.mode, talk.section_id, 'teacher', %(contact)s, talk.minutes,
            talk.happened_at
        FROM own JOIN attendance_interaction talk ON talk.student_id = own.student_id AND talk.day = own.date
        WHERE talk.withdrawn_at IS NULL AND talk.kind <> %(unanswered)s
    )
    SELECT recorded.student_id, COALESCE(section.source_id, ''), date, source, mode,
        count(*) FILTER (WHERE measure = %(login)s), count(*) FILTER (WHERE measure = %(activity)s),
        count(*) FILTER (WHERE measure = %(contact)s), count(*) FILTER (WHERE measure = %(work)s),
        COALESCE(sum(minutes), 0), min(happened_at) AT TIME ZONE %(zone)s, max(happened_at) AT TIME ZONE %(zone)s
    FROM recorded LEFT JOIN students_section section ON section.id = recorded.section_id
    GROUP BY recorded.student_id, section.source_id, date, source, mode
    ORDER BY recorded.student_id, date, 2, source
"""


def lms_days(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[LmsDay]:
    """The records of the days that a school's students spent in own time, dates inclusive.

    An unanswered call is no contact, and a talk that was withdrawn is none. The caller took the school from the scope.
    """
    asked: dict[str, int | str | date | list[str]] = {
        "school": school_id,
        "from": from_date,
        "to": to_date,
        "modes": _ASYNCHRONOUS,
        "login": Measure.LMS_LOGIN.value,
        "activity": Measure.LMS_ACTIVITY.value,
        "contact": Measure.CONTACT.value,
        "work": Measure.WORK.value,
        "unanswered": InteractionKind.UNANSWERED.value,
        "zone": str(scope.zone),
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, asked)
        return [LmsDay(*row) for row in cursor.fetchall()]
