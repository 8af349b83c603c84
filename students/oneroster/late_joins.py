"""Students who join a class with its term's first day as begin date, which many systems give whatever the day is.

Taken at its word it would put a student who changes class on the rosters of days that were taken without them, and
each of those days would be undetermined. It is believed where nothing speaks against it: of a student who is new
(entered late, RD-03), of a class that was not taken yet, and wherever the date is another than the term's first.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from students.oneroster import registry
from students.oneroster.draft import Draft, Key
from students.rules.enrollments import joined_on
from students.rules.reconciliation import Claim, Held

_DAY = timedelta(days=1)
Stored = dict[Key, list[Held]]


class _Late(NamedTuple):
    key: Key
    claim: Claim
    # As held since an earlier import; None for one that is new.
    held_from: date | None
    # Between these days, both inclusive, the student was on other rosters.
    since: date
    until: date


def settle_late_joins(draft: Draft, stored: Stored) -> None:
    """Let claims of class enrollments begin on the day the student joined, where the file gives the term's first."""
    claims = draft.claims["class enrollments"]
    late = list(_late(draft, claims, stored)) if stored else []
    taken = registry.taken_without([(*each.key, each.since, each.until) for each in late]) if late else set()
    left = _newly_left(draft, {student for student, _ in taken}, stored)
    for each in late:
        if each.key in taken:
            begin = each.held_from or _joined_on(draft, each, left)
            at = claims[each.key].index(each.claim)
            claims[each.key][at] = each.claim._replace(starts_on=begin, otherwise=begin)
            message = (
                "A student joins a class, dated to its term's first day, that was taken without them since. They stand"
                " on its roster from the day they joined."
            )
            draft.findings.warn(message, each.claim.file, each.claim.line)


def _late(draft: Draft, claims: dict[Key, list[Claim]], stored: Stored) -> Iterator[_Late]:
    early = list(_earlier_than_held(draft, claims, stored))
    first_seen = _first_seen(stored) if early else {}
    for key, claim, held_from in early:
        begin = claim.otherwise
        if key[0] in first_seen and draft.known.is_first_of_term(key[1], begin):
            until = (held_from or min(draft.today, _entered(draft, key) or draft.today)) - _DAY
            yield _Late(key, claim, held_from, max(begin, first_seen[key[0]]), until)


def _earlier_than_held(
    draft: Draft, claims: dict[Key, list[Claim]], stored: Stored
) -> Iterator[tuple[Key, Claim, date | None]]:
    """Claims that begin in the past, before anything that is held of their key, with its first day."""
    for key, claimed in claims.items():
        held = stored.get(key)
        first = held[0].starts_on if held else draft.today
        for claim in claimed:
            if claim.starts_on is not None and claim.starts_on < first:
                yield key, claim, held[0].starts_on if held else None


def _first_seen(stored: Stored) -> dict[str, date]:
    """The first day on which each student is known to have been on a roster."""
    first: dict[str, date] = {}
    for (student, _), held in stored.items():
        first[student] = min(first.get(student, held[0].starts_on), held[0].starts_on)
    return first


def _entered(draft: Draft, key: Key) -> date | None:
    """The day on which the student entered the class's school, where the files give it."""
    school = draft.known.class_schools.get(key[1], "")
    claims = draft.claims.get("school enrollments", {}).get((key[0], school), [])
    return max((claim.starts_on for claim in claims if claim.starts_on), default=None)


def _joined_on(draft: Draft, late: _Late, left: dict[tuple[str, str | None], date]) -> date:
    student, section = late.key
    day = left.get((student, draft.known.class_schools.get(section)))
    return joined_on(late.since, entered=_entered(draft, late.key), left=day, today=draft.today)


def _newly_left(draft: Draft, students: set[str], stored: Stored) -> dict[tuple[str, str | None], date]:
    """By student and school the last day in a class that the student leaves by this very set."""
    found: dict[tuple[str, str | None], date] = {}
    for key, claimed in draft.claims["class enrollments"].items():
        if key[0] not in students:
            continue
        at = (key[0], draft.known.class_schools.get(key[1]))
        known = {held.ends_on for held in stored.get(key, ())}
        for claim in claimed:
            if claim.ends_on and claim.ends_on not in known:
                found[at] = max(found.get(at, claim.ends_on), claim.ends_on)
    return found
