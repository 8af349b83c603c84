"""Who completed a week's work in a class done in own time, and what the school was told of it (MS-24b)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from attendance.models import WeekReport
from attendance.rules.day import WORK
from attendance.rules.entry_window import entry_due, sunday_of
from attendance.rules.week_list import COMPLETED, NOT_COMPLETED, NOT_ENTERED, WorkDay, of_day, of_week
from attendance.selectors.judged import judged_days
from attendance.selectors.own_time import days_in_own_time
from attendance.selectors.school_days import session_days
from attendance.selectors.section_teachers import SectionTeachers
from students.access import Scope
from students.models import Section, Student, User


@dataclass(frozen=True, slots=True)
class ListedStudent:
    """A student of the week's list with the state of each day in own time, and of the week."""

    student: Student
    days: Sequence[tuple[date, str]]
    state: str


@dataclass(frozen=True)
class WeekList:
    """A class's week. `report` is what the school was told last, None for nothing; `due_on` the last day for telling.

    `teacher` is the teacher of record on the week's last day in own time.
    """

    section: Section
    monday: date
    students: Sequence[ListedStudent]
    teacher: User | None
    due_on: date
    report: WeekReport | None
    today: date

    def ids(self, state: str) -> list[int]:
        """Students in a state, by id."""
        return sorted(each.student.pk for each in self.students if each.state == state)

    @property
    def completed(self) -> int:
        """How many completed every day."""
        return len(self.ids(COMPLETED))

    @property
    def not_completed(self) -> int:
        """How many did not complete some day."""
        return len(self.ids(NOT_COMPLETED))

    @property
    def not_entered(self) -> int:
        """Of how many nobody can say yet."""
        return len(self.ids(NOT_ENTERED))

    @property
    def has_changed(self) -> bool:
        """Whether the list is no longer what was told."""
        told = self.report
        return told is not None and (told.completed, told.not_completed, told.not_entered) != (
            self.ids(COMPLETED),
            self.ids(NOT_COMPLETED),
            self.ids(NOT_ENTERED),
        )

    @property
    def is_missing(self) -> bool:
        """Whether it should have been told by now and was not."""
        return self.report is None and self.today > self.due_on


def week_lists(scope: Scope, sections: Collection[Section], monday: date) -> list[WeekList]:
    """The lists of classes for a week, those with somebody in own time, by title; nine statements.

    The caller took the classes from the scope.
    """
    known = {each.pk: each for each in sections}
    sunday = sunday_of(monday)
    own = days_in_own_time(scope, list(known), monday, sunday)
    students = Student.objects.in_bulk(set(own.values_list("student_id", flat=True)))
    found: dict[int, dict[int, list[tuple[date, str]]]] = defaultdict(lambda: defaultdict(list))
    due: dict[int, date] = {}
    days_of = session_days(scope, {each.school_id for each in known.values()}, monday)
    for judged in judged_days(scope, sorted(students), monday, sunday):
        day = judged.day
        for piece in judged.facts.meetings:
            if piece.kind != WORK or piece.section_id not in known:
                continue
            state = of_day(WorkDay(day.date, piece.offered, piece.attended), percent=judged.policy.presence_percent)
            found[piece.section_id][day.student_id].append((day.date, state))
            by = entry_due(day.date, piece.mode, judged.plan, days_of[known[piece.section_id].school_id])
            due[piece.section_id] = max(by, due.get(piece.section_id, by))
    teachers, told = SectionTeachers(scope, found), _reports(found, monday)
    lists = []
    for section_id, of_students in found.items():
        last = max(day for days in of_students.values() for day, _ in days)
        lists.append(
            WeekList(
                section=known[section_id],
                monday=monday,
                students=_listed(of_students, students),
                teacher=teachers.on(section_id, last),
                due_on=due[section_id],
                report=told.get(section_id),
                today=scope.today,
            )
        )
    return sorted(lists, key=lambda each: (each.section.title, each.section.pk))


def _listed(found: dict[int, list[tuple[date, str]]], students: dict[int, Student]) -> list[ListedStudent]:
    lines = [
        ListedStudent(students[student_id], sorted(days), of_week(state for _, state in days))
        for student_id, days in found.items()
    ]
    return sorted(lines, key=lambda each: (each.student.sort_name, each.student.pk))


def _reports(section_ids: Collection[int], monday: date) -> dict[int, WeekReport]:
    """The latest of each class."""
    rows = WeekReport.objects.filter(section__in=list(section_ids), week_starts_on=monday)
    return {each.section_id: each for each in rows.select_related("reported_by").order_by("reported_at", "id")}


# Every week of a student names the same few classes: they are told apart before they are counted one by one.
_UNTOLD = """
    SELECT DISTINCT named.section_id, weeks.monday FROM (
        SELECT DISTINCT date_trunc('week', own.date)::date AS monday, own.own_time_sections AS sections
        FROM attendance_dailyattendance own
        WHERE own.own_time_sections <> '{}' AND own.date BETWEEN %(from_date)s AND %(to_date)s
            AND own.student_id = ANY(ARRAY(
                SELECT DISTINCT student_id FROM students_sectionenrollment WHERE section_id = ANY(%(section_ids)s)))
        ) weeks
    CROSS JOIN unnest(weeks.sections) named(section_id)
    WHERE named.section_id = ANY(%(section_ids)s::bigint[]) AND NOT EXISTS (
        SELECT 1 FROM attendance_weekreport told
        WHERE told.section_id = named.section_id AND told.week_starts_on = weeks.monday)
    ORDER BY named.section_id, weeks.monday
"""


def untold_weeks(scope: Scope, section_ids: Collection[int], from_date: date, to_date: date) -> list[tuple[int, date]]:
    """Class and Monday of every week with somebody in own time of which nothing was reported; one statement.

    Both dates inclusive; the caller took the classes from the scope.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNTOLD, {"section_ids": list(section_ids), "from_date": from_date, "to_date": to_date})
        return cursor.fetchall()
