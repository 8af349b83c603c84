"""Classes that nobody meets live, since all of their students work in own time: no teacher is asked to take them."""

from collections.abc import Collection, Iterable
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q, QuerySet, Value

from attendance.models import DailyAttendance, GradeDay
from students.access import Scope
from students.models import Enrollment, SectionEnrollment

# Class by class, to the first who is there live: of a class with some in own time nearly always the first or second.
_ON_ROSTER = """
    SELECT 1 FROM students_sectionenrollment roster
    JOIN attendance_dailyattendance ledger ON ledger.student_id = roster.student_id AND ledger.date = %(day)s
    WHERE roster.section_id = named.section_id AND roster.starts_on <= %(day)s
        AND COALESCE(roster.ends_on, 'infinity') >= %(day)s
        AND (named.section_id = ANY(ledger.own_time_sections)) = {own_time} LIMIT 1
"""
_ALL_IN_OWN_TIME = f"""
    SELECT named.section_id FROM (
        SELECT DISTINCT unnest(own.own_time_sections) AS section_id FROM attendance_dailyattendance own
        WHERE own.date = %(day)s AND own.school_id = ANY(%(school_ids)s) AND own.own_time_sections <> '{{}}') named
    WHERE ({_ON_ROSTER.format(own_time="false")}) IS NULL AND ({_ON_ROSTER.format(own_time="true")}) IS NOT NULL
"""  # noqa: S608 - constants


def sections_in_own_time(scope: Scope, school_ids: Iterable[int], day: date) -> set[int]:
    """Classes of a day that nobody meets live, in one statement; the caller took the schools from the scope."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL_IN_OWN_TIME, {"day": day, "school_ids": list(school_ids)})
        return {section_id for (section_id,) in cursor.fetchall()}


def in_own_time(student: OuterRef, day: OuterRef | date, section: OuterRef | Value) -> QuerySet[DailyAttendance]:
    """The ledger's row that says so of one student, class and day, for a query outside."""
    its = Func(section, function="ARRAY", template="ARRAY[%(expressions)s]", output_field=ArrayField(BigIntegerField()))
    return _with_own_time().filter(student=student, date=day, own_time_sections__contains=its)


def _with_own_time() -> QuerySet[DailyAttendance]:
    """Said in so many words, for the ledger has an index of those days, which are few."""
    return DailyAttendance.objects.exclude(own_time_sections=[])


def days_in_own_time(
    scope: Scope, section_ids: Collection[int], from_date: date, to_date: date
) -> QuerySet[DailyAttendance]:
    """Days on which some of the classes were done in own time, both dates inclusive.

    Asked by the students of their rosters, of whom the ledger has an index. The caller took the classes from the scope.
    """
    listed = SectionEnrollment.objects.filter(section__in=list(section_ids)).values("student_id")
    days = _with_own_time().filter(student__in=listed, date__range=(from_date, to_date))
    return days.filter(own_time_sections__overlap=list(section_ids)).order_by()


def listed_in_outer_meeting() -> QuerySet[SectionEnrollment]:
    """Roster lines of those who have school that day, as a subquery of a query of class meetings."""
    day = OuterRef(OuterRef("date"))
    enrolled = Enrollment.attending_on(day).filter(student=OuterRef("student"))
    off = GradeDay.off_on(OuterRef(day)).filter(calendar_day__school=OuterRef(OuterRef(OuterRef("school"))))
    away = enrolled.filter(is_primary=True, grade__in=off)
    listed = SectionEnrollment.objects.holding_on(OuterRef("date")).filter(section=OuterRef("section"))
    return listed.filter(Exists(enrolled)).exclude(Exists(away))


def live_in_outer_meeting() -> QuerySet[SectionEnrollment]:
    """Of those, the ones who meet the class live."""
    own = in_own_time(OuterRef("student"), OuterRef(OuterRef("date")), OuterRef("section"))
    return listed_in_outer_meeting().exclude(Exists(own))


def nobody_live() -> Q:
    """Meetings whose students all work in own time; somebody live is looked for first, for nearly always there is."""
    return ~Q(Exists(live_in_outer_meeting())) & Q(Exists(listed_in_outer_meeting()))
