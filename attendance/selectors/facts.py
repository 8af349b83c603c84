"""The facts of student-days, gathered in one statement, as the rules want them (DESIGN, "Daily ledger")."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from attendance.rules.day import DayFacts, MeetingFact
from attendance.rules.excuse import ExcuseFact
from attendance.rules.minutes import MeetingTimes, Span
from attendance.rules.modes import ModeFact
from attendance.rules.schedule import up_to
from attendance.selectors.excuse_facts import EXCUSED, excuse_facts
from students.access import Scope

# A day belongs to the primary enrollment (RD-09) and exists up to the day its school is opened through. Somebody who
# was expected and never came (NS) has no days. Few days are otherwise for some grades, and then it is in session as the
# student's own grade has it. COALESCE stands around the comparisons: around the types, the planner would take one day
# in a hundred to be in session.
PAIRS = """
    SELECT enrollment.student_id, day.date, day.school_id, enrollment.id AS enrollment_id, enrollment.grade,
           enrollment.ada_included, COALESCE(own.day_kind, day.day_kind) AS day_kind,
           COALESCE(own.rotation_day, day.rotation_day) AS rotation_day
    FROM students_enrollment enrollment
    JOIN attendance_calendarday day ON day.school_id = enrollment.school_id
        AND day.date >= enrollment.starts_on AND day.date <= COALESCE(enrollment.ends_on, 'infinity')
    JOIN attendance_schooldays opened ON opened.school_id = day.school_id AND day.date <= opened.opened_through
    LEFT JOIN attendance_gradeday own ON own.calendar_day_id = day.id AND own.grade = enrollment.grade
    WHERE enrollment.is_primary AND enrollment.exit_code <> 'NS'
        AND COALESCE(own.event_type IN ('IN', 'LAED'), day.event_type IN ('IN', 'LAED'))
        AND enrollment.student_id = ANY(%(student_ids)s) AND day.date BETWEEN %(from_date)s AND %(to_date)s
"""

# Meetings count where their own school is in session for the student's grade, up to its dismissal; a mark counts only
# while its class stands as taken.
_FACTS = f"""
    WITH pair AS MATERIALIZED ({PAIRS}),
    own AS MATERIALIZED (
        SELECT enrollment.student_id, day.school_id, day.date, own.event_type IN ('IN', 'LAED') AS in_session,
            attendance_minute(own.dismissal_time) AS dismissal
        FROM attendance_gradeday own
        JOIN attendance_calendarday day ON day.id = own.calendar_day_id
        JOIN students_enrollment enrollment ON enrollment.grade = own.grade AND enrollment.is_primary
            AND day.date >= enrollment.starts_on AND day.date <= COALESCE(enrollment.ends_on, 'infinity')
        WHERE enrollment.student_id = ANY(%(student_ids)s) AND day.date BETWEEN %(from_date)s AND %(to_date)s
    ),
    meeting AS MATERIALIZED (
        SELECT meeting.id, meeting.section_id, meeting.school_id, meeting.date, meeting.starts_at, meeting.state,
        there.event_type IN ('IN', 'LAED') AS in_session, attendance_minute(there.dismissal_time) AS dismissal, ARRAY[
            meeting.id, attendance_minute(meeting.starts_at), attendance_minute(meeting.ends_at),
            attendance_minute(meeting.deduction_starts_at), attendance_minute(meeting.deduction_ends_at),
            meeting.instructional_minutes
        ]::bigint[] AS facts
        FROM attendance_classmeeting meeting
        JOIN attendance_calendarday there ON there.school_id = meeting.school_id AND there.date = meeting.date
        WHERE meeting.date BETWEEN %(from_date)s AND %(to_date)s AND meeting.state <> 'void'
            AND meeting.section_id IN (
                SELECT section_id FROM students_sectionenrollment WHERE student_id = ANY(%(student_ids)s))
    ),
    held AS (
        SELECT roster.student_id, meeting.date, array_agg(meeting.facts || ARRAY[
            mark.minutes_attended, CASE mark.status WHEN 'tardy' THEN 1 WHEN 'left_early' THEN 2 ELSE 0 END,
            CASE WHEN own.student_id IS NULL THEN meeting.dismissal ELSE own.dismissal END
        ]::bigint[] ORDER BY meeting.starts_at, meeting.id)
            FILTER (WHERE COALESCE(own.in_session, meeting.in_session)) AS meetings
        FROM students_sectionenrollment roster
        JOIN meeting ON meeting.section_id = roster.section_id
            AND meeting.date >= roster.starts_on AND meeting.date <= COALESCE(roster.ends_on, 'infinity')
        LEFT JOIN own ON own.student_id = roster.student_id AND own.school_id = meeting.school_id
            AND own.date = meeting.date
        LEFT JOIN attendance_mark mark ON mark.meeting_id = meeting.id AND mark.student_id = roster.student_id
            AND meeting.state = 'taken'
        WHERE roster.student_id = ANY(%(student_ids)s)
        GROUP BY roster.student_id, meeting.date
    ),
    excused AS ({EXCUSED}),
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
Seen = dict[tuple[Any, ...], MeetingFact | None]


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
        seen: Seen = {}
        for *facts, meetings, excuses, modes in cursor.fetchall():
            yield StudentDay(*facts, _meetings(meetings, seen), excuse_facts(excuses), _modes(modes))  # type: ignore[call-arg]


def _meetings(rows: list[list[Any]] | None, seen: Seen) -> tuple[MeetingFact, ...]:
    return tuple(fact for row in rows or () if (fact := _meeting(tuple(row), seen)))


def _meeting(row: tuple[Any, ...], seen: Seen) -> MeetingFact | None:
    """Made once for all students of a class with the same mark: most are present."""
    if row not in seen:
        *facts, dismissal = row
        seen[row] = _fact(*facts) if dismissal is None or dismissal >= row[2] else _dismissed(_fact(*facts), dismissal)
    return seen[row]


def _fact(
    meeting_id: int,
    starts: int,
    ends: int,
    deducted_from: int | None,
    deducted_to: int,
    minutes: int,
    attended: int | None,
    mark: int,
) -> MeetingFact:
    deduction = None if deducted_from is None else Span(deducted_from, deducted_to)
    return MeetingFact(meeting_id, MeetingTimes(Span(starts, ends), deduction), minutes, attended, _MARKS[mark])


def _dismissed(fact: MeetingFact, dismissal: int) -> MeetingFact | None:
    """A class that was taken with the bells of a whole day counts up to the dismissal, and none after it (RD-01)."""
    times = up_to(fact.times, dismissal)
    if times is None:
        return None
    attended = None if fact.attended is None else min(fact.attended, times.instructional_minutes)
    return replace(fact, times=times, offered=times.instructional_minutes, attended=attended)


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
