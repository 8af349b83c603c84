"""What a school's month lacks of its weeks in own time."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import connection

from attendance.rules.entry_window import week_of
from attendance.rules.interactions import month_day
from attendance.selectors.contact_weeks import missing_contacts
from attendance.selectors.entry_lines import Asked, entered_late
from attendance.selectors.school_days import session_days
from attendance.selectors.weekly import unreported
from reporting.rules.facts import LateEntries, MissedInteractions, OpenWork, UnreportedWeek
from students.access import Scope
from students.models import Section

_OPEN = """
    SELECT section.id, section.title, COALESCE((
            SELECT teacher.given_name || ' ' || teacher.family_name
            FROM students_sectionteacher teaching JOIN students_user teacher ON teacher.id = teaching.user_id
            WHERE teaching.section_id = section.id AND teaching.starts_on <= ledger.date
                AND COALESCE(teaching.ends_on, 'infinity') >= ledger.date
            ORDER BY teaching.is_primary DESC, teaching.id LIMIT 1
        ), ''), ledger.student_id, date_trunc('week', ledger.date)::date, ledger.date, ledger.status = 'undetermined'
    FROM attendance_dailyattendance ledger
    CROSS JOIN unnest(ledger.own_time_open) waiting(section_id)
    JOIN students_section section ON section.id = waiting.section_id
    WHERE ledger.own_time_open <> '{}' AND ledger.school_id = %s AND ledger.date BETWEEN %s AND %s
    ORDER BY ledger.date, section.title, section.id, ledger.student_id
"""


def open_work(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[OpenWork]:
    """Days of students in own time that nobody entered, dates inclusive; the caller took the school from the scope."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [school_id, from_date, to_date])
        return [OpenWork(*row) for row in cursor.fetchall()]


def missed_interactions(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[MissedInteractions]:
    """Weeks without an interaction that belong to the month, by their last school day (RD-24)."""
    days = session_days(scope, [school_id], week_of(from_date))[school_id]
    lines = missing_contacts(scope, Asked(from_date, to_date, school_ids=[school_id]))
    return [
        MissedInteractions(
            line.section_id, line.title, line.teacher.full_name if line.teacher else "", line.monday, day, students
        )
        for line in lines
        if (day := _within(line.monday, days, from_date, to_date)) and (students := len(line.student_ids))
    ]


def unreported_weeks(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[UnreportedWeek]:
    """Weeks of the month whose list the school never got (MS-24b)."""
    days = session_days(scope, [school_id], week_of(from_date))[school_id]
    sections = list(Section.objects.filter(school=school_id))
    lines = unreported(scope, sections, Asked(from_date, to_date))
    return [
        UnreportedWeek(line.section.title, line.teacher.full_name if line.teacher else "", line.monday, day)
        for line in lines
        if (day := _within(line.monday, days, from_date, to_date))
    ]


def late_entries(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[LateEntries]:
    """Classes and weeks with own-time days entered late, by teacher; a live class is late on its board."""
    by_teacher: dict[str, list[int]] = defaultdict(list)
    for line in entered_late(scope, Asked(from_date, to_date, school_ids=[school_id])):
        if line.kind == "work":
            by_teacher[line.teacher.full_name if line.teacher else ""].append(line.days_late)
    return [LateEntries(teacher, len(late), max(late)) for teacher, late in sorted(by_teacher.items())]


def _within(monday: date, days: Sequence[date], from_date: date, to_date: date) -> date | None:
    day = month_day(monday, days)
    return day if day is not None and from_date <= day <= to_date else None
