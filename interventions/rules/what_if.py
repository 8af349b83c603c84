"""What another policy would change: where students stand under two policies by the same days, and who would move.

Nothing here is written. A student's days come as counts by their kind, which is all that a tier asks of them (RD-40); a
test holds the stance equal to the judgment of the nightly pass.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from interventions.rules.disengagement import Signs, criteria
from interventions.rules.policy import CarePolicy
from interventions.rules.tiers import tier_for

NO_SIGNS = Signs()


@dataclass(frozen=True, slots=True)
class Counted:
    """A student's absences of the year by kind, in distinct days, and tardies of the term.

    `held`: whether some criterion holds that both policies share; None: `signs` are to be judged, whose days may be
    left out of a student with fewer absent ones than `fewest_absent_days`. `obliged`: whether the law obliges the
    student to attend (ST-01); `told`: the thresholds of the notices that stand.
    """

    student_id: int
    school_id: int | None
    is_enrolled: bool = True
    excused: int = 0
    unexcused: int = 0
    suspended: int = 0
    tardies: int = 0
    held: bool | None = None
    signs: Signs = NO_SIGNS
    obliged: bool = True
    told: frozenset[int] = frozenset()

    def absences(self, policy: CarePolicy) -> int:
        """The absences that count towards a tier (RD-40)."""
        excused = self.excused if policy.counts_excused else 0
        suspended = self.suspended if policy.counts_suspended else 0
        return self.unexcused + excused + suspended


class Stance(NamedTuple):
    """Where a student stands under a policy; `notices`: the thresholds of truancy reached by whom the law obliges."""

    tier: int = 0
    is_disengaged: bool = False
    is_watched: bool = False
    notices: frozenset[int] = frozenset()


class Kind(StrEnum):
    """In which regard a student moves."""

    TIER = "tier"
    DISENGAGED = "disengaged"
    NOT_DISENGAGED = "not-disengaged"
    NOTICE = "notice"
    WATCHED = "watched"
    NOT_WATCHED = "not-watched"


class Movement(NamedTuple):
    """A way to move: from a tier to another, or to a notice at a threshold; both 0 for the others."""

    kind: Kind
    before: int = 0
    after: int = 0

    @property
    def code(self) -> str:
        """As addresses name it: `tier-1-2`."""
        return f"{self.kind}-{self.before}-{self.after}"


@dataclass(frozen=True, slots=True)
class Move:
    """A student who would stand otherwise, and all the ways in which."""

    counted: Counted
    before: Stance
    after: Stance
    movements: tuple[Movement, ...]


def stance(counted: Counted, policy: CarePolicy) -> Stance:
    """Where a student stands under a policy. Who left stands nowhere, but a notice of the days before is still owed."""
    notices = frozenset(each for each in policy.truancy_absences if counted.unexcused >= each)
    owed = notices if counted.obliged else frozenset()
    if not counted.is_enrolled:
        return Stance(notices=owed)
    held = _held(counted, policy)
    tier = tier_for(counted.absences(policy), held, policy=policy)
    return Stance(tier, held, counted.tardies >= policy.tardies_watched, owed)


def _held(counted: Counted, policy: CarePolicy) -> bool:
    if counted.held is not None:
        return counted.held
    return bool(criteria(counted.signs.within(policy.days_seen), policy))


def moves(students: Iterable[Counted], before: CarePolicy, after: CarePolicy) -> list[Move]:
    """The students who would move, each once, in the order given."""
    # Thousands of students have the same counts, and stand alike.
    known: dict[Hashable, tuple[Stance, Stance]] = {}
    found = []
    for each in students:
        alike = _alike(each)
        if alike not in known:
            known[alike] = stance(each, before), stance(each, after)
        move = _move(each, *known[alike])
        if move.movements:
            found.append(move)
    return found


def _alike(each: Counted) -> Hashable:
    """What a stance depends on; of signs that are to be judged each student has their own."""
    counts = (each.excused, each.unexcused, each.suspended, each.tardies, each.is_enrolled, each.obliged)
    own_signs = each.held is None and each.signs != NO_SIGNS
    return (*counts, each.held, each.student_id if own_signs else None)


def _move(counted: Counted, before: Stance, after: Stance) -> Move:
    return Move(counted, before, after, tuple(_movements(counted, before, after)))


def _movements(counted: Counted, before: Stance, after: Stance) -> Iterable[Movement]:
    if before.tier != after.tier:
        yield Movement(Kind.TIER, before.tier, after.tier)
    if before.is_disengaged != after.is_disengaged:
        yield Movement(Kind.DISENGAGED if after.is_disengaged else Kind.NOT_DISENGAGED)
    if before.is_watched != after.is_watched:
        yield Movement(Kind.WATCHED if after.is_watched else Kind.NOT_WATCHED)
    for threshold in sorted(after.notices - before.notices - counted.told):
        yield Movement(Kind.NOTICE, 0, threshold)


@dataclass(frozen=True)
class Figures:
    """How many students move, each counted once, and how many in each way; a student may move in several."""

    students: int
    ways: Mapping[Movement, int]


def figures(moved: Collection[Move]) -> Figures:
    """The figures of some students who move."""
    return Figures(len(moved), Counter(way for each in moved for way in each.movements))


def by_school(moved: Iterable[Move]) -> dict[int | None, Figures]:
    """The figures of every school with somebody who moves; whoever was in none stands under None."""
    schools: dict[int | None, list[Move]] = defaultdict(list)
    for each in moved:
        schools[each.counted.school_id].append(each)
    return {school: figures(its) for school, its in schools.items()}


# What a standing is made of. Where policies agree in all of it, they differ in what is read out of a standing alone.
_GROUND = (
    "counts_excused",
    "counts_suspended",
    "absent_days_running",
    "weeks_without_interaction",
    "absent_percent",
    "absent_window_days",
    "absent_fewest_days",
    "failed_contacts",
)


def count_alike(*policies: CarePolicy) -> bool:
    """Whether the policies count the same days and know the same criteria, whatever their thresholds are."""
    return len({tuple(getattr(policy, name) for name in _GROUND) for policy in policies}) <= 1


def fewest_absent_days(*policies: CarePolicy) -> int | None:
    """With fewer absent days no criterion that looks at days holds under any of the policies; None: there is none."""
    least = [days for policy in policies for days in _fewest(policy) if days is not None]
    return min(least, default=None)


def _fewest(policy: CarePolicy) -> tuple[int | None, int | None]:
    if policy.absent_percent is None:
        return policy.absent_days_running, None
    return policy.absent_days_running, -(-policy.absent_percent * policy.absent_fewest_days // 100)
