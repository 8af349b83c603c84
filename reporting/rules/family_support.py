"""What absences lead to, as a family may know it: the help that the school offers, and what the law asks for.

The help is that of the action plans (MD-05 to MD-07), in words; a tier is never named, and nothing is said of what
follows from being hard to reach, nor of what staff do among themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from interventions.rules.policy import CarePolicy
from interventions.rules.tiers import tier_for

# How the school looks for a child that it cannot find is no offer; a district's own words are in no other language.
NO_OFFER = frozenset({"locate", "agency", "other"})


@dataclass(frozen=True, slots=True)
class PlannedOffer:
    """A standing action of a plan, by its kind."""

    tier: int
    kind: str
    only_unlocated: bool = False


@dataclass(frozen=True, slots=True)
class Support:
    """What the school offers by now, in the plan's order, and what it adds from `next_at` absences on, if anything."""

    now: Sequence[str]
    next_at: int | None
    then: Sequence[str]


def support(absences: int, plan: Sequence[PlannedOffer], policy: CarePolicy) -> Support:
    """The help for so many counted absences of the school year, each kind once."""
    reached = tier_for(absences, policy=policy)
    now = _kinds(plan, range(1, reached + 1))
    ahead = sorted((least, tier) for tier, least in policy.tiers.items() if tier > reached)
    for least, tier in ahead:
        then = [kind for kind in _kinds(plan, [tier]) if kind not in now]
        if then:
            return Support(now, least, then)
    return Support(now, None, [])


def _kinds(plan: Sequence[PlannedOffer], tiers: Sequence[int] | range) -> list[str]:
    held = (each for each in plan if each.tier in tiers and not each.only_unlocated and each.kind not in NO_OFFER)
    return list(dict.fromkeys(each.kind for each in sorted(held, key=lambda each: each.tier)))


@dataclass(frozen=True, slots=True)
class Law:
    """What the law expects (ST-02): the thresholds in order, the one reached last, the next, and whether it is the
    last notice that was reached.
    """

    thresholds: Sequence[int]
    unexcused: int
    reached: int | None
    next_at: int | None

    @property
    def is_final(self) -> bool:
        """Whether the last notice before a petition is reached."""
        return self.reached is not None and self.reached == max(self.thresholds)


def law(unexcused: int, policy: CarePolicy) -> Law | None:
    """Where so many unexcused absences stand, without suspensions (RD-41); None where no threshold is named."""
    thresholds = sorted(policy.truancy_absences)
    if not thresholds:
        return None
    reached = max((each for each in thresholds if unexcused >= each), default=None)
    return Law(thresholds, unexcused, reached, min((each for each in thresholds if unexcused < each), default=None))
