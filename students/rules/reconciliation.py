"""What becomes of dated facts when a file says again, in full, which ones hold.

Pure: the facts held and claimed of one key (say, one student in one class) in, what to do with each out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple


class Keep(NamedTuple):
    """A value that the file does not speak of: what is held stands; at creation this is taken."""

    at_creation: Any


class Held(NamedTuple):
    """A fact as it is stored, both ends inclusive, no end while it still holds."""

    id: int
    starts_on: date
    ends_on: date | None
    values: tuple[Any, ...]


class Claim(NamedTuple):
    """A fact as a file gives it, both ends inclusive. Without a first day it begins on `otherwise`, or as held."""

    starts_on: date | None
    ends_on: date | None
    values: tuple[Any, ...]
    otherwise: date
    file: str
    line: int


class Fact(NamedTuple):
    """A fact as it shall stand; `id` is None for a new one, `line` for one that no line gives."""

    id: int | None
    starts_on: date
    ends_on: date | None
    values: tuple[Any, ...]
    file: str = ""
    line: int | None = None


@dataclass(slots=True)
class Outcome:
    """What to do with the facts of one key.

    `history` is what ended before and is left alone; `absorbed` is what a claimed fact now covers, and goes.
    """

    created: list[Fact] = field(default_factory=list)
    changed: list[tuple[Held, Fact]] = field(default_factory=list)
    ended: list[tuple[Held, Fact]] = field(default_factory=list)
    removed: list[Held] = field(default_factory=list)
    unchanged: list[Fact] = field(default_factory=list)
    history: list[Held] = field(default_factory=list)
    absorbed: list[Held] = field(default_factory=list)

    @property
    def claimed(self) -> list[Fact]:
        """The facts that the file claims, as they shall stand."""
        return [*self.created, *self.unchanged, *(fact for _, fact in self.changed)]


def reconcile(
    held: Sequence[Held], claims: Sequence[Claim], *, today: date, last_day: date, from_today: bool = False
) -> Outcome:
    """Match what is claimed with what is held, of one key; what nothing claims ends on `last_day`.

    A claim is the held fact that begins on the same day, else one that it overlaps. A fact not begun by
    `last_day` that nothing claims is removed: it never came to hold. With `from_today`, a claim without a first
    day that says something else than what is held says so from today on, and the past stands.
    """
    if not held:
        return Outcome(created=[_new(claim) for claim in claims if _holds(claim)])
    outcome = Outcome()
    free = list(held)
    for claim in sorted(claims, key=lambda c: (c.starts_on is None, c.starts_on or date.max)):
        _place(claim, free, claims, today, outcome)
    for fact in free:
        _let_go(fact, today, last_day, outcome)
    if from_today:
        _leave_the_past(outcome, claims, today, last_day)
    return outcome


def as_it_stands(held: Sequence[Held], claims: Sequence[Claim]) -> Fact | None:
    """The fact where the one claim of a key says what the one held fact does, as nearly all do every night; else None.

    `reconcile` would leave it unchanged, at five times the cost.
    """
    if len(held) != 1 or len(claims) != 1 or held[0][1:] != claims[0][:3]:
        return None
    return Fact(*held[0], claims[0].file, claims[0].line)


def _leave_the_past(outcome: Outcome, claims: Sequence[Claim], today: date, last_day: date) -> None:
    undated = {(claim.file, claim.line) for claim in claims if claim.starts_on is None}
    for held, fact in list(outcome.changed):
        if (fact.file, fact.line) in undated and held.values != fact.values and held.starts_on <= last_day:
            outcome.changed.remove((held, fact))
            outcome.ended.append((held, Fact(held.id, held.starts_on, last_day, held.values)))
            outcome.created.append(fact._replace(id=None, starts_on=today))


def _place(claim: Claim, free: list[Held], claims: Sequence[Claim], today: date, outcome: Outcome) -> None:
    found = _same(claim, free, claims, today)
    if found is None:
        if _holds(claim):
            outcome.created.append(_new(claim))
        return
    free.remove(found)
    fact = _as_claimed(found, claim, today)
    if fact.ends_on and fact.ends_on < fact.starts_on:
        outcome.removed.append(found)
    elif (found.starts_on, found.ends_on, found.values) == (fact.starts_on, fact.ends_on, fact.values):
        outcome.unchanged.append(fact)
    else:
        outcome.changed.append((found, fact))


def _holds(claim: Claim) -> bool:
    """Whether a claim holds on any day: one without a first day may have ended before it would begin."""
    return claim.ends_on is None or claim.ends_on >= (claim.starts_on or claim.otherwise)


def _new(claim: Claim) -> Fact:
    values = tuple([value.at_creation if isinstance(value, Keep) else value for value in claim.values])
    return Fact(None, claim.starts_on or claim.otherwise, claim.ends_on, values, claim.file, claim.line)


def _same(claim: Claim, free: list[Held], claims: Sequence[Claim], today: date) -> Held | None:
    """The held fact that a claim speaks of."""
    if claim.starts_on is None:
        same_end = (h for h in free if h.ends_on == claim.ends_on)
        return next(same_end, None) or next((h for h in free if not _over(h, today)), None)
    if exact := next((h for h in free if h.starts_on == claim.starts_on), None):
        return exact
    taken = {other.starts_on for other in claims}
    return next((h for h in free if h.starts_on not in taken and _overlap(h, claim.starts_on, claim.ends_on)), None)


def _as_claimed(found: Held, claim: Claim, today: date) -> Fact:
    begun = found.starts_on <= today
    starts = claim.starts_on or (found.starts_on if begun else claim.otherwise)
    pairs = zip(found.values, claim.values, strict=True)
    values = tuple(old if isinstance(new, Keep) else new for old, new in pairs)
    return Fact(found.id, starts, claim.ends_on, values, claim.file, claim.line)


def _let_go(fact: Held, today: date, last_day: date, outcome: Outcome) -> None:
    if any(_overlap(fact, claimed.starts_on, claimed.ends_on) for claimed in outcome.claimed):
        outcome.absorbed.append(fact)
    elif _over(fact, today):
        outcome.history.append(fact)
    elif fact.starts_on > last_day:
        outcome.removed.append(fact)
    else:
        outcome.ended.append((fact, Fact(fact.id, fact.starts_on, last_day, fact.values)))


def _over(fact: Held, today: date) -> bool:
    return fact.ends_on is not None and fact.ends_on < today


def _overlap(fact: Held, starts_on: date, ends_on: date | None) -> bool:
    begins_in_time = ends_on is None or fact.starts_on <= ends_on
    return begins_in_time and (fact.ends_on is None or fact.ends_on >= starts_on)
