"""What somebody may do about a student's days: they belong to the school of the primary enrollment (RD-09)."""

from collections.abc import Collection
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
    return not without_right(scope, right, [student_id], first_day, last_day)


def without_right(
    scope: Scope, right: Right, student_ids: Collection[int], first_day: date, last_day: date | None
) -> set[int]:
    """The students over whose days somebody has no right; one statement, however many they are."""
    if scope.everywhere(right):
        return set()
    held = Enrollment.objects.filter(student__in=student_ids, is_primary=True).exclude(ends_on__lt=first_day)
    if last_day is not None:
        held = held.filter(starts_on__lte=last_day)
    places = set(held.values_list("student_id", "school_id"))
    strange = {student for student, school in places if not scope.may(right, school)}
    return strange | (set(student_ids) - {student for student, _ in places})


def student_in_scope(scope: Scope, student_id: int) -> Student:
    """A student. Raises NotInScope."""
    student = visible_to(scope, Student).filter(pk=student_id).first()
    if student is None:
        raise NotInScope
    return student
