"""The action plans of the tiers with what they said before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps

from interventions.models import PlannedAction
from students.access import Scope
from students.refusals import NotInScope

TIERS = (1, 2, 3)


@dataclass(frozen=True)
class Earlier:
    """What an action said until an instant."""

    until: datetime
    words: str
    due_school_days: int


@dataclass(frozen=True)
class ActionLine:
    """An action of a plan; `seen` tells a form later whether it changed meanwhile."""

    action: PlannedAction
    seen: str
    is_first: bool
    is_last: bool
    earlier: Sequence[Earlier]


@dataclass(frozen=True)
class TierPlan:
    """A tier's actions in their order, and those that were taken out."""

    tier: int
    lines: Sequence[ActionLine]
    retired: Sequence[PlannedAction]


def plans_page(scope: Scope) -> list[TierPlan]:
    """The plans of the three tiers, for whoever works cases; two statements. Raises NotInScope."""
    if not scope.works_cases:
        raise NotInScope
    actions = list(PlannedAction.objects.select_related("retired_by").order_by("position", "pk"))
    earlier = _earlier()
    return [_plan(tier, [each for each in actions if each.tier == tier], earlier) for tier in TIERS]


def seen_of(action: PlannedAction) -> str:
    """What an action, taken from the scope, says: another string once it says something else."""
    return f"{action.kind} {action.due_school_days} {action.only_unlocated} {action.words}"


def _plan(tier: int, actions: Sequence[PlannedAction], earlier: dict[int, list[Earlier]]) -> TierPlan:
    standing = [each for each in actions if each.retired_at is None]
    lines = [
        ActionLine(each, seen_of(each), each is standing[0], each is standing[-1], _reworded(each, earlier[each.pk]))
        for each in standing
    ]
    return TierPlan(tier, lines, [each for each in actions if each.retired_at])


def _earlier() -> dict[int, list[Earlier]]:
    """What each action said before, the latest first; a new place in the plan is no other wording."""
    found: dict[int, list[Earlier]] = defaultdict(list)
    events = apps.get_model("interventions", "PlannedActionEvent").objects
    for event in events.filter(retired_at__isnull=True).order_by("-pgh_id"):
        said = Earlier(event.pgh_created_at, event.words, event.due_school_days)
        found[event.pgh_obj_id].append(said)
    return found


def _reworded(action: PlannedAction, earlier: Sequence[Earlier]) -> list[Earlier]:
    newer = [(action.words, action.due_school_days), *((each.words, each.due_school_days) for each in earlier)]
    return [each for each, after in zip(earlier, newer, strict=False) if (each.words, each.due_school_days) != after]
