"""The chain of certifications: what one says, its hash, and every way in which a chain can be found to be untrue.

Each certification names the hash of the one before it, so that none can be changed, left out or put in without every
later one being other than it was. Rewriting a chain to its end shows only beside a copy that somebody else holds:
each certified package carries the chain as it was.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any


@dataclass(frozen=True)
class Signed:
    """Who signed, as written that day, and when."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Earlier:
    """A certification that a later one of the same month amends."""

    sequence: int
    hash: str


@dataclass(frozen=True)
class Certified:
    """What a certification is of. `month` is as the state names it, 2020-11."""

    organization: str
    school: str
    school_year: str
    month: str
    package: str
    package_sha256: str
    approved: Signed
    certified: Signed
    amends: Earlier | None = None


@dataclass(frozen=True)
class Link:
    """A link as it is kept: what was hashed, to the letter, and the hash."""

    content: str
    hash: str


@dataclass(frozen=True)
class Fault:
    """Something untrue of a chain, in words, with the number of the certification, counted as they are kept."""

    number: int
    what: str


def link(sequence: int, previous: str, certified: Certified) -> Link:
    """The next link: its place, from 1, the hash of the one before it, empty for the first, and what it is of."""
    content = json.dumps(_said(sequence, previous, certified), sort_keys=True, ensure_ascii=False, indent=1)
    return Link(content, hash_of(content))


def hash_of(content: str) -> str:
    """The SHA-256 of a link's content."""
    return sha256(content.encode()).hexdigest()


def in_utc(at: datetime) -> str:
    """An instant as links write it, in whichever zone it came."""
    return at.astimezone(UTC).isoformat()


def _said(sequence: int, previous: str, certified: Certified) -> dict[str, Any]:
    return {
        "sequence": sequence,
        "previous": previous,
        "organization": certified.organization,
        "school": certified.school,
        "school_year": certified.school_year,
        "month": certified.month,
        "package": {"name": certified.package, "sha256": certified.package_sha256},
        "approved": {"by": certified.approved.name, "at": in_utc(certified.approved.at)},
        "certified": {"by": certified.certified.name, "at": in_utc(certified.certified.at)},
        "amends": certified.amends and {"sequence": certified.amends.sequence, "hash": certified.amends.hash},
    }


def chain_faults(
    links: Sequence[Link], *, head: str | None = None, packages: Mapping[int, str] | None = None
) -> list[Fault]:
    """Everything untrue of a chain in the order in which it is kept; nothing where it holds.

    `head` is the hash of the last link, where one is known from elsewhere: without it nobody can tell that the last
    links are gone. `packages` are SHA-256 of the packages that are kept, by the number of their certification.
    """
    faults = list(_links(links))
    if head is not None and (not links or links[-1].hash != head):
        faults.append(Fault(len(links), "The chain does not end where it should: its last certifications are gone."))
    for number, kept in sorted((packages or {}).items()):
        if 1 <= number <= len(links) and kept != _read(links[number - 1].content).get("package", {}).get("sha256"):
            faults.append(Fault(number, f"Certification {number} is of another package than the one that is kept."))
    return faults


def _links(links: Sequence[Link]) -> Iterator[Fault]:
    previous = ""
    seen: dict[tuple[Any, ...], Earlier] = {}
    for number, each in enumerate(links, start=1):
        said = _read(each.content)
        if hash_of(each.content) != each.hash or not said:
            yield Fault(number, f"Certification {number} is not as it was signed: its hash differs.")
        if said.get("sequence") != number:
            yield Fault(number, f"Where certification {number} should stand, another stands, or it is missing.")
        if said.get("previous") != previous:
            yield Fault(number, f"Certification {number} does not follow from the one before it.")
        yield from _amending(number, said, seen)
        seen[_month_of(said)] = Earlier(number, each.hash)
        previous = each.hash


def _amending(number: int, said: Mapping[str, Any], seen: Mapping[tuple[Any, ...], Earlier]) -> Iterator[Fault]:
    before = seen.get(_month_of(said))
    if said.get("amends") != (before and {"sequence": before.sequence, "hash": before.hash}):
        yield Fault(number, f"Certification {number} does not say which earlier one of the same month it amends.")


def _month_of(said: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(str(said.get(name)) for name in ("organization", "school_year", "month"))


def _read(content: str) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) and isinstance(said.get("package"), dict) else {}


def lost_faults(links: Sequence[Link], frozen: Iterable[str]) -> list[Fault]:
    """Months, by name, whose days a certification froze that is not in the chain: its end was cut off."""
    return [Fault(len(links), f"{each} is frozen, and its certification is gone.") for each in frozen]


def row_fault(number: int, content: str, row: Mapping[str, Any]) -> Fault | None:
    """What is kept beside a link to find it by, where it says other than what was signed."""
    said = _read(content)
    if all(said.get(name) == value for name, value in row.items()):
        return None
    return Fault(number, f"The row of certification {number} says other than what was signed.")


def prefix_faults(held: Sequence[Link], kept: Sequence[Link]) -> list[Fault]:
    """Where a copy of the chain, as a certified package carries it, differs from the chain that is kept."""
    return [
        Fault(number, f"Certification {number} is another in this copy than in the chain that is kept.")
        for number, each in enumerate(held, start=1)
        if number > len(kept) or kept[number - 1] != each
    ]


def standing_sentence(links: Sequence[Link], faults: Iterable[Fault]) -> str:
    """Whether the chain holds, in one sentence."""
    found = list(faults)
    if found:
        return f"The chain does not hold: {len(found)} {'fault' if len(found) == 1 else 'faults'}, listed below."
    if not links:
        return "Nothing is certified yet, so there is no chain to check."
    return (
        f"The chain holds: {len(links)} {'certification' if len(links) == 1 else 'certifications'}, each as it was "
        "signed and each following from the one before it."
    )
