"""What another policy would change: where students stand under two policies by the same days, and who would move.

Nothing here is written. A student's days come as counts by their kind, which is all that a tier asks of them (RD-40); a
test holds the stance equal to the judgment of the nightly pass.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from interventions.rules.disengagement import Sign, Signs, criteria
from interventions.rules.policy import CarePolicy
from interventions.rules.tiers import tier_for

NO_SIGNS = Signs()


@dataclass(frozen=True, slots=True)
class Counted:
    """A student's absences of the year by kind, in distinct days, and tardies of the term.

    `held`: whether some criterion holds that the policies share; `signs` are for the others, whose days may be left out
    of a student of whom none can hold. `obliged`: whether the law obliges the student to attend (ST-01); `told`: the
    thresholds of the notices that stand. `beside`: others of the school who stand alike under every policy compared.
    """

    student_id: int
    school_id: int | None
    is_enrolled: bool = True
    excused: int = 0
    unexcused: int = 0
    suspended: int = 0
    tardies: int = 0
    held: bool = False
    signs: Signs = NO_SIGNS
    obliged: bool = True
    told: frozenset[int] = frozenset()
    beside: tuple[int, ...] = ()

    @property
    def students(self) -> tuple[int, ...]:
        """Everybody who is counted here."""
        return (self.student_id, *self.beside)

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

    @classmethod
    def of(cls, code: str) -> "Movement":
        """The way that a code names. Raises ValueError where there is none of that name."""
        kind, before, after = code.rsplit("-", 2)
        return cls(Kind(kind), int(before), int(after))


@dataclass(frozen=True, slots=True)
class Move:
    """A student who would stand otherwise, with those counted alike, and all the ways in which."""

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
    return counted.held or bool(criteria(counted.signs.within(policy.days_seen), policy))


def moves(students: Iterable[Counted], before: CarePolicy, after: CarePolicy) -> list[Move]:
    """The students who would move, each once, in the order given; who is counted together moves together."""
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
    return (*counts, each.held, each.student_id if each.signs != NO_SIGNS else None)


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


class Moved(NamedTuple):
    """One student who would move, with the absences that count under each policy."""

    student_id: int
    school_id: int | None
    absences_before: int
    absences_after: int
    movements: tuple[Movement, ...]


def moved_students(
    moved: Iterable[Move], own: Mapping[int, Counted], before: CarePolicy, after: CarePolicy
) -> list[Moved]:
    """Each student who moves; `own` are the own counts of those who were counted together."""
    found = []
    for each in moved:
        for student_id in each.counted.students:
            counts = own.get(student_id, each.counted)
            absences = counts.absences(before), counts.absences(after)
            found.append(Moved(student_id, each.counted.school_id, *absences, each.movements))
    return found


@dataclass(frozen=True)
class Figures:
    """How many students move, each counted once, and how many in each way; a student may move in several."""

    students: int
    ways: Mapping[Movement, int]


# How many students of a school move in the same ways; whoever was in no school stands under None.
Alike = Mapping[tuple[int | None, tuple[Movement, ...]], int]


def figures(moved: Alike) -> Figures:
    """The figures of some students who move."""
    ways: Counter[Movement] = Counter()
    for (_, movements), students in moved.items():
        ways.update(dict.fromkeys(movements, students))
    return Figures(sum(moved.values()), ways)


def by_school(moved: Alike) -> dict[int | None, Figures]:
    """The figures of every school with somebody who moves."""
    schools: dict[int | None, dict[tuple[int | None, tuple[Movement, ...]], int]] = defaultdict(dict)
    for (school, movements), students in moved.items():
        schools[school][school, movements] = students
    return {school: figures(its) for school, its in schools.items()}


@dataclass(frozen=True)
class Compared:
    """The policy that holds today, by which students stand, and the two that are compared."""

    holding: CarePolicy
    before: CarePolicy
    after: CarePolicy

    @property
    def new_threshold(self) -> int | None:
        """The least threshold of truancy that would be new."""
        return min(set(self.after.truancy_absences) - set(self.before.truancy_absences), default=None)

    @property
    def counts_alike(self) -> bool:
        """Whether the kinds of absences that count are those by which students stand."""
        return count_alike(self.holding, self.before, self.after)

    @property
    def shared(self) -> frozenset[Sign]:
        """The criteria that are those by which students stand, under both policies."""
        return criteria_shared(self.holding, self.before, self.after)

    @property
    def differing(self) -> frozenset[Sign]:
        """The others."""
        return frozenset(Sign) - self.shared


def count_alike(*policies: CarePolicy) -> bool:
    """Whether the policies count the same kinds of absences towards a tier."""
    return len({(policy.counts_excused, policy.counts_suspended) for policy in policies}) <= 1


def criteria_shared(*policies: CarePolicy) -> frozenset[Sign]:
    """The criteria that are the same under all policies: what stands of them needs no look at the days."""
    known = [_criteria_of(policy) for policy in policies]
    return frozenset(sign for sign in Sign if len({each[sign] for each in known}) <= 1)


def _criteria_of(policy: CarePolicy) -> dict[Sign, Hashable]:
    # A run of days is looked for as far back as any criterion looks.
    running = policy.absent_days_running and (policy.absent_days_running, policy.days_seen)
    share = policy.absent_percent and (policy.absent_percent, policy.absent_window_days, policy.absent_fewest_days)
    return {
        Sign.DAYS_RUNNING: running,
        Sign.SHARE: share,
        Sign.WEEKS: policy.weeks_without_interaction,
        Sign.FAILED_CONTACTS: policy.failed_contacts,
    }


def fewest_running(*policies: CarePolicy) -> int | None:
    """With fewer absent days there is no run of them under any of the policies; None: none of them asks for a run."""
    return min((days for policy in policies if (days := policy.absent_days_running) is not None), default=None)


class ShareAsked(NamedTuple):
    """A share of a window of days that is asked for: with fewer absent days than `least` it holds for nobody, and with
    fewer than `full` for nobody who has all the days of the window.
    """

    window: int
    least: int
    full: int


def shares_asked(*policies: CarePolicy) -> list[ShareAsked]:
    """The shares that policies ask for, the lowest of each window."""
    asked: dict[int, list[ShareAsked]] = defaultdict(list)
    for policy in policies:
        if (percent := policy.absent_percent) is not None:
            least, full = (-(-percent * days // 100) for days in (policy.absent_fewest_days, policy.absent_window_days))
            asked[policy.absent_window_days].append(ShareAsked(policy.absent_window_days, least, full))
    return [
        ShareAsked(window, min(each.least for each in its), min(each.full for each in its))
        for window, its in sorted(asked.items())
    ]
