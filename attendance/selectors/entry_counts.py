"""Entries counted by teacher and date: from their facts, and as they are stored (RD-25)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from attendance.models import EntriesCounted, EntryCount, EntryKind, EntryNews
from attendance.rules.entry_window import days_late, entry_due
from attendance.rules.plan import plan_on
from attendance.selectors.entry_facts import IN_SESSION, REVIEWED_ON, SOMEBODY_LIVE, TAKEN_ON
from attendance.selectors.plans import plans
from attendance.selectors.school_days import session_days
from attendance.selectors.section_teachers import SectionTeachers
from students.access import Scope

# Everything that a school's classes had to enter, by class, date, and the day it first was entered on (none: open).
_WITHIN = """BETWEEN %(first)s AND %(last)s
        AND (%(dates)s::date[] IS NULL OR {date} = ANY(%(dates)s::date[]))"""
_FACTS = f"""
    SELECT 'work', section.id, ledger.school_id, ledger.grade, ledger.mode, ledger.date, NULL::date, count(*)
    FROM attendance_dailyattendance ledger
    CROSS JOIN unnest(ledger.own_time_open) waiting(section_id)
    JOIN students_section section ON section.id = waiting.section_id
    WHERE ledger.own_time_open <> '{{}}' AND ledger.date {_WITHIN.format(date="ledger.date")}
        AND section.school_id = %(school)s
    GROUP BY section.id, ledger.school_id, ledger.grade, ledger.mode, ledger.date
    UNION ALL
    SELECT 'work', section.id, ledger.school_id, ledger.grade, ledger.mode, ledger.date, first.day, count(*)
    FROM attendance_dayreview review
    JOIN students_section section ON section.id = review.section_id
    JOIN attendance_dailyattendance ledger ON ledger.student_id = review.student_id AND ledger.date = review.date
    CROSS JOIN LATERAL (SELECT {REVIEWED_ON} AS day) first
    WHERE review.date {_WITHIN.format(date="review.date")} AND section.school_id = %(school)s
    GROUP BY section.id, ledger.school_id, ledger.grade, ledger.mode, ledger.date, first.day
    UNION ALL
    SELECT 'class', meeting.section_id, meeting.school_id, '', '', meeting.date, first.day, count(*)
    FROM attendance_classmeeting meeting
    JOIN attendance_calendarday there ON there.school_id = meeting.school_id AND there.date = meeting.date
    CROSS JOIN LATERAL (SELECT CASE WHEN meeting.state = 'taken' THEN {TAKEN_ON} END AS day) first
    WHERE meeting.school_id = %(school)s AND meeting.state <> 'void' AND {IN_SESSION} AND {SOMEBODY_LIVE}
        AND meeting.date {_WITHIN.format(date="meeting.date")}
    GROUP BY meeting.section_id, meeting.school_id, meeting.date, first.day
"""  # noqa: S608 - constants of this module

# What is due by yesterday: what can still be entered in time is of no side yet.


class OfTeacher(NamedTuple):
    """A teacher's share of some entries; nobody where no teacher is named."""

    teacher_id: int | None
    in_time: int
    late: int
    open: int


class Counted(NamedTuple):
    """Entries of a school of one kind, date and last day for entering in time, and each teacher's share by id."""

    kind: str
    day: date
    due_on: date
    in_time: int
    late: int
    open: int
    students: int
    teachers: tuple[OfTeacher, ...]


_OF_TEACHERS = ("teacher_ids", "in_time_of", "late_of", "open_of")
_COLUMNS = (
    "kind",
    "date",
    "due_on",
    "in_time",
    "late",
    "open",
    "students",
    "teacher_ids",
    "in_time_of",
    "late_of",
    "open_of",
)


class EntryFacts(NamedTuple):
    """Which dates are asked for: all between the first and the last, both inclusive, or those named among them."""

    first: date
    last: date
    dates: Collection[date] | None = None


def counted_from_facts(scope: Scope, school_id: int, asked: EntryFacts) -> list[Counted]:
    """A school's entries, counted from meetings, reviews and ledger; seven statements however many.

    The caller took the school from the scope.
    """
    rows = _rows(scope, school_id, asked)
    known, days = plans(scope), session_days(scope, {row.of_school for row in rows}, asked.first)
    teachers = SectionTeachers(scope, {row.section_id for row in rows})

    @cache
    def due_on(day: date, of_school: int, grade: str, mode: str) -> date:
        return entry_due(day, mode, plan_on(day, known, school_id=of_school, grade=grade), days[of_school])

    sums: dict[tuple[str, date, date], _Sum] = defaultdict(_Sum)
    for row in rows:
        teacher = teachers.on(row.section_id, row.day)
        due = row.day if row.kind == EntryKind.CLASS else due_on(row.day, row.of_school, row.grade, row.mode)
        sums[row.kind, row.day, due].add(row, due, teacher.pk if teacher else None)
    return [Counted(*key, *each.total, each.most, each.teachers) for key, each in sums.items()]


class _Fact(NamedTuple):
    kind: str
    section_id: int
    of_school: int
    grade: str
    mode: str
    day: date
    entered_on: date | None
    entries: int


class _Sum:
    def __init__(self) -> None:
        self._by_teacher: dict[int | None, list[int]] = defaultdict(lambda: [0, 0, 0])
        self._by_class: dict[int, int] = defaultdict(int)

    def add(self, row: _Fact, due: date, teacher_id: int | None) -> None:
        place = 2 if row.entered_on is None else 1 if days_late(due, row.entered_on) else 0
        self._by_teacher[teacher_id][place] += row.entries
        if row.kind == EntryKind.WORK:
            self._by_class[row.section_id] += row.entries

    @property
    def total(self) -> tuple[int, int, int]:
        in_time, late, waiting = (sum(counts) for counts in zip(*self._by_teacher.values(), strict=True))
        return in_time, late, waiting

    @property
    def teachers(self) -> tuple[OfTeacher, ...]:
        ordered = sorted(self._by_teacher.items(), key=lambda each: each[0] or 0)
        return tuple(OfTeacher(teacher_id, *counts) for teacher_id, counts in ordered)

    @property
    def most(self) -> int:
        """Students in the largest class: a day in own time is one student's there, and another class may share them."""
        return max(self._by_class.values(), default=0)


def _rows(scope: Scope, school_id: int, asked: EntryFacts) -> list[_Fact]:
    with connection.cursor() as cursor:
        cursor.execute(
            _FACTS,
            {
                "school": school_id,
                "first": asked.first,
                "last": asked.last,
                "dates": None if asked.dates is None else list(asked.dates),
                "zone": scope.zone,
            },
        )
        return [_Fact(*row) for row in cursor.fetchall()]


def stored_counts(scope: Scope, school_id: int, asked: EntryFacts) -> dict[Counted, int]:
    """The ids of the counts that are stored of a school; the caller took it from the scope."""
    found = EntryCount.objects.filter(school=school_id, date__range=(asked.first, asked.last))
    if asked.dates is not None:
        found = found.filter(date__in=asked.dates)
    return {_stored(*row[1:]): row[0] for row in found.values_list("pk", *_COLUMNS)}


def _stored(kind: str, day: date, due_on: date, *given: Any) -> Counted:
    in_time, late, waiting, students, *side_by_side = given
    teachers = tuple(OfTeacher(*each) for each in zip(*side_by_side, strict=True))
    return Counted(kind, day, due_on, in_time, late, waiting, students, teachers)


def schools_with_entry_news(scope: Scope) -> list[int]:
    """Ids of the schools of whose entries some are to be counted anew."""
    found = EntryNews.objects.filter(date__lte=scope.today).order_by("school")
    return list(found.values_list("school", flat=True).distinct())


def entries_counted_at(scope: Scope, school_ids: Collection[int]) -> tuple[datetime | None, bool]:
    """The instant as of which entries of schools are counted, and whether every one of them is counted at all.

    Where nothing changed since, it is this instant. Two statements; the caller took the schools from the scope.
    """
    counted = dict(EntriesCounted.objects.filter(school__in=school_ids).values_list("school", "counted_at"))
    moved = counted.keys() & set(schools_with_entry_news(scope))
    at = min((counted[each] for each in moved), default=scope.now if counted else None)
    return at, counted.keys() >= set(school_ids)
