"""Which students had their interaction of the week in a class, and who owes those that are missing (RD-24, MS-23)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from attendance.rules.entry_window import days_late, sunday_of, week_of
from attendance.rules.interactions import DUE, MISSING, Contact, ContactWeek, Owed, owed
from attendance.rules.plan import plan_on
from attendance.selectors.entry_lines import Asked
from attendance.selectors.plans import plans
from attendance.selectors.section_teachers import SectionTeachers
from students.access import Scope
from students.models import Student, User

# What a teacher sees: what is missing, and what is not yet done.
OPEN_STATES = (MISSING, DUE)

# Homebound instruction is not work in own time: the teacher comes to the student. The ledger is asked by students, of
# whom it has an index, and not by all of its days.
_WEEKS = """
    SELECT section.id, section.title, section.school_id, ledger.student_id,
        date_trunc('week', ledger.date)::date AS monday,
        array_agg(ledger.date ORDER BY ledger.date),
        (array_agg(ledger.school_id ORDER BY ledger.date DESC))[1],
        (array_agg(ledger.grade ORDER BY ledger.date DESC))[1]
    FROM attendance_dailyattendance ledger
    CROSS JOIN unnest(ledger.own_time_sections) own(section_id)
    JOIN students_section section ON section.id = own.section_id
    WHERE ledger.own_time_sections <> '{}' AND ledger.date BETWEEN %(from_date)s AND %(to_date)s
        AND (section.id = ANY(%(section_ids)s) OR section.school_id = ANY(%(school_ids)s))
        AND ledger.student_id IN (
            SELECT roster.student_id FROM students_sectionenrollment roster
            JOIN students_section its ON its.id = roster.section_id
            WHERE its.id = ANY(%(section_ids)s) OR its.school_id = ANY(%(school_ids)s))
        AND NOT EXISTS (
            SELECT 1 FROM attendance_ownschedule home
            WHERE home.student_id = ledger.student_id AND home.kind = 'homebound' AND home.starts_on <= ledger.date
                AND COALESCE(home.ends_on, 'infinity') >= ledger.date)
    GROUP BY section.id, ledger.student_id, monday
"""

_SCHOOL_DAYS = """
    SELECT student_id, array_agg(date ORDER BY date), array_agg(date) FILTER (WHERE absence_kind = 'excused')
    FROM attendance_dailyattendance
    WHERE student_id = ANY(%(student_ids)s) AND date BETWEEN %(from_date)s AND %(to_date)s
    GROUP BY student_id, date_trunc('week', date)
"""

_CONTACTS = """
    SELECT section_id, student_id, day, kind, minutes FROM attendance_interaction
    WHERE student_id = ANY(%(student_ids)s) AND section_id = ANY(%(section_ids)s)
        AND day BETWEEN %(from_date)s AND %(to_date)s AND withdrawn_at IS NULL
    UNION ALL
    SELECT meeting.section_id, mark.student_id, meeting.date, 'live_class', mark.minutes_attended
    FROM attendance_classmeeting meeting
    JOIN attendance_mark mark ON mark.meeting_id = meeting.id AND mark.student_id = ANY(%(student_ids)s)
    WHERE meeting.section_id = ANY(%(section_ids)s) AND meeting.date BETWEEN %(from_date)s AND %(to_date)s
        AND meeting.state = 'taken' AND mark.minutes_attended > 0
"""


@dataclass(frozen=True, slots=True)
class StudentWeek:
    """A student's week in a class, and what became of its interaction."""

    section_id: int
    title: str
    school_id: int
    student_id: int
    monday: date
    own_days: tuple[date, ...]
    found: Owed
    contacts: tuple[Contact, ...]


@dataclass
class MissingContacts:
    """A class and its week with the students who had no interaction, and who owes it; `days_late` since it was due."""

    section_id: int
    title: str
    school_id: int
    monday: date
    teacher: User | None
    state: str
    days_late: int
    student_ids: list[int]
    students: list[Student]

    def is_of(self, user_id: int | None) -> bool:
        """Whether one teacher owes it as teacher of record (MS-23)."""
        return self.teacher is not None and self.teacher.pk == user_id

    @property
    def is_missing(self) -> bool:
        """Whether it is too late, or only not yet done."""
        return self.state == MISSING


def student_weeks(scope: Scope, asked: Asked) -> list[StudentWeek]:
    """Every student, class and week from Monday to Sunday with a day in own time, in four statements.

    Whole weeks: the week of the first day asked for, and that of the last, belong to it.
    """
    between = {"from_date": week_of(asked.from_date), "to_date": sunday_of(asked.to_date)}
    rows = _all(_WEEKS, section_ids=list(asked.section_ids), school_ids=list(asked.school_ids), **between)
    students, sections = list({row[3] for row in rows}), list({row[0] for row in rows})
    school_days = _school_days(students, between)
    contacts: dict[tuple[int, int, date], list[Contact]] = defaultdict(list)
    for section_id, student_id, day, kind, minutes in _all(
        _CONTACTS, student_ids=students, section_ids=sections, **between
    ):
        contacts[section_id, student_id, week_of(day)].append(Contact(day, kind, minutes))
    known = plans(scope)
    found = []
    for section_id, title, school_id, student_id, monday, own, of_school, grade in rows:
        had = contacts[section_id, student_id, monday]
        week = ContactWeek(tuple(own), *school_days[student_id, monday])
        plan = plan_on(own[-1], known, school_id=of_school, grade=grade)
        result = owed(week, had, plan, today=scope.today)
        its = sorted(had, key=lambda each: each.day)
        found.append(StudentWeek(section_id, title, school_id, student_id, monday, week.own_days, result, tuple(its)))
    return found


def _all(statement: str, **asked: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()


def _school_days(
    student_ids: list[int], between: dict[str, date]
) -> dict[tuple[int, date], tuple[tuple[date, ...], frozenset[date]]]:
    rows = _all(_SCHOOL_DAYS, student_ids=student_ids, **between)
    return {(student, week_of(days[0])): (tuple(days), frozenset(excused or ())) for student, days, excused in rows}


def missing_contacts(scope: Scope, asked: Asked, *, states: Collection[str] = (MISSING,)) -> list[MissingContacts]:
    """The weeks that lack an interaction, by class and teacher of record, the oldest first; six statements."""
    weeks = [each for each in student_weeks(scope, asked) if each.found.state in states]
    teachers = SectionTeachers(scope, {each.section_id for each in weeks})
    lines: dict[tuple[int, date, int | None, str], MissingContacts] = {}
    for week in weeks:
        teacher = teachers.on(week.section_id, week.found.answers_on)
        key = (week.section_id, week.monday, teacher.pk if teacher else None, week.found.state)
        line = lines.setdefault(
            key,
            MissingContacts(
                week.section_id, week.title, week.school_id, week.monday, teacher, week.found.state, 0, [], []
            ),
        )
        line.days_late = max(line.days_late, days_late(week.found.due_on, scope.today))
        line.student_ids.append(week.student_id)
    found = sorted(lines.values(), key=lambda line: (line.monday, line.title, line.section_id))
    _name(found)
    return found


def _name(lines: Collection[MissingContacts]) -> None:
    wanted = {each for line in lines for each in line.student_ids}
    known = Student.objects.in_bulk(wanted)
    for line in lines:
        line.students = sorted((known[each] for each in line.student_ids), key=lambda each: (each.sort_name, each.pk))
