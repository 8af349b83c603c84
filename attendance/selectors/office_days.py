"""A school's day as its office needs it: when it begins and ends, who is enrolled, and who keeps the office."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from attendance.rules.minutes import Span
from attendance.selectors.school_bells import school_days_of
from students.access import Scope, visible_to
from students.models import Enrollment, School, Student
from students.refusals import Forbidden, NotInScope
from students.rules.rights import Right
from students.rules.state_codes import NO_SHOW

OFFICE_ALONE = "Only the office of this school enters what it knows."


def offices(scope: Scope) -> list[School]:
    """The schools whose office somebody keeps. Raises Forbidden for who keeps none."""
    if not scope.keeps_some_office:
        raise Forbidden(OFFICE_ALONE)
    schools = visible_to(scope, School)
    kept = schools if scope.everywhere(Right.OFFICE) else schools.filter(pk__in=scope.schools_with(Right.OFFICE))
    return list(kept.order_by("name", "pk"))


def office(scope: Scope, school_id: int | None) -> School:
    """A school whose office somebody keeps, by default the first. Raises NotInScope, or Forbidden for a school that
    is in sight alone.
    """
    kept = offices(scope)
    if school_id is None and kept:
        return kept[0]
    school = next((each for each in kept if each.pk == school_id), None)
    if school is None:
        raise Forbidden(OFFICE_ALONE) if visible_to(scope, School).filter(pk=school_id).exists() else NotInScope
    return school


def school_hours(scope: Scope, school_id: int, day: date) -> Span | None:
    """From the first bell of a school's day to its last, for whichever grade; None where there is no school."""
    found = school_days_of(scope, school_id, day, day).get(day)
    if found is None:
        return None
    held = [each for each in (found, *found.own.values()) if each.in_session]
    times = [period.times.span for each in held for period in each.periods if period.is_instruction]
    if not times:
        return None
    return Span(min(each.starts for each in times), max(each.ends for each in times))


def enrolled_between(scope: Scope, school_id: int, first_day: date, last_day: date) -> QuerySet[Enrollment]:
    """Enrollments in a school on some day of a span, both inclusive, second ones too; not those who never came."""
    overlapping = Q(ends_on__isnull=True) | Q(ends_on__gte=first_day)
    held = Enrollment.objects.filter(overlapping, school=school_id, starts_on__lte=last_day)
    return held.exclude(exit_code=NO_SHOW)


def enrolled_students(scope: Scope, school_id: int, day: date) -> QuerySet[Student]:
    """The students of a school on a day, by name; the caller took the school from the scope."""
    held = Enrollment.attending_on(day).filter(school=school_id)
    return Student.objects.filter(pk__in=held.values("student_id")).order_by("sort_name", "pk")


def names_of(scope: Scope, student_ids: Collection[int]) -> list[str]:
    """The names of some students as lists print them; the caller took the students from the scope."""
    return [each.listed_name for each in Student.objects.filter(pk__in=student_ids).order_by("sort_name", "pk")]
