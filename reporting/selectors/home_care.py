"""Whom care is waiting for: cases, new crossings and warnings of the schools, and students in one's own hands."""

from collections.abc import Iterator

from interventions.selectors.pressing import (
    DueCases,
    Waiting,
    due_cases,
    newly_crossed,
    nobodys_cases,
    untried_outreach,
    warned,
)
from reporting.rules.home_needs import Comes, Need, Next, What
from reporting.selectors.home_places import Places
from students.access import Scope


def care_needs(scope: Scope, places: Places) -> tuple[list[Need], list[Next]]:
    """What needs doing for students, and the step that falls due next; so many statements however many schools."""
    needs, coming = list(_outreach(scope, places)), []
    if ids := [each.pk for each in places.of(What.STEPS_LATE)]:
        due = due_cases(scope, ids)
        needs += _of_cases(scope, places, due, nobodys_cases(scope, ids))
        if due.next_due_on:
            coming.append(Next(Comes.STEP, due.next_due_on))
    if ids := [each.pk for each in places.of(What.CROSSED)]:
        needs += _of_students(newly_crossed(scope, ids), warned(scope, ids))
    return needs, coming


def _of_cases(scope: Scope, places: Places, due: DueCases, nobodys: Waiting) -> Iterator[Need]:
    yield Need(What.STEPS_LATE, due.overdue.number, due.overdue.day)
    yield Need(What.NOBODYS, nobodys.number, nobodys.day)
    if What.STEPS_TODAY in places.asked:
        yield Need(What.STEPS_TODAY, due.today, None, scope.today)


def _of_students(crossed: Waiting, on_course: Waiting) -> Iterator[Need]:
    yield Need(What.CROSSED, crossed.number, crossed.day)
    yield Need(What.WARNED, on_course.number, None, on_course.day)


def _outreach(scope: Scope, places: Places) -> Iterator[Need]:
    if What.OUTREACH in places.asked:
        quiet = untried_outreach(scope)
        yield Need(What.OUTREACH, quiet.number, quiet.day)
