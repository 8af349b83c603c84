"""The action plans of the tiers, which a district edits as it learns (MD-05 to MD-07). Open cases keep their steps."""

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction

from interventions.models import ActionKind, PlannedAction
from interventions.selectors.plans import seen_of
from students.access import Scope
from students.refusals import Forbidden, NotInScope, Refused, Stale

DISTRICT_ALONE = "The plans are the district’s: only a district administrator changes them."
# A step due after a school year is none.
MOST_SCHOOL_DAYS = 180
AGENCIES_LOCATE = "An agency that locates students is asked for disengaged or unlocated ones alone (MD-07)."


@dataclass(frozen=True)
class ActionFacts:
    """What an action of a plan says."""

    kind: str
    words: str
    due_school_days: int
    only_unlocated: bool = False


def add_action(scope: Scope, tier: int, facts: ActionFacts) -> PlannedAction:
    """Add an action as the last of a tier's plan; the same words of a kind stand in a plan once.

    Raises NotInScope, Forbidden, or Refused with what is wrong.
    """
    with transaction.atomic():
        plan = _held_plan(scope, tier)
        same = [each for each in plan if (each.kind, each.words) == (facts.kind, facts.words.strip())]
        if same:
            return same[0]
        last = max((each.position for each in plan), default=0)
        return _saved(PlannedAction(tier=tier, position=last + 1), facts)


def change_action(scope: Scope, action_id: int, facts: ActionFacts, *, seen: str) -> PlannedAction:
    """Let an action say something else; `seen` is what stood when the page was read. What stood is kept.

    Raises NotInScope, Forbidden, Refused with what is wrong, or Stale where somebody changed it meanwhile.
    """
    with transaction.atomic():
        action = _held_action(scope, action_id)
        facts = replace(facts, words=facts.words.strip())
        if _facts_of(action) == facts:
            return action
        if seen != seen_of(action):
            raise Stale("Somebody else changed this action since you opened the page. Look at what it says now.")
        return _saved(action, facts)


def move_action(scope: Scope, action_id: int, *, earlier: bool, position: int) -> PlannedAction:
    """Let an action change places with its neighbor; the first stays the first.

    `position` is where the page showed it: moved since, by a double click too, it stays. Raises NotInScope, Forbidden.
    """
    with transaction.atomic():
        action = _held_action(scope, action_id)
        plan = _held_plan(scope, action.tier)
        place = [each.pk for each in plan].index(action.pk)
        other = place - 1 if earlier else place + 1
        if action.position == position and 0 <= other < len(plan):
            _swap(plan[place], plan[other])
        return action


def retire_action(scope: Scope, action_id: int) -> PlannedAction:
    """Take an action out of its plan: new cases do without. Raises NotInScope, or Forbidden."""
    with transaction.atomic():
        action = _held_action(scope, action_id, retired=True)
        if action.retired_at is None:
            action.retired_at, action.retired_by_id = scope.now, scope.person
            action.save(update_fields=["retired_at", "retired_by"])
        return action


def _held_plan(scope: Scope, tier: int) -> list[PlannedAction]:
    """A tier's actions in their order, locked: two who add or move wait for each other."""
    _check_right(scope)
    plan = PlannedAction.objects.select_for_update().filter(tier=tier, retired_at__isnull=True)
    return list(plan.order_by("position", "pk"))


def _held_action(scope: Scope, action_id: int, *, retired: bool = False) -> PlannedAction:
    _check_right(scope)
    action = PlannedAction.objects.filter(pk=action_id).first()
    if action is None or (action.retired_at and not retired):
        raise NotInScope
    _held_plan(scope, action.tier)
    return PlannedAction.objects.select_for_update().get(pk=action_id)


def _check_right(scope: Scope) -> None:
    if not scope.works_cases:
        raise NotInScope
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)


def _facts_of(action: PlannedAction) -> ActionFacts:
    return ActionFacts(action.kind, action.words, action.due_school_days, action.only_unlocated)


def _saved(action: PlannedAction, facts: ActionFacts) -> PlannedAction:
    if not 1 <= facts.due_school_days <= MOST_SCHOOL_DAYS:
        raise Refused(f"An action is due after 1 to {MOST_SCHOOL_DAYS} school days.")
    if facts.kind == ActionKind.AGENCY and not facts.only_unlocated:
        raise Refused(AGENCIES_LOCATE)
    action.kind, action.words = facts.kind, facts.words.strip()
    action.due_school_days, action.only_unlocated = facts.due_school_days, facts.only_unlocated
    try:
        action.full_clean(exclude=["position", "retired_by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    action.save()
    return action


def _swap(one: PlannedAction, other: PlannedAction) -> None:
    one.position, other.position = other.position, one.position
    PlannedAction.objects.bulk_update([one, other], ["position"])
