"""What becomes of the steps of a case: ended with an outcome, opened again, added, planned anew."""

from datetime import date

from django.db import transaction

from interventions.models import ActionKind, Case, Step, StepState
from interventions.selectors.care_team import schools_not_cared_for
from interventions.services.holding import hold_open_case
from students.access import Scope
from students.refusals import NotInScope, Refused, Stale

ENDS = (StepState.DONE, StepState.NOT_NEEDED)
MOST_OUTCOME, MOST_WORDS = 300, 200


def end_step(scope: Scope, case_id: int, step_id: int, *, state: str, outcome: str) -> Step:
    """End a step as done or not needed, with what came of it. The same said twice is said once.

    Raises NotInScope, Refused (a closed case, no outcome), or Stale where the step is over otherwise already.
    """
    outcome = outcome.strip()[:MOST_OUTCOME]
    if state not in ENDS:
        raise Refused("A step ends as done, or as not needed.")
    if not outcome:
        raise Refused("Say what came of it, or why it is not needed.")
    with transaction.atomic():
        step = _held(scope, case_id, step_id)
        if (step.state, step.outcome, step.ended_by_id) == (state, outcome, scope.person):
            return step
        if step.state != StepState.OPEN:
            raise Stale("Somebody ended this step already. Look at the page again.")
        step.state, step.outcome = state, outcome
        step.ended_at, step.ended_by_id = scope.now, scope.person
        step.save(update_fields=["state", "outcome", "ended_at", "ended_by"])
        return step


def reopen_step(scope: Scope, case_id: int, step_id: int) -> Step:
    """Open a step again; what came of it before stays in its history. Raises NotInScope, or Refused.

    A step that went with its tier comes back with the tier alone.
    """
    with transaction.atomic():
        step = _held(scope, case_id, step_id)
        if step.state == StepState.WITHDRAWN:
            raise Refused("The step went with its tier. Add a step of your own instead.")
        if step.state in ENDS:
            step.state, step.outcome, step.ended_at, step.ended_by = StepState.OPEN, "", None, None
            step.save(update_fields=["state", "outcome", "ended_at", "ended_by"])
        return step


def add_step(
    scope: Scope, case_id: int, *, kind: str, words: str, due_on: date | None = None, owner_id: int | None = None
) -> Step:
    """Add a step of one's own; asked for twice while it is open, it is the one that stands.

    Raises NotInScope, or Refused with what is wrong.
    """
    words = words.strip()[:MOST_WORDS]
    if not words or kind not in ActionKind.values:
        raise Refused("Say what is to be done, and of what kind it is.")
    with transaction.atomic():
        case = hold_open_case(scope, case_id)
        _check_plan(scope, case, due_on, owner_id)
        plan = {"due_on": due_on, "owner_id": owner_id}
        same = Step.objects.filter(case=case, action=None, state=StepState.OPEN, kind=kind, words=words, **plan)
        return same.first() or Step.objects.create(case=case, tier=max(case.tier, 1), kind=kind, words=words, **plan)


def plan_step(scope: Scope, case_id: int, step_id: int, *, due_on: date | None, owner_id: int | None) -> Step:
    """Say by when an open step is to be done, and by whom; nobody is the owner of the case.

    Raises NotInScope, Refused with what is wrong, or Stale where the step is over.
    """
    with transaction.atomic():
        step = _held(scope, case_id, step_id)
        if step.state != StepState.OPEN:
            raise Stale("The step is over. Open it again before you plan it.")
        if (step.due_on, step.owner_id) != (due_on, owner_id):
            _check_plan(scope, step.case, due_on if due_on != step.due_on else None, owner_id)
            step.due_on, step.owner_id = due_on, owner_id
            step.save(update_fields=["due_on", "owner"])
        return step


def _held(scope: Scope, case_id: int, step_id: int) -> Step:
    """A step of an open case; the case is locked, which orders everything that is done to its steps."""
    case = hold_open_case(scope, case_id)
    step = Step.objects.filter(case=case, pk=step_id).first()
    if step is None:
        raise NotInScope
    step.case = case
    return step


def _check_plan(scope: Scope, case: Case, due_on: date | None, owner_id: int | None) -> None:
    if due_on and due_on < scope.today:
        raise Refused("A step cannot fall due on a day that is over.")
    if owner_id is not None and schools_not_cared_for(scope, owner_id, {case.school_id}):
        raise Refused("Only somebody who works the cases of this school can own a step.")
