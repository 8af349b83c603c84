"""Comparing what the files say with what is stored, kind by kind."""

from collections.abc import Callable
from datetime import date

from students.oneroster import registry
from students.oneroster.draft import Key, Record
from students.oneroster.kinds import Kind
from students.oneroster.plan import Change, KindPlan, Removal, Row
from students.oneroster.stored import Stored
from students.rules.reconciliation import Claim, Fact, Held, Keep, Outcome, as_it_stands, reconcile


def compare_records(kind: Kind, wanted: dict[Key, Record], stored: dict[Key, Stored]) -> KindPlan:
    """Create, change or leave each record; those no longer listed are kept, unless the kind is removable."""
    plan = KindPlan(kind)
    for key, record in wanted.items():
        if (found := stored.get(key)) is None:
            plan.created.append((*key, *_filled(record.values)))
            continue
        values = _kept(record.values, found.values)
        if values == found.values:
            plan.unchanged += 1
        else:
            plan.changed.append(Change(found.id, (*key, *found.values), (*key, *values)))
    if kind.removable:
        gone = ((key, found) for key, found in stored.items() if key not in wanted)
        plan.removed = [Removal(found.id, (*key, *found.values)) for key, found in gone]
    return plan


def _filled(values: Row) -> Row:
    return tuple(value.at_creation if isinstance(value, Keep) else value for value in values)


def _kept(values: Row, old: Row) -> Row:
    return tuple(was if isinstance(value, Keep) else value for value, was in zip(values, old, strict=True))


Outcomes = dict[Key, Outcome]


def outcomes(
    claims: dict[Key, list[Claim]],
    stored: dict[Key, list[Held]],
    *,
    today: date,
    last_day: Callable[[Key], date],
    from_today: bool = False,
) -> Outcomes:
    """What becomes of the facts of each key."""
    found = {}
    for key in claims.keys() | stored.keys():
        held, claimed = stored.get(key, ()), claims.get(key, ())
        if fact := as_it_stands(held, claimed):
            found[key] = Outcome(unchanged=[fact])
            continue
        ends = last_day(key) if held else today
        found[key] = reconcile(held, claimed, today=today, last_day=ends, from_today=from_today)
    return found


def compare_facts(kind: Kind, found: Outcomes) -> KindPlan:
    """The plan of a dated kind. A fact on which marks hang is not removed: it ends on its first day."""
    plan = KindPlan(kind)
    removed: list[tuple[Key, Held]] = []
    for key, outcome in found.items():
        plan.created += [row_of(key, fact) for fact in outcome.created]
        plan.changed += [_change(key, held, fact) for held, fact in outcome.changed]
        plan.ended += [_change(key, held, fact) for held, fact in outcome.ended]
        plan.unchanged += len(outcome.unchanged)
        plan.removed += [Removal(held.id, row_of(key, held)) for held in outcome.absorbed]
        removed += [(key, held) for held in outcome.removed]
    used = registry.still_used(kind.name, [held.id for _, held in removed]) if removed else set()
    for key, held in removed:
        if held.id in used:
            plan.ended.append(_change(key, held, _of_one_day(held)))
        else:
            plan.removed.append(Removal(held.id, row_of(key, held)))
    return plan


def _of_one_day(held: Held) -> Fact:
    return Fact(held.id, held.starts_on, held.starts_on, held.values)


def row_of(key: Key, fact: Fact | Held) -> Row:
    """A fact in the columns of its kind."""
    return (*key, fact.starts_on, fact.ends_on, *fact.values)


def _change(key: Key, held: Held, fact: Fact) -> Change:
    return Change(held.id, row_of(key, held), row_of(key, fact))
