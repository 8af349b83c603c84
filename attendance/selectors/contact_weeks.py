"""Which students had their interaction of the week in a class, and who owes those that are missing (RD-24, MS-23)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from attendance.rules.entry_window import days_late, sunday_of, week_of
from attendance.rules.interactions import DUE, MISSING, Contact, ContactWeek, Owed, owed
from attendance.rules.plan import plan_on
from attendance.selectors.entry_lines import Asked
from attendance.selectors.plans import plans
from attendance.selectors.section_teachers import SectionTeachers
from students.access import Scope
from students.models import Section, Student, User

# What a teacher sees: what is missing, and what is not yet done.
OPEN_STATES = (MISSING, DUE)

# Homebound instruction is not work in own time: the teacher comes to the student. The ledger is asked by students, of
# whom it has an index, and not by all of its days.
_WEEKS = """
    SELECT ledger.student_id, date_trunc('week', ledger.date)::date AS monday, ledger.own_time_sections,
        array_agg(ledger.date ORDER BY ledger.date),
        (array_agg(ledger.school_id ORDER BY ledger.date DESC))[1],
        (array_agg(ledger.grade ORDER BY ledger.date DESC))[1]
    FROM attendance_dailyattendance ledger
    WHERE ledger.own_time_sections <> '{}' AND ledger.date BETWEEN %(from_date)s AND %(to_date)s
        AND ledger.student_id = ANY(ARRAY(
            SELECT DISTINCT student_id FROM students_sectionenrollment WHERE section_id = ANY(%(section_ids)s)))
        AND NOT EXISTS (
            SELECT 1 FROM attendance_ownschedule home
            WHERE home.student_id = ledger.student_id AND home.kind = 'homebound' AND home.starts_on <= ledger.date
                AND COALESCE(home.ends_on, 'infinity') >= ledger.date)
    GROUP BY ledger.student_id, monday, ledger.own_time_sections
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


class StudentWeek(NamedTuple):
    """A student's week in a class, and what became of its interaction."""

    section_id: int
    title: str
    school_id: int
    student_id: int
    monday: date
    own_days: tuple[date, ...]
    found: Owed
    contacts: Sequence[Contact]


class _OwnDays(NamedTuple):
    """Days of a student's week in own time, all in the same classes, with school and grade of the last."""

    sections: list[int]
    days: list[date]
    school_id: int
    grade: str


@dataclass
class MissingContacts:
    """A class and its week with the students who had no interaction, and who owes it; `days_late` since it was due.

    `students` are those of `student_ids` once they are named.
    """

    section_id: int
    title: str
    school_id: int
    monday: date
    teacher: User | None
    state: str
    days_late: int = 0
    student_ids: list[int] = field(default_factory=list)
    students: Sequence[Student] = ()

    def is_of(self, user_id: int | None) -> bool:
        """Whether one teacher owes it as teacher of record (MS-23)."""
        return self.teacher is not None and self.teacher.pk == user_id

    @property
    def is_missing(self) -> bool:
        """Whether it is too late, or only not yet done."""
        return self.state == MISSING


def student_weeks(scope: Scope, asked: Asked) -> list[StudentWeek]:
    """Every student, class and week from Monday to Sunday with a day in own time, in five statements.

    Whole weeks: the week of the first day asked for, and that of the last, belong to it.
    """
    between = {"from_date": week_of(asked.from_date), "to_date": sunday_of(asked.to_date)}
    sections = _sections(asked)
    weeks: dict[tuple[int, date], list[_OwnDays]] = defaultdict(list)
    for student_id, monday, *its_days in _all(_WEEKS, section_ids=list(sections), **between):
        weeks[student_id, monday].append(_OwnDays(*its_days))
    students = list({student_id for student_id, _ in weeks})
    school_days, had = _school_days(students, between), _contacts(students, list(sections), between)
    known, today = plans(scope), scope.today
    found = []
    for (student_id, monday), days in weeks.items():
        for own in _by_classes(days):
            week = ContactWeek(tuple(own.days), *school_days[student_id, monday])
            plan = plan_on(own.days[-1], known, school_id=own.school_id, grade=own.grade)
            # Judged once for all of the classes: hundreds of students of a school have six and no talk in any.
            silent = owed(week, (), plan, today=today)
            for section_id in own.sections:
                if section_id in sections:
                    its = had.get((section_id, student_id, monday), ())
                    result = owed(week, its, plan, today=today) if its else silent
                    found.append(
                        StudentWeek(section_id, *sections[section_id], student_id, monday, week.own_days, result, its)
                    )
    return found


def _sections(asked: Asked) -> dict[int, tuple[str, int]]:
    """Title and school of the classes asked about."""
    named = Section.objects.filter(Q(pk__in=list(asked.section_ids)) | Q(school__in=list(asked.school_ids)))
    return {
        section_id: (title, school_id) for section_id, title, school_id in named.values_list("pk", "title", "school")
    }


def _by_classes(days: Sequence[_OwnDays]) -> Iterator[_OwnDays]:
    """A student's week class by class, where its days were not all in the same ones."""
    if len(days) == 1:
        yield from days
        return
    for section_id in {section_id for each in days for section_id in each.sections}:
        its = sorted((each for each in days if section_id in each.sections), key=lambda each: each.days[-1])
        own = sorted(day for each in its for day in each.days)
        yield _OwnDays([section_id], own, its[-1].school_id, its[-1].grade)


def _contacts(
    student_ids: list[int], section_ids: list[int], between: dict[str, date]
) -> dict[tuple[int, int, date], list[Contact]]:
    """Talks and live classes by class, student and week, in order of days."""
    found: dict[tuple[int, int, date], list[Contact]] = defaultdict(list)
    rows = _all(_CONTACTS, student_ids=student_ids, section_ids=section_ids, **between)
    for section_id, student_id, day, kind, minutes in sorted(rows, key=itemgetter(2)):
        found[section_id, student_id, week_of(day)].append(Contact(day, kind, minutes))
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
    """The weeks that lack an interaction, by class and teacher of record, the oldest first; seven statements.

    The students are named by `name_students`.
    """
    weeks = [each for each in student_weeks(scope, asked) if each.found.state in states]
    teachers, today = SectionTeachers(scope, {each.section_id for each in weeks}), scope.today
    lines: dict[tuple[int, date, int | None, str], MissingContacts] = {}
    for week in weeks:
        teacher = teachers.on(week.section_id, week.found.answers_on)
        key = (week.section_id, week.monday, teacher.pk if teacher else None, week.found.state)
        line = lines.get(key)
        if line is None:
            line = lines[key] = MissingContacts(
                week.section_id, week.title, week.school_id, week.monday, teacher, week.found.state
            )
        line.days_late = max(line.days_late, days_late(week.found.due_on, today))
        line.student_ids.append(week.student_id)
    return sorted(lines.values(), key=lambda line: (line.monday, line.title, line.section_id))


def name_students(scope: Scope, lines: Collection[MissingContacts]) -> None:
    """Tell some lines their students, in one statement; the caller took them from the scope."""
    known = Student.objects.in_bulk({each for line in lines for each in line.student_ids})
    for line in lines:
        line.students = sorted((known[each] for each in line.student_ids), key=lambda each: (each.sort_name, each.pk))
