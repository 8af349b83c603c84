"""The facts of student-days, gathered in one statement, as the rules want them (DESIGN, "Daily ledger")."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import connection

from attendance.rules.day import DayFacts, MeetingFact
from attendance.rules.minutes import WHOLE_DAY, MeetingTimes, Span, minute_of
from attendance.rules.modes import ModeFact
from students.access import Scope

# A day belongs to the primary enrollment (RD-09) and exists up to the day its school is opened through. Somebody who
# was expected and never came (NS) has no days.
PAIRS = """
    SELECT enrollment.student_id, day.date, day.school_id, enrollment.id AS enrollment_id, enrollment.grade,
           enrollment.ada_included, day.day_kind, day.rotation_day
    FROM students_enrollment enrollment
    JOIN attendance_calendarday day ON day.school_id = enrollment.school_id
        AND day.date >= enrollment.starts_on AND day.date <= COALESCE(enrollment.ends_on, 'infinity')
    JOIN attendance_schooldays opened ON opened.school_id = day.school_id AND day.date <= opened.opened_through
    WHERE enrollment.is_primary AND enrollment.exit_code <> 'NS' AND day.event_type IN ('IN', 'LAED')
        AND enrollment.student_id = ANY(%(student_ids)s) AND day.date BETWEEN %(from_date)s AND %(to_date)s
"""

# Meetings count where their own school is in session; a mark counts only while its class stands as taken.
_FACTS = f"""
    WITH pair AS MATERIALIZED ({PAIRS}),
    meeting AS MATERIALIZED (
        SELECT meeting.id, meeting.section_id, meeting.date, meeting.starts_at, meeting.state, ARRAY[
            meeting.id, attendance_minute(meeting.starts_at), attendance_minute(meeting.ends_at),
            attendance_minute(meeting.deduction_starts_at), attendance_minute(meeting.deduction_ends_at),
            meeting.instructional_minutes
        ]::bigint[] AS facts
        FROM attendance_classmeeting meeting
        JOIN attendance_calendarday there ON there.school_id = meeting.school_id AND there.date = meeting.date
            AND there.event_type IN ('IN', 'LAED')
        WHERE meeting.date BETWEEN %(from_date)s AND %(to_date)s AND meeting.state <> 'void'
            AND meeting.section_id IN (
                SELECT section_id FROM students_sectionenrollment WHERE student_id = ANY(%(student_ids)s))
    ),
    held AS (
        SELECT roster.student_id, meeting.date, array_agg(meeting.facts || ARRAY[
            mark.minutes_attended, CASE mark.status WHEN 'tardy' THEN 1 WHEN 'left_early' THEN 2 ELSE 0 END
        ]::bigint[] ORDER BY meeting.starts_at, meeting.id) AS meetings
        FROM students_sectionenrollment roster
        JOIN meeting ON meeting.section_id = roster.section_id
            AND meeting.date >= roster.starts_on AND meeting.date <= COALESCE(roster.ends_on, 'infinity')
        LEFT JOIN attendance_mark mark ON mark.meeting_id = meeting.id AND mark.student_id = roster.student_id
            AND meeting.state = 'taken'
        WHERE roster.student_id = ANY(%(student_ids)s)
        GROUP BY roster.student_id, meeting.date
    ),
    excused AS (
        SELECT pair.student_id, pair.date, json_agg(json_build_array(
            excuse.reason, excuse.document_kind, excuse.starts_at, excuse.ends_at) ORDER BY excuse.id) AS excuses
        FROM pair JOIN attendance_excuse excuse ON excuse.student_id = pair.student_id
            AND pair.date BETWEEN excuse.starts_on AND excuse.ends_on AND excuse.withdrawn_at IS NULL
        GROUP BY pair.student_id, pair.date
    ),
    mode AS (
        SELECT fact.student_id, json_agg(json_build_array(fact.mode, fact.starts_on, fact.ends_on, fact.weekdays,
            fact.rotation_days, fact.reason) ORDER BY fact.id) AS modes
        FROM attendance_modeassignment fact
        WHERE fact.student_id = ANY(%(student_ids)s)
            AND fact.starts_on <= %(to_date)s AND COALESCE(fact.ends_on, 'infinity') >= %(from_date)s
        GROUP BY fact.student_id
    )
    SELECT pair.*, held.meetings, excused.excuses, mode.modes
    FROM pair
    LEFT JOIN held USING (student_id, date)
    LEFT JOIN excused USING (student_id, date)
    LEFT JOIN mode USING (student_id)
    ORDER BY pair.student_id, pair.date
"""  # noqa: S608 - constants of this module

_MARKS = {0: None, 1: "tardy", 2: "left_early"}


@dataclass(frozen=True, slots=True)
class ExcuseFact:
    """An excuse that speaks of the day; whether it is accepted is the policy's to say."""

    reason: str
    document_kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class StudentDay:
    """Everything that one student's day is judged by."""

    student_id: int
    date: date
    school_id: int
    enrollment_id: int
    grade: str
    ada_included: bool
    day_kind: str
    rotation_day: str
    meetings: tuple[MeetingFact, ...]
    excuses: tuple[ExcuseFact, ...]
    modes: tuple[ModeFact, ...]

    def facts(self, accepted: Iterable[Span]) -> DayFacts:
        """The facts of the day, with the spans of the excuses that the policy accepts."""
        return DayFacts(self.meetings, tuple(accepted))


def gather(scope: Scope, student_ids: Iterable[int], from_date: date, to_date: date) -> Iterator[StudentDay]:
    """The days of students between two dates, both inclusive, ordered by student and date; one statement.

    The caller took the students from the scope.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"student_ids": list(student_ids), "from_date": from_date, "to_date": to_date})
        seen: dict[tuple[Any, ...], MeetingFact] = {}
        for *facts, meetings, excuses, modes in cursor.fetchall():
            yield StudentDay(*facts, _meetings(meetings, seen), _excuses(excuses), _modes(modes))  # type: ignore[call-arg]


def _meetings(rows: list[list[Any]] | None, seen: dict[tuple[Any, ...], MeetingFact]) -> tuple[MeetingFact, ...]:
    return tuple(_meeting(tuple(row), seen) for row in rows or ())


def _meeting(row: tuple[Any, ...], seen: dict[tuple[Any, ...], MeetingFact]) -> MeetingFact:
    """Made once for all students of a class with the same mark: most are present."""
    if row not in seen:
        meeting_id, starts, ends, deducted_from, deducted_to, minutes, attended, mark = row
        deduction = None if deducted_from is None else Span(deducted_from, deducted_to)
        times = MeetingTimes(Span(starts, ends), deduction)
        seen[row] = MeetingFact(meeting_id, times, minutes, attended, _MARKS[mark])
    return seen[row]


def _excuses(rows: list[list[Any]] | None) -> tuple[ExcuseFact, ...]:
    return tuple(ExcuseFact(reason, kind, _span(starts, ends)) for reason, kind, starts, ends in rows or ())


def _span(starts: str | None, ends: str | None) -> Span:
    if starts is None or ends is None:
        return WHOLE_DAY
    return Span(minute_of(time.fromisoformat(starts)), minute_of(time.fromisoformat(ends)))


def _modes(rows: list[list[Any]] | None) -> tuple[ModeFact, ...]:
    return tuple(
        ModeFact(
            mode,
            date.fromisoformat(starts),
            date.fromisoformat(ends) if ends else None,
            tuple(weekdays),
            tuple(rotation_days),
            reason,
        )
        for mode, starts, ends, weekdays, rotation_days, reason in rows or ()
    )
