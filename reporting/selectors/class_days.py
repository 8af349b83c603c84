"""The marks, days in own time and meetings of one class, as its figures count them.

The caller took the class from the scope. Dates are inclusive; a statement each where nothing else is said.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from attendance.models import DayStatus, MeetingState
from attendance.rules.entry_window import days_late
from reporting.rules.class_figures import ClassDay
from students.access import Scope

# Only days that stand in the ledger, of those on the roster that day: a mark of somebody who turned out to have left
# before is kept, and counts for nothing (RD-11). Whoever did the class in own time is asked for no mark.
_DAYS = """
    SELECT roster.section_id, ledger.student_id, ledger.date,
        CASE WHEN roster.section_id = ANY(ledger.own_time_sections) THEN ledger.status ELSE '' END
    FROM students_sectionenrollment roster
    JOIN attendance_dailyattendance ledger ON ledger.student_id = roster.student_id
        AND ledger.date BETWEEN GREATEST(roster.starts_on, %(from)s)
            AND LEAST(COALESCE(roster.ends_on, 'infinity'), %(to)s)
    WHERE roster.section_id = ANY(%(sections)s)
        AND (%(weekday)s IS NULL OR EXTRACT(isodow FROM ledger.date) = %(weekday)s)
"""

# Held against those days here and not in the database, which takes the days of a class for one and compares each with
# each: 5 s of a year of a homeroom, where both statements take 60 ms.
_MARKS = """
    SELECT meeting.section_id, mark.student_id, meeting.date, count(*), count(*) FILTER (WHERE mark.status = 'absent'),
        count(*) FILTER (WHERE mark.status = 'tardy'), count(*) FILTER (WHERE mark.status = 'left_early')
    FROM attendance_classmeeting meeting
    JOIN attendance_mark mark ON mark.meeting_id = meeting.id
    WHERE meeting.section_id = ANY(%(sections)s) AND meeting.date BETWEEN %(from)s AND %(to)s
        AND meeting.state = 'taken' AND (%(weekday)s IS NULL OR EXTRACT(isodow FROM meeting.date) = %(weekday)s)
    GROUP BY meeting.section_id, mark.student_id, meeting.date
"""

# A meeting is due on its own day, and asked for by the rule of attendance/selectors/entry_lines.py; the first save
# decides whether it was in time.
_MEETINGS = """
    SELECT meeting.id, meeting.date, meeting.period, meeting.state, (COALESCE((
            SELECT min(sent.submitted_at) FROM attendance_submission sent WHERE sent.meeting_id = meeting.id
        ), meeting.taken_at) AT TIME ZONE %(zone)s)::date
    FROM attendance_classmeeting meeting
    WHERE meeting.section_id = %(section)s AND meeting.date BETWEEN %(from)s AND %(to)s
        AND (%(weekday)s IS NULL OR EXTRACT(isodow FROM meeting.date) = %(weekday)s)
        AND (meeting.state = 'taken' OR meeting.state = 'expected' AND meeting.date < %(today)s
            AND EXISTS (
                SELECT 1 FROM attendance_calendarday there
                WHERE there.school_id = meeting.school_id AND there.date = meeting.date
                    AND (there.event_type IN ('IN', 'LAED') OR EXISTS (
                        SELECT 1 FROM attendance_gradeday own
                        WHERE own.calendar_day_id = there.id AND own.event_type IN ('IN', 'LAED'))))
            AND EXISTS (
                SELECT 1 FROM students_sectionenrollment roster
                JOIN attendance_dailyattendance ledger ON ledger.student_id = roster.student_id
                    AND ledger.date = meeting.date
                WHERE roster.section_id = %(section)s AND roster.starts_on <= meeting.date
                    AND COALESCE(roster.ends_on, 'infinity') >= meeting.date
                    AND NOT %(section)s = ANY(ledger.own_time_sections)))
    ORDER BY meeting.date, meeting.starts_at, meeting.id
"""

_STUDENTS = """
    SELECT student_id, count(*) FILTER (WHERE status = 'absent'), count(*) FILTER (WHERE status <> 'undetermined'),
        (array_agg(mode ORDER BY date DESC))[1]
    FROM attendance_dailyattendance
    WHERE student_id = ANY(%(students)s) AND date BETWEEN %(from)s AND %(to)s
    GROUP BY student_id
"""

# What stands for the verdict of a day on which the class was not done in own time.
_IN_CLASS = ""


@dataclass(frozen=True)
class Span:
    """The days of a class that are asked for, both dates inclusive, of one day of the week (1 for Monday) or of all."""

    section_id: int
    from_date: date
    to_date: date
    weekday: int | None = None

    def named(self, scope: Scope) -> dict[str, Any]:
        """As the statements name it."""
        return {
            "section": self.section_id,
            "from": self.from_date,
            "to": self.to_date,
            "weekday": self.weekday,
            "today": scope.today,
            "zone": scope.zone,
        }


class DueMeeting(NamedTuple):
    """A meeting that was taken, or should have been before today; `entered_on` is the day of its first save."""

    id: int
    day: date
    period: str
    state: str
    entered_on: date | None

    @property
    def is_taken(self) -> bool:
        """Whether there are marks."""
        return self.state == MeetingState.TAKEN

    @property
    def is_late(self) -> bool:
        """Whether it was entered after its own day (RD-25)."""
        return self.is_taken and self.entered_on is not None and days_late(self.day, self.entered_on) > 0


class OfYear(NamedTuple):
    """A student's whole days of the school year so far, and the mode of the last of them."""

    absent: int
    determined: int
    mode: str


def class_days(scope: Scope, span: Span) -> list[ClassDay]:
    """What was marked, and what was done in own time, by student and date; two statements."""
    found = days_of_classes(scope, [span.section_id], span.from_date, span.to_date, weekday=span.weekday)
    return found[span.section_id]


def days_of_classes(
    scope: Scope, section_ids: Collection[int], from_date: date, to_date: date, *, weekday: int | None = None
) -> Mapping[int, list[ClassDay]]:
    """The same of several classes at once, by class; two statements."""
    asked: dict[str, Any] = {"sections": list(section_ids), "from": from_date, "to": to_date, "weekday": weekday}
    found: dict[int, list[ClassDay]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, asked)
        verdicts = {row[:3]: row[3] for row in cursor.fetchall()}
        cursor.execute(_MARKS, asked)
        for section_id, *row in cursor.fetchall():
            if verdicts.get((section_id, *row[:2])) == _IN_CLASS:
                found[section_id].append(ClassDay(*row))
    for (section_id, student_id, day), verdict in verdicts.items():
        if verdict != _IN_CLASS:
            found[section_id].append(_in_own_time(student_id, day, verdict))
    return found


def _in_own_time(student_id: int, day: date, verdict: str) -> ClassDay:
    return ClassDay(
        student_id,
        day,
        own_present=int(verdict == DayStatus.PRESENT),
        own_absent=int(verdict == DayStatus.ABSENT),
        own_waiting=int(verdict == DayStatus.UNDETERMINED),
    )


def due_meetings(scope: Scope, span: Span) -> list[DueMeeting]:
    """The meetings in order of time."""
    with connection.cursor() as cursor:
        cursor.execute(_MEETINGS, span.named(scope))
        return [DueMeeting(*row) for row in cursor.fetchall()]


def days_of_year(scope: Scope, student_ids: Collection[int]) -> dict[int, OfYear]:
    """The school year of students, whom the caller took from the scope, in one statement."""
    asked: dict[str, Any] = {"students": list(student_ids), "from": scope.year_starts_on, "to": scope.today}
    with connection.cursor() as cursor:
        cursor.execute(_STUDENTS, asked)
        return {student_id: OfYear(*rest) for student_id, *rest in cursor.fetchall()}
