"""How many classes of earlier days nobody took, by school: a whole year of a district is counted at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q

from attendance.models import CalendarDay, ClassMeeting, MeetingState
from attendance.selectors.entry_facts import IN_SESSION
from attendance.selectors.own_time import nobody_live
from students.access import Scope, visible_to

# Nearly every class has somebody who was on its roster and at school through all the dates in question, never off and
# never in own time: it is met live on each of them, and need not be asked meeting by meeting. The others are named.
_COUNTED = f"""
    WITH untaken AS MATERIALIZED (
        SELECT meeting.school_id, meeting.section_id, min(meeting.date) AS first, max(meeting.date) AS last,
            count(*) FILTER (WHERE meeting.date >= %(late_from)s) AS late,
            count(*) FILTER (WHERE meeting.date < %(late_from)s) AS overdue
        FROM attendance_classmeeting meeting
        JOIN attendance_calendarday there ON there.school_id = meeting.school_id AND there.date = meeting.date
        WHERE meeting.state = 'expected' AND meeting.school_id = ANY(%(school_ids)s)
            AND meeting.date >= %(since)s AND meeting.date < %(today)s AND {IN_SESSION}
        GROUP BY meeting.school_id, meeting.section_id),
    asked AS MATERIALIZED (
        SELECT untaken.*, EXISTS (
            SELECT 1 FROM students_sectionenrollment roster
            JOIN students_enrollment enrolled ON enrolled.student_id = roster.student_id
            WHERE roster.section_id = untaken.section_id
                AND roster.starts_on <= first AND COALESCE(roster.ends_on, 'infinity') >= last
                AND enrolled.starts_on <= first AND COALESCE(enrolled.ends_on, 'infinity') >= last
                AND enrolled.exit_code <> 'NS'
                AND NOT EXISTS (
                    SELECT 1 FROM attendance_dailyattendance own
                    WHERE own.student_id = roster.student_id AND own.date BETWEEN first AND last
                        AND own.own_time_sections <> '{{}}')
                AND NOT EXISTS (
                    SELECT 1 FROM attendance_gradeday off
                    JOIN attendance_calendarday day ON day.id = off.calendar_day_id
                    JOIN students_enrollment its ON its.student_id = roster.student_id AND its.grade = off.grade
                    WHERE day.school_id = untaken.school_id AND day.date BETWEEN first AND last
                        AND off.event_type NOT IN ('IN', 'LAED'))
            ) AS is_live
        FROM untaken)
    SELECT school_id, COALESCE(sum(late) FILTER (WHERE is_live), 0)::bigint,
        COALESCE(sum(overdue) FILTER (WHERE is_live), 0)::bigint, min(first) FILTER (WHERE is_live),
        array_agg(section_id) FILTER (WHERE NOT is_live)
    FROM asked GROUP BY school_id
"""  # noqa: S608 - constants


class Missed(NamedTuple):
    """Classes that were not taken on days before today, late or overdue (RD-25), and the first of their days."""

    late: int = 0
    overdue: int = 0
    oldest: date | None = None


class MissedDays(NamedTuple):
    """The days asked for: from `since` on and before `today`; overdue before `late_from`, late from it on."""

    since: date
    late_from: date
    today: date


def missed_classes(scope: Scope, school_ids: Collection[int], days: MissedDays) -> dict[int, Missed]:
    """Classes nobody took though somebody was to come, by school; two statements at most.

    The caller took the schools from the scope.
    """
    found: dict[int, Missed] = defaultdict(Missed)
    doubtful: list[int] = []
    for school_id, late, overdue, oldest, sections in _counted(school_ids, days):
        found[school_id] = Missed(late, overdue, oldest)
        doubtful += sections or ()
    for school_id, missed in _one_by_one(scope, doubtful, days) if doubtful else ():
        found[school_id] = _together(found[school_id], missed)
    return found


def _together(one: Missed, other: Missed) -> Missed:
    first = min((each.oldest for each in (one, other) if each.oldest), default=None)
    return Missed(one.late + other.late, one.overdue + other.overdue, first)


def _counted(school_ids: Collection[int], days: MissedDays) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"school_ids": list(school_ids), **days._asdict()})
        return cursor.fetchall()


def _one_by_one(scope: Scope, section_ids: Iterable[int], days: MissedDays) -> list[tuple[int, Missed]]:
    session = CalendarDay.objects.in_session().filter(school=OuterRef("school"), date=OuterRef("date"))
    untaken = visible_to(scope, ClassMeeting).filter(
        Exists(session),
        ~nobody_live(),
        section__in=section_ids,
        state=MeetingState.EXPECTED,
        date__gte=days.since,
        date__lt=days.today,
    )
    is_late = Q(date__gte=days.late_from)
    by_school = untaken.order_by().values_list("school_id")
    counted = by_school.annotate(
        late=Count("pk", filter=is_late), overdue=Count("pk", filter=~is_late), oldest=Min("date")
    )
    return [(school_id, Missed(late, overdue, oldest)) for school_id, late, overdue, oldest in counted]
