"""Says that nobody knows where a student is, and that the student is found (MD-07)."""

from django.db import transaction

from interventions.models import Case, Standing, Step, StepState, TimelineEntry, TimelineKind
from interventions.services.holding import hold_open_case
from interventions.services.planned_steps import add_planned_steps
from students.access import Scope

MOST_WORDS = 500


def set_unlocated(scope: Scope, case_id: int, *, is_unlocated: bool, words: str = "") -> Case:
    """Note that the student's whereabouts are unknown, or known again. Said twice it is noted once.

    Agencies that locate students come into the plan of an unlocated student's case in their tier, and go out of it
    with a student who is found, unless the student is disengaged. Raises NotInScope, or Refused on a closed case.
    """
    with transaction.atomic():
        case = hold_open_case(scope, case_id)
        if case.is_unlocated != is_unlocated:
            _note(scope, case, is_unlocated=is_unlocated, words=words)
        return case


def note_found(scope: Scope, student_id: int, *, words: str) -> None:
    """Note in the caller's transaction that an outreach worker found a student, where an open case says otherwise.

    The worker's assignment is the right to it: the case itself is not theirs to open.
    """
    unlocated = Case.objects.filter(student=student_id, closed_at=None, is_unlocated=True)
    for case in unlocated.select_for_update(no_key=True):
        _note(scope, case, is_unlocated=False, words=words)


def _note(scope: Scope, case: Case, *, is_unlocated: bool, words: str) -> None:
    case.is_unlocated = is_unlocated
    case.save(update_fields=["is_unlocated"])
    kind = TimelineKind.UNLOCATED if is_unlocated else TimelineKind.LOCATED
    said = {"at": scope.now, "by_id": scope.person, "words": words.strip()[:MOST_WORDS]}
    TimelineEntry.objects.create(case=case, kind=kind, **said)
    if is_unlocated:
        add_planned_steps(scope, [case], on=scope.today, agencies_alone=True)
    elif not _is_disengaged(case):
        _withdraw_agencies(scope, case)


def _withdraw_agencies(scope: Scope, case: Case) -> None:
    """What was begun with an agency stays to be finished."""
    asked = Step.objects.filter(case=case, state=StepState.OPEN, action__only_unlocated=True, contacts__isnull=True)
    Step.objects.filter(pk__in=list(asked.values_list("pk", flat=True))).update(
        state=StepState.WITHDRAWN, ended_at=scope.now
    )


def _is_disengaged(case: Case) -> bool:
    standing = Standing.objects.filter(student=case.student_id, year=case.year_id).exclude(criteria=[])
    return standing.exists()
