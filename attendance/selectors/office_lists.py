"""Lists of students for one entry of many: a grade, a class, a school, or state ids as somebody pasted them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from attendance.selectors.office_days import enrolled_students, office
from attendance.selectors.roster import roster_on
from attendance.selectors.school_bells import grades_at
from students.access import Scope
from students.models import Enrollment, Section, SectionEnrollment, Student
from students.refusals import NotInScope

# Lines that are read; a longer paste is another file.
MOST_LINES = 3000


@dataclass(frozen=True)
class Chosen:
    """Students to be entered, by name, and what of a pasted list could not be read."""

    students: Sequence[Student]
    errors: Sequence[str] = ()


@dataclass(frozen=True)
class Choices:
    """What a list can be chosen by."""

    grades: Sequence[str]
    sections: Sequence[Section]


def list_choices(scope: Scope, school_id: int, day: date) -> Choices:
    """The grades of a school, and its classes that have students on a day; two statements."""
    held = SectionEnrollment.objects.holding_on(day).values("section_id")
    sections = Section.objects.filter(school=school_id, pk__in=held).select_related("course").order_by("title", "pk")
    return Choices(grades_at(scope, [school_id])[school_id], list(sections))


def chosen_students(
    scope: Scope,
    school_id: int,
    day: date,
    *,
    pasted: str = "",
    grade: str = "",
    section_id: int | None = None,
    everybody: bool = False,
    student_ids: Sequence[int] = (),
) -> Chosen:
    """Students of a school on a day by any of these together. Raises NotInScope or Forbidden."""
    school = office(scope, school_id)
    enrolled = enrolled_students(scope, school.pk, day)
    by_state_id, errors = _pasted(enrolled, pasted)
    ids = set(student_ids) | by_state_id
    if grade:
        held = Enrollment.attending_on(day).filter(school=school, grade=grade)
        ids |= set(held.values_list("student_id", flat=True))
    if section_id is not None:
        ids |= _of_section(scope, school.pk, section_id, day)
    return Chosen(list(enrolled if everybody else enrolled.filter(pk__in=ids)), errors)


def _of_section(scope: Scope, school_id: int, section_id: int, day: date) -> set[int]:
    if not Section.objects.filter(pk=section_id, school=school_id).exists():
        raise NotInScope
    return set(roster_on(scope, section_id, day).values_list("pk", flat=True))


def _pasted(enrolled: QuerySet[Student], pasted: str) -> tuple[set[int], list[str]]:
    """Students by the state ids that stand first on each line, and what is wrong with the others."""
    lines = [(number, line.strip()) for number, line in enumerate(pasted.splitlines(), start=1) if line.strip()]
    errors = [_("Only the first %(n)s lines were read.") % {"n": MOST_LINES}] if len(lines) > MOST_LINES else []
    asked = {number: re.split(r"[\s,;]+", line)[0] for number, line in lines[:MOST_LINES]}
    known = dict(enrolled.filter(state_id__in=set(asked.values())).values_list("state_id", "pk"))
    found: set[int] = set()
    for number, state_id in asked.items():
        if state_id not in known:
            errors.append(
                _("Line %(line)s: nobody enrolled here that day has the state id %(id)s.")
                % {"line": number, "id": state_id[:40]}
            )
        elif known[state_id] in found:
            errors.append(_("Line %(line)s: %(id)s stands in the list twice.") % {"line": number, "id": state_id})
        else:
            found.add(known[state_id])
    return found, errors
