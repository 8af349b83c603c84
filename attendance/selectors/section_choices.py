"""The classes and grades of a school, to choose from."""

from collections.abc import Sequence

from students.access import Scope, visible_to
from students.models import Enrollment, Section


def classes_of(scope: Scope, school_id: int) -> tuple[Sequence[tuple[int, str]], Sequence[str]]:
    """Classes by id with their titles, and grades; two statements. The caller took the school from the scope."""
    sections = visible_to(scope, Section).filter(school=school_id).order_by("title", "pk")
    grades = Enrollment.attending_on(scope.today).filter(school=school_id).exclude(grade="")
    return list(sections.values_list("pk", "title")), sorted(set(grades.values_list("grade", flat=True)))
