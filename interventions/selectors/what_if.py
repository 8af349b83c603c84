"""What another policy would change (MD-03): who would move, by school, and the students behind each figure.

Both policies judge the same days, those through today, as the nightly pass would. For the district's administrators
alone, who have the right to every student: so no figure is too small to be shown (RD-63).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Page, Paginator

from attendance.rules.agreement import Agreement, agreement
from interventions.rules.policy import CarePolicy, policy_on
from interventions.rules.what_if import Figures, Move, by_school, figures, moves
from interventions.selectors.policies import care_policies
from interventions.selectors.standings import school_year_on
from interventions.selectors.what_if_facts import counted_students, exact_absences
from interventions.selectors.what_if_words import ordered, way_words
from students.access import Scope
from students.models import School, SchoolYear, Student
from students.refusals import Forbidden, NotInScope, Refused
from students.rules.rights import Right
from students.selectors.places import schools_with_right

PAGE_SIZE = 50
DISTRICT_ALONE = "Tiers and criteria are the district’s: only a district administrator writes them."


@dataclass(frozen=True)
class Way:
    """How many students move in a way, in words."""

    code: str
    words: str
    students: int


@dataclass(frozen=True)
class SchoolLine:
    """A school, its students who would move, each counted once, and the ways; None for who was in no school."""

    school: School | None
    students: int
    ways: Sequence[Way]


@dataclass(frozen=True)
class WhatIf:
    """What would change: `looked_at` students judged by `before`, the policy of that day so far, and by the new one."""

    before: CarePolicy
    looked_at: int
    students: int
    ways: Sequence[Way]
    schools: Sequence[SchoolLine]
    agreement: Agreement


@dataclass(frozen=True)
class MovedLine:
    """A student who would move, in words."""

    student_id: int
    name: str
    state_id: str
    school: str
    absences_before: int
    absences_after: int
    ways: Sequence[str]


@dataclass(frozen=True)
class MovedPage:
    """A page of the students who would move; `way` and `school` are what the list is narrowed to, in words."""

    page: Page
    lines: Sequence[MovedLine]
    way: str
    school: School | None


def policy_agreement(scope: Scope, policy: CarePolicy) -> Agreement:
    """What somebody agrees to who looked at a policy: its figures, beside the policies that stood.

    Not the students' days: those go on while somebody thinks, and the policy is no other for it.
    """
    stood: list[CarePolicy] = sorted(care_policies(scope), key=lambda each: each.starts_on)
    return agreement([policy], stood)


def what_if(scope: Scope, policy: CarePolicy) -> WhatIf:
    """The figures of a policy; so many statements however many students. Raises Forbidden, Refused and NoCarePolicy."""
    _, before, looked_at, moved = _moved(scope, policy, None)
    total = figures(moved)
    names = {school.pk: school for school in schools_with_right(scope, Right.CASES)}
    lines = [_school_line(names.get(school or 0), its) for school, its in by_school(moved).items()]
    return WhatIf(
        before=before,
        looked_at=looked_at,
        students=total.students,
        ways=_ways(total),
        schools=sorted(lines, key=lambda line: (line.school is None, line.school.name if line.school else "")),
        agreement=policy_agreement(scope, policy),
    )


def what_if_students(
    scope: Scope, policy: CarePolicy, *, school_id: int | None = None, way: str = "", page: int | str = 1
) -> MovedPage:
    """The students who would move, by name. Raises Forbidden, Refused, and NotInScope where there is no such school."""
    found = _found(scope, policy, school_id, way)
    shown = Paginator(found.students, PAGE_SIZE).get_page(page)
    return MovedPage(shown, _lines(scope, found, list(shown.object_list)), found.words.get(way, ""), found.school)


def what_if_rows(
    scope: Scope, policy: CarePolicy, *, school_id: int | None = None, way: str = ""
) -> tuple[School | None, list[MovedLine]]:
    """All of them, as a file has them, and the school that they are of. Raises as above."""
    found = _found(scope, policy, school_id, way)
    return found.school, _lines(scope, found, found.students)


class _Found(NamedTuple):
    """Who would move, each student with the move, in the order of names; `words` are of the ways."""

    year: SchoolYear
    before: CarePolicy
    after: CarePolicy
    school: School | None
    moves: Mapping[int, Move]
    students: Sequence[int]
    words: Mapping[str, str]


def _found(scope: Scope, policy: CarePolicy, school_id: int | None, way: str) -> _Found:
    school = School.objects.filter(pk=school_id).first() if school_id else None
    if school_id and school is None:
        raise NotInScope
    year, before, _, moved = _moved(scope, policy, [school_id] if school_id else None)
    chosen = [each for each in moved if not way or way in (movement.code for movement in each.movements)]
    of_student = {student_id: each for each in chosen for student_id in each.counted.students}
    named = Student.objects.filter(pk__in=of_student).order_by("sort_name", "pk")
    words = {movement.code: way_words(movement) for each in chosen for movement in each.movements}
    return _Found(year, before, policy, school, of_student, list(named.values_list("pk", flat=True)), words)


def _moved(
    scope: Scope, policy: CarePolicy, school_ids: Sequence[int] | None
) -> tuple[SchoolYear, CarePolicy, int, list[Move]]:
    """The year, the policy that would be replaced, how many were looked at, and who would move."""
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    before = policy_on(policy.starts_on, care_policies(scope))
    year = school_year_on(scope, scope.today)
    if year is None:
        raise Refused("No school year holds today, so nobody has absences that could be compared.")
    counted = counted_students(scope, year, before, policy, school_ids=school_ids)
    return year, before, sum(len(each.students) for each in counted), moves(counted, before, policy)


def _school_line(school: School | None, its: Figures) -> SchoolLine:
    return SchoolLine(school, its.students, _ways(its))


def _ways(its: Figures) -> list[Way]:
    return [Way(way.code, way_words(way), its.ways[way]) for way in ordered(its.ways)]


def _lines(scope: Scope, found: _Found, student_ids: Sequence[int]) -> list[MovedLine]:
    students = Student.objects.in_bulk(student_ids)
    schools = {school.pk: school.name for school in School.objects.all()}
    own = [each for each in student_ids if not found.moves[each].counted.beside]
    exact = exact_absences(scope, found.year, set(student_ids) - set(own))
    exact |= {each: found.moves[each].counted for each in own}
    return [
        MovedLine(
            student_id=each,
            name=students[each].listed_name,
            state_id=students[each].state_id,
            school=schools.get(exact[each].school_id or 0, ""),
            absences_before=exact[each].absences(found.before),
            absences_after=exact[each].absences(found.after),
            ways=[way_words(movement) for movement in found.moves[each].movements],
        )
        for each in student_ids
    ]
