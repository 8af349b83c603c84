"""Many students at once: by a typed list of state ids, by school, grade or class."""

from collections.abc import Mapping, Sequence
from datetime import date

from attendance.selectors.office_days import enrolled_between
from students.access import Scope, visible_to
from students.models import SectionEnrollment, Student
from students.refusals import Refused

NAMED = 5


def students_named(scope: Scope, typed: str) -> Sequence[int]:
    """The students whose state ids are typed, with spaces, commas or lines between. Raises Refused for one unknown."""
    wanted = sorted(set(typed.replace(",", " ").replace(";", " ").split()))
    if not wanted:
        return ()
    found = dict(visible_to(scope, Student).filter(state_id__in=wanted).values_list("state_id", "pk"))
    if unknown := [each for each in wanted if each not in found]:
        more = f" and {len(unknown) - NAMED} more" if len(unknown) > NAMED else ""
        raise Refused(f"No student of yours has these state ids: {', '.join(unknown[:NAMED])}{more}.")
    return sorted(found.values())


def students_of(
    scope: Scope, school_id: int, day: date, *, grade: str = "", section_id: int | None = None
) -> Sequence[int]:
    """The students of a school on a day, or of a grade or a class of it; the caller took the school from the scope."""
    held = enrolled_between(scope, school_id, day, day).filter(is_primary=True)
    if grade:
        held = held.filter(grade=grade)
    if section_id is not None:
        listed = SectionEnrollment.objects.holding_on(day).filter(section=section_id)
        held = held.filter(student__in=listed.values("student_id"))
    return sorted(set(held.values_list("student_id", flat=True)))


def listed_names(scope: Scope, student_ids: Sequence[int]) -> Mapping[int, str]:
    """The names of students as lists print them, by id; the caller took the students from the scope."""
    return {each.pk: each.listed_name for each in visible_to(scope, Student).filter(pk__in=student_ids)}
