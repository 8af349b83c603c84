"""Who works in own time in a class of a day, and who meets it live."""

from collections.abc import Collection
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Exists, F, Func, OuterRef, QuerySet, Value

from attendance.models import DailyAttendance, GradeDay
from students.access import Scope
from students.models import Enrollment, SectionEnrollment


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
    listed = SectionEnrollment.objects.filter(section__in=list(section_ids)).values("student_id").distinct()
    # As an array, for else the database reads the days of the whole district.
    is_listed = Func(
        F("student_id"),
        ArraySubquery(listed),
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    days = _with_own_time().filter(is_listed, date__range=(from_date, to_date))
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
