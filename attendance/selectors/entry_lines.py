"""What is not entered in time, and what was entered late, by class and week (MS-26, RD-25)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from attendance.rules.entry_window import days_late, entry_due, standing, week_of
from attendance.rules.plan import Plan, plan_on
from attendance.rules.policy import policy_on
from attendance.selectors.entry_facts import IN_SESSION, REVIEWED_ON, SOMEBODY_LIVE, TAKEN_ON
from attendance.selectors.plans import plans
from attendance.selectors.policies import policies
from attendance.selectors.school_days import session_days
from attendance.selectors.section_teachers import SectionTeachers
from students.access import Scope
from students.models import User

CLASS, WORK = "class", "work"

# A class by each day in own time that waits for its entry, with how many students; then its live meetings that nobody
# took, each due on its own day.
_OPEN = f"""
    WITH asked AS MATERIALIZED (
        SELECT id, title, school_id FROM students_section
        WHERE id = ANY(%(section_ids)s) OR school_id = ANY(%(school_ids)s)),
    untaken AS MATERIALIZED (
        SELECT id, section_id, school_id, date FROM attendance_classmeeting
        WHERE state = 'expected' AND date BETWEEN %(from_date)s AND %(to_date)s AND date < %(today)s
            AND (section_id = ANY(%(section_ids)s) OR school_id = ANY(%(school_ids)s)))
    SELECT 'work', section.id, section.title, section.school_id, ledger.school_id, ledger.grade, ledger.mode,
        ledger.date, count(*), NULL::bigint
    FROM attendance_dailyattendance ledger
    CROSS JOIN unnest(ledger.own_time_open) waiting(section_id)
    JOIN asked section ON section.id = waiting.section_id
    WHERE ledger.own_time_open <> '{{}}' AND ledger.date BETWEEN %(from_date)s AND %(to_date)s
    GROUP BY section.id, section.title, section.school_id, ledger.school_id, ledger.grade, ledger.mode, ledger.date
    UNION ALL
    SELECT 'class', section.id, section.title, section.school_id, section.school_id, '', '', meeting.date, count(*),
        min(meeting.id)
    FROM untaken meeting
    JOIN students_section section ON section.id = meeting.section_id
    JOIN attendance_calendarday there ON there.school_id = meeting.school_id AND there.date = meeting.date
    WHERE {IN_SESSION} AND {SOMEBODY_LIVE}
    GROUP BY section.id, meeting.date
"""  # noqa: S608 - constants

# What was entered, by the local day on which it first was.
_ENTERED = f"""
    SELECT 'work', section.id, section.title, section.school_id, ledger.school_id, ledger.grade, ledger.mode,
        ledger.date, count(*), first.day
    FROM attendance_dayreview review
    JOIN students_section section ON section.id = review.section_id
    JOIN attendance_dailyattendance ledger ON ledger.student_id = review.student_id AND ledger.date = review.date
    CROSS JOIN LATERAL (SELECT {REVIEWED_ON} AS day) first
    WHERE review.date BETWEEN %(from_date)s AND %(to_date)s AND first.day > review.date
        AND (section.id = ANY(%(section_ids)s) OR section.school_id = ANY(%(school_ids)s))
    GROUP BY section.id, ledger.school_id, ledger.grade, ledger.mode, ledger.date, first.day
    UNION ALL
    SELECT 'class', section.id, section.title, section.school_id, section.school_id, '', '', meeting.date, count(*),
        first.day
    FROM attendance_classmeeting meeting
    JOIN students_section section ON section.id = meeting.section_id
    CROSS JOIN LATERAL (SELECT {TAKEN_ON} AS day) first
    WHERE meeting.state = 'taken' AND meeting.date BETWEEN %(from_date)s AND %(to_date)s
        AND first.day > meeting.date
        AND (section.id = ANY(%(section_ids)s) OR section.school_id = ANY(%(school_ids)s))
    GROUP BY section.id, meeting.date, first.day
"""  # noqa: S608 - constants


@dataclass
class EntryLine:
    """A class and its week: days of students not entered (or entered late), or live meetings not taken.

    `due_on` is the first last day of them for entering in time, `days_late` counts from it; `state` is that of RD-25.
    `by_due` counts the entries by the last day of each, `by_state` by what each is by itself.
    `meeting_id` is that of the first meeting not taken.
    """

    kind: str
    section_id: int
    title: str
    school_id: int
    teacher: User | None
    monday: date
    due_on: date
    state: str = ""
    days_late: int = 0
    meeting_id: int | None = None
    days: set[date] = field(default_factory=set)
    by_due: Counter[date] = field(default_factory=Counter)
    by_state: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How many entries they are, whenever each is due."""
        return self.by_due.total()

    def is_of(self, user_id: int | None) -> bool:
        """Whether it is one teacher's: nobody inherits what was a teacher's before them."""
        return self.teacher is not None and self.teacher.pk == user_id


@dataclass(frozen=True)
class Asked:
    """Which classes are asked about: those named, and all of some schools; both dates inclusive.

    The caller took the classes and schools from the scope.
    """

    from_date: date
    to_date: date
    section_ids: Collection[int] = ()
    school_ids: Collection[int] = ()


def open_entries(scope: Scope, asked: Asked) -> list[EntryLine]:
    """What waits to be entered: overdue first, then late, then not due, each the oldest first. Six statements."""
    window = policy_on(scope.today, policies(scope)).entry_window_days
    lines = _lines(scope, asked, _OPEN)
    for line in lines:
        line.state = standing(line.due_on, today=scope.today, window=window)
        for due_on, entries in line.by_due.items():
            line.by_state[standing(due_on, today=scope.today, window=window)] += entries
        line.days_late = days_late(line.due_on, scope.today)
    return sorted(lines, key=lambda line: (-line.days_late, line.due_on, line.title, line.section_id))


def entered_late(scope: Scope, asked: Asked) -> list[EntryLine]:
    """What was entered after its last day, never hidden; the latest weeks first. Six statements."""
    lines = [line for line in _lines(scope, asked, _ENTERED) if line.days_late]
    return sorted(lines, key=lambda line: (-line.monday.toordinal(), -line.days_late, line.title))


def _lines(scope: Scope, asked: Asked, statement: str) -> list[EntryLine]:
    rows = _rows(scope, asked, statement)
    known, days = plans(scope), session_days(scope, {row[4] for row in rows}, asked.from_date)
    teachers = SectionTeachers(scope, {row[1] for row in rows})
    lines: dict[tuple[str, int, int | None, date], EntryLine] = {}
    for kind, section_id, title, school_id, of_school, grade, mode, day, count, more in rows:
        due = day if kind == CLASS else _due(known, days[of_school], of_school, grade, mode, day)
        late = days_late(due, more) if isinstance(more, date) else 0
        if statement is _ENTERED and not late:
            continue
        teacher = teachers.on(section_id, day)
        key = (kind, section_id, teacher.pk if teacher else None, week_of(day))
        line = lines.setdefault(key, EntryLine(kind, section_id, title, school_id, teacher, week_of(day), due))
        line.due_on, line.days_late = min(line.due_on, due), max(line.days_late, late)
        line.by_due[due] += count
        line.days.add(day)
        if kind == CLASS and statement is _OPEN and (line.meeting_id is None or more < line.meeting_id):
            line.meeting_id = more
    return list(lines.values())


def _rows(scope: Scope, asked: Asked, statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "section_ids": list(asked.section_ids),
                "school_ids": list(asked.school_ids),
                "from_date": asked.from_date,
                "to_date": asked.to_date,
                "today": scope.today,
                "zone": scope.zone,
            },
        )
        return cursor.fetchall()


def _due(known: list[Plan], days: list[date], school_id: int, grade: str, mode: str, day: date) -> date:
    return entry_due(day, mode, plan_on(day, known, school_id=school_id, grade=grade), days)
