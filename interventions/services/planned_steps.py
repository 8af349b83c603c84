"""Takes the steps of the action plan over into cases, and takes back those whose tier lost its ground."""

from collections.abc import Collection, Sequence
from datetime import date

from attendance.selectors.school_days import session_days
from interventions.models import Case, PlannedAction, Standing, Step, StepState
from interventions.rules.tiers import acts_on
from students.access import Scope

_REOPENED = ["state", "due_on", "ended_at"]


def add_planned_steps(scope: Scope, cases: Collection[Case], *, on: date, agencies_alone: bool = False) -> None:
    """Add to locked cases the steps of their tier's plan and of those below that they lack, due from a day on.

    Agencies that locate students are asked for disengaged or unlocated ones alone (MD-07). A step that was withdrawn
    with its tier is to be done again. `agencies_alone` leaves the rest of the plan, which may be another by now, as the
    case took it over.
    """
    if not cases:
        return
    plan = PlannedAction.objects.filter(retired_at__isnull=True)
    actions = list(plan.filter(only_unlocated=True) if agencies_alone else plan)
    had = {(step.case_id, step.action_id): step for step in Step.objects.filter(case__in=cases)}
    session = session_days(scope, {case.school_id for case in cases}, on)
    disengaged = _disengaged(cases)
    new, again = [], []
    for case in cases:
        for action in actions:
            if not _belongs(action, case, case.student_id in disengaged):
                continue
            due = acts_on(on, session[case.school_id], action.due_school_days)
            step = had.get((case.pk, action.pk))
            if step is None:
                new.append(_step(case, action, due))
            elif step.state == StepState.WITHDRAWN:
                step.state, step.due_on, step.ended_at = StepState.OPEN, due, None
                again.append(step)
    Step.objects.bulk_create(new)
    Step.objects.bulk_update(again, _REOPENED)


def withdraw_steps(scope: Scope, cases: Sequence[Case]) -> None:
    """Withdraw the open steps of tiers that locked cases no longer have; what was begun stays to be finished."""
    tiers = {case.pk: case.tier for case in cases}
    open_steps = Step.objects.filter(case__in=cases, state=StepState.OPEN, action__isnull=False)
    untouched = [step for step in open_steps.filter(contacts__isnull=True) if step.tier > tiers[step.case_id]]
    Step.objects.filter(pk__in=[step.pk for step in untouched]).update(state=StepState.WITHDRAWN, ended_at=scope.now)


def _belongs(action: PlannedAction, case: Case, is_disengaged: bool) -> bool:
    return action.tier <= case.tier and (not action.only_unlocated or case.is_unlocated or is_disengaged)


def _step(case: Case, action: PlannedAction, due: date | None) -> Step:
    return Step(
        case=case,
        action=action,
        tier=action.tier,
        position=action.position,
        kind=action.kind,
        words=action.words,
        due_on=due,
    )


def _disengaged(cases: Collection[Case]) -> set[int]:
    years = {case.year_id for case in cases}
    rows = Standing.objects.filter(student__in=[case.student_id for case in cases], year__in=years)
    return set(rows.exclude(criteria=[]).values_list("student_id", flat=True))
