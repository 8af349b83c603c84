"""What the trial of a policy found: the figures by school and the students behind each, as the worker kept them."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from interventions.models import PolicyTrial, TrialState
from interventions.rules.policy import CarePolicy, policy_of
from interventions.rules.what_if import Alike, Figures, Movement, by_school, figures
from interventions.selectors.what_if import DISTRICT_ALONE
from interventions.selectors.what_if_words import ordered, way_words
from students.access import Scope, visible_to
from students.models import School, Student
from students.refusals import Forbidden, NotInScope
from students.rules.rights import Right
from students.selectors.places import schools_with_right

PAGE_SIZE = 50


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
    """What would change beside `before`, the policy of that day so far."""

    before: CarePolicy
    students: int
    ways: Sequence[Way]
    schools: Sequence[SchoolLine]


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


def trial_in_scope(scope: Scope, trial_id: int) -> PolicyTrial:
    """A trial, whichever administrator of the district asked for it. Raises Forbidden and NotInScope."""
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    trial: PolicyTrial | None = visible_to(scope, PolicyTrial).filter(pk=trial_id).first()
    if trial is None:
        raise NotInScope
    return trial


def done_trial(scope: Scope, trial_id: int) -> PolicyTrial | None:
    """The same, once it is done; until then None."""
    trial = trial_in_scope(scope, trial_id)
    return trial if trial.state == TrialState.DONE else None


def what_if(scope: Scope, trial: PolicyTrial) -> WhatIf:
    """The figures of a trial that is done; one statement."""
    moved = _alike(trial)
    total = figures(moved)
    names = {school.pk: school for school in schools_with_right(scope, Right.CASES)}
    lines = [SchoolLine(names.get(pk or 0), its.students, _ways(its)) for pk, its in by_school(moved).items()]
    return WhatIf(
        before=policy_of(trial.replaced or {}),
        students=total.students,
        ways=_ways(total),
        schools=sorted(lines, key=lambda line: (line.school is None, line.school.name if line.school else "")),
    )


def what_if_students(
    scope: Scope, trial: PolicyTrial, *, school_id: int | None = None, way: str = "", page: int | str = 1
) -> MovedPage:
    """The students who would move, by name. Raises NotInScope where there is no such school."""
    school, moved = _narrowed(scope, trial, school_id, way)
    shown = Paginator(moved, PAGE_SIZE).get_page(page)
    words = way_words(Movement.of(way)) if way and moved else ""
    return MovedPage(shown, _lines(scope, trial, list(shown.object_list)), words, school)


def what_if_rows(
    scope: Scope, trial: PolicyTrial, *, school_id: int | None = None, way: str = ""
) -> tuple[School | None, list[MovedLine]]:
    """All of them, as a file has them, and the school that they are of. Raises as above."""
    school, moved = _narrowed(scope, trial, school_id, way)
    return school, _lines(scope, trial, moved)


# As the trial keeps a student who moves.
_Row = Sequence[Any]


def _narrowed(scope: Scope, trial: PolicyTrial, school_id: int | None, way: str) -> tuple[School | None, list[_Row]]:
    school = visible_to(scope, School).filter(pk=school_id).first() if school_id else None
    if school_id and school is None:
        raise NotInScope
    places = {place for place, codes in enumerate(trial.ways) if not way or way in codes}
    return school, [row for row in trial.moves if row[4] in places and (school is None or row[1] == school.pk)]


def _movements(trial: PolicyTrial) -> list[tuple[Movement, ...]]:
    return [tuple(Movement.of(code) for code in codes) for codes in trial.ways]


def _alike(trial: PolicyTrial) -> Alike:
    ways = _movements(trial)
    counted = Counter((school, place) for _, school, _, _, place in trial.moves)
    return {(school, ways[place]): students for (school, place), students in counted.items()}


def _ways(its: Figures) -> list[Way]:
    return [Way(way.code, way_words(way), its.ways[way]) for way in ordered(its.ways)]


def _lines(scope: Scope, trial: PolicyTrial, rows: Collection[_Row]) -> list[MovedLine]:
    students = visible_to(scope, Student).in_bulk([row[0] for row in rows])
    schools = dict(School.objects.values_list("pk", "name"))
    ways = [[way_words(movement) for movement in movements] for movements in _movements(trial)]
    return [
        MovedLine(
            student_id=student_id,
            name=students[student_id].listed_name,
            state_id=students[student_id].state_id,
            school=schools.get(school or 0, ""),
            absences_before=before,
            absences_after=after,
            ways=ways[place],
        )
        for student_id, school, before, after, place in rows
        # Whose records were disposed of meanwhile is nobody any more.
        if student_id in students
    ]
