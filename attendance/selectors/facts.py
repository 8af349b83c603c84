"""The facts of student-days, gathered in one statement, as the rules want them (DESIGN, "Daily ledger")."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from attendance.rules.contributions import Circumstances, Held
from attendance.rules.excuse import ExcuseFact
from attendance.rules.minutes import MeetingTimes, Span
from attendance.rules.schedule import up_to
from attendance.selectors.circumstances import PLAIN, circumstances
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
            meeting.id, meeting.section_id, attendance_minute(meeting.starts_at), attendance_minute(meeting.ends_at),
            attendance_minute(meeting.deduction_starts_at), attendance_minute(meeting.deduction_ends_at),
            meeting.instructional_minutes, meeting.school_id
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
            attendance_minute(mark.arrived_at), attendance_minute(mark.left_at),
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
            fact.rotation_days, fact.reason, fact.section_id) ORDER BY fact.id) AS modes
        FROM attendance_modeassignment fact
        WHERE fact.student_id = ANY(%(student_ids)s)
            AND fact.starts_on <= %(to_date)s AND COALESCE(fact.ends_on, 'infinity') >= %(from_date)s
        GROUP BY fact.student_id
    ),
    assigned AS (
        SELECT roster.student_id, work.date, work.section_id, SUM(work.minutes) AS minutes
        FROM attendance_assignment work
        JOIN students_sectionenrollment roster ON roster.section_id = work.section_id
            AND work.date >= roster.starts_on AND work.date <= COALESCE(roster.ends_on, 'infinity')
        WHERE roster.student_id = ANY(%(student_ids)s) AND work.withdrawn_at IS NULL
            AND work.date BETWEEN %(from_date)s AND %(to_date)s
        GROUP BY roster.student_id, work.date, work.section_id
    ),
    about AS (
        SELECT student_id, date, 'assigned' AS what, json_build_array(section_id, minutes) AS said FROM assigned
        UNION ALL
        SELECT student_id, day, 'evidence', json_build_array(measure, section_id, work_of) FROM attendance_engagement
        WHERE student_id = ANY(%(student_ids)s) AND day BETWEEN %(from_date)s AND %(to_date)s
        UNION ALL
        SELECT student_id, day, 'evidence', json_build_array('contact', section_id, NULL) FROM attendance_interaction
        WHERE student_id = ANY(%(student_ids)s) AND day BETWEEN %(from_date)s AND %(to_date)s
            AND withdrawn_at IS NULL AND kind <> 'unanswered'
        UNION ALL
        SELECT review.student_id, review.date, 'review', json_build_array(
            review.section_id, review.measure, review.minutes, review.handed_in_on, review.work_done,
            CASE WHEN review.handed_in_on IS NOT NULL THEN ARRAY(
                SELECT after.date FROM attendance_calendarday after
                WHERE after.school_id = pair.school_id AND after.event_type IN ('IN', 'LAED')
                    AND after.date > date_trunc('week', review.date)::date + 6
                ORDER BY after.date LIMIT 5) END)
        FROM attendance_dayreview review JOIN pair USING (student_id, date)
        UNION ALL
        SELECT pair.student_id, pair.date, 'office', json_build_array(
            event.kind, attendance_minute(event.starts_at), attendance_minute(event.ends_at), entry.school_id)
        FROM attendance_officeevent event JOIN attendance_officeentry entry ON entry.id = event.entry_id
        JOIN pair ON pair.student_id = event.student_id
            AND pair.date BETWEEN event.starts_on AND event.ends_on
        WHERE event.student_id = ANY(%(student_ids)s) AND event.withdrawn_at IS NULL
            AND event.kind <> 'reported_absence'
        UNION ALL
        SELECT seat.student_id, sitting.date, 'seat', json_build_array(sitting.id, attendance_minute(sitting.starts_at),
            attendance_minute(sitting.ends_at), seat.minutes_attended, sitting.may_be_remote)
        FROM attendance_assessmentseat seat JOIN attendance_assessment sitting ON sitting.id = seat.assessment_id
        WHERE seat.student_id = ANY(%(student_ids)s) AND sitting.date BETWEEN %(from_date)s AND %(to_date)s
            AND sitting.withdrawn_at IS NULL AND seat.withdrawn_at IS NULL
        UNION ALL
        SELECT roster.student_id, off.date, 'college', json_build_array(roster.section_id)
        FROM students_sectionenrollment roster
        JOIN attendance_collegesection taught ON taught.section_id = roster.section_id
        JOIN attendance_collegeday off ON off.college_id = taught.college_id
            AND off.date >= roster.starts_on AND off.date <= COALESCE(roster.ends_on, 'infinity')
        WHERE roster.student_id = ANY(%(student_ids)s) AND off.date BETWEEN %(from_date)s AND %(to_date)s
    ),
    circumstance AS (
        SELECT student_id, date, json_agg(json_build_array(what, said) ORDER BY what, said::text) AS circumstances
        FROM about GROUP BY student_id, date
    ),
    own_fact AS (
        SELECT student_id, 'own_schedule' AS what, starts_on, ends_on, json_build_array(kind) AS said
        FROM attendance_ownschedule
        WHERE student_id = ANY(%(student_ids)s)
            AND starts_on <= %(to_date)s AND COALESCE(ends_on, 'infinity') >= %(from_date)s
        UNION ALL
        SELECT student_id, 'accommodation', starts_on, ends_on, to_json(measures) FROM attendance_accommodation
        WHERE student_id = ANY(%(student_ids)s)
            AND starts_on <= %(to_date)s AND COALESCE(ends_on, 'infinity') >= %(from_date)s
    ),
    spanning AS (
        SELECT student_id, json_agg(json_build_array(what, starts_on, ends_on, said)) AS spans
        FROM own_fact GROUP BY student_id
    )
    SELECT pair.*, held.meetings, excused.excuses, mode.modes, circumstance.circumstances, spanning.spans
    FROM pair
    LEFT JOIN held USING (student_id, date)
    LEFT JOIN excused USING (student_id, date)
    LEFT JOIN mode USING (student_id)
    LEFT JOIN circumstance USING (student_id, date)
    LEFT JOIN spanning USING (student_id)
    ORDER BY pair.student_id, pair.date
"""  # noqa: S608 - constants of this module

_MARKS = {0: None, 1: "tardy", 2: "left_early"}
Seen = dict[tuple[Any, ...], Held | None]


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
    meetings: tuple[Held, ...]
    excuses: tuple[ExcuseFact, ...]
    about: Circumstances


def gather(scope: Scope, student_ids: Iterable[int], from_date: date, to_date: date) -> Iterator[StudentDay]:
    """The days of students between two dates, both inclusive, ordered by student and date; one statement.

    The caller took the students from the scope.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"student_ids": list(student_ids), "from_date": from_date, "to_date": to_date})
        seen: Seen = {}
        for *facts, meetings, excuses, modes, said, spans in cursor.fetchall():
            about = circumstances(facts[1], modes, said, spans) if modes or said or spans else PLAIN
            yield StudentDay(*facts, _meetings(meetings, seen), excuse_facts(excuses), about)  # type: ignore[call-arg]


def _meetings(rows: list[list[Any]] | None, seen: Seen) -> tuple[Held, ...]:
    return tuple(held for row in rows or () if (held := _meeting(tuple(row), seen)))


def _meeting(row: tuple[Any, ...], seen: Seen) -> Held | None:
    """Made once for all students of a class with the same mark: most are present."""
    if row not in seen:
        *facts, dismissal = row
        held = _held(*facts)
        seen[row] = held if dismissal is None or dismissal >= held.times.span.ends else _dismissed(held, dismissal)
    return seen[row]


def _held(
    meeting_id: int,
    section_id: int,
    starts: int,
    ends: int,
    deducted_from: int | None,
    deducted_to: int,
    minutes: int,
    school_id: int,
    attended: int | None,
    mark: int,
    arrived: int | None,
    left: int | None,
) -> Held:
    deduction = None if deducted_from is None else Span(deducted_from, deducted_to)
    seen = None
    if arrived is not None or left is not None:
        seen = Span(starts if arrived is None else arrived, ends if left is None else left)
    times = MeetingTimes(Span(starts, ends), deduction)
    return Held(meeting_id, section_id, times, minutes, attended, _MARKS[mark], seen, school_id)


def _dismissed(held: Held, dismissal: int) -> Held | None:
    """A class that was taken with the bells of a whole day counts up to the dismissal, and none after it (RD-01)."""
    times = up_to(held.times, dismissal)
    if times is None:
        return None
    attended = None if held.attended is None else min(held.attended, times.instructional_minutes)
    return replace(held, times=times, offered=times.instructional_minutes, attended=attended)
