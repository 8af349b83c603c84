"""What somebody may do about a student's days: they belong to the school of the primary enrollment (RD-09)."""

from datetime import date

from students.access import Scope, visible_to
from students.models import Enrollment, Student
from students.refusals import NotInScope
from students.rules.rights import Right


def has_right(scope: Scope, right: Right, student_id: int, first_day: date, last_day: date | None) -> bool:
    """Whether somebody has a right over all of a student's days of a span, both inclusive; no last day: from then on.

    Who keeps the office of a former school, or of a second one, neither changes another school's figures nor reads the
    reasons there.
    """
    if scope.everywhere(right):
        return True
    held = Enrollment.objects.filter(student=student_id, is_primary=True).exclude(ends_on__lt=first_day)
    if last_day is not None:
        held = held.filter(starts_on__lte=last_day)
    schools = held.values_list("school_id", flat=True)
    return bool(schools) and all(scope.may(right, school) for school in schools)


def student_in_scope(scope: Scope, student_id: int) -> Student:
    """A student. Raises NotInScope."""
    student = visible_to(scope, Student).filter(pk=student_id).first()
    if student is None:
        raise NotInScope
    return student
