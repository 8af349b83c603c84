"""Facts that may not share a day: refused, naming both lines."""

from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

from students.oneroster.comparing import Outcomes
from students.oneroster.draft import Draft
from students.oneroster.findings import Findings, line_named
from students.rules.spans import overlapping

ONE_KEY = {
    "school enrollments": "the same student in the same school",
    "class enrollments": "the same student in the same class",
    "teachers of classes": "the same teacher of the same class",
    "guardians of students": "the same guardian of the same student",
}
PRIMARY = "a primary school of the same student; a day can have one (RD-09)"
_PRIMARY_AT = 1


class _Placed(NamedTuple):
    starts_on: Any
    ends_on: Any
    file: str
    line: int | None


def refuse_claimed_overlaps(draft: Draft) -> None:
    """Among the rows of the files alone, before anything stored is known."""
    for kind, what in ONE_KEY.items():
        for claims in draft.claims.get(kind, {}).values():
            if len(claims) > 1:
                refuse_shared_days(draft.findings, claims, what)
    by_student: dict[str, list[_Placed]] = {}
    for (student, _), claims in draft.claims.get("school enrollments", {}).items():
        primary = (_placed(claim) for claim in claims if claim.values[_PRIMARY_AT] is True)
        by_student.setdefault(student, []).extend(primary)
    for placed in by_student.values():
        _refuse(draft.findings, placed, PRIMARY)


def refuse_standing_overlaps(kind: str, outcomes: Outcomes, findings: Findings) -> None:
    """Among claims once their first days are known from what is stored."""
    if kind in ONE_KEY:
        for outcome in outcomes.values():
            if len(outcome.claimed) > 1:
                refuse_shared_days(findings, outcome.claimed, ONE_KEY[kind])
    if kind == "school enrollments":
        by_student: dict[str, list[_Placed]] = {}
        for (student, _), outcome in outcomes.items():
            primary = (_placed(fact) for fact in outcome.claimed if fact.values[_PRIMARY_AT])
            by_student.setdefault(student, []).extend(primary)
        for placed in by_student.values():
            _refuse(findings, placed, PRIMARY)


def refuse_moved_ids(outcomes: Outcomes, findings: Findings) -> None:
    """An id that stood for one class from a day on cannot stand for another from the same day."""
    stay = {
        (fact.values[0], fact.starts_on)
        for outcome in outcomes.values()
        for fact in [*outcome.history, *(held for held, _ in outcome.ended)]
    }
    claimed = (fact for outcome in outcomes.values() for fact in outcome.claimed) if stay else ()
    for fact in claimed:
        if (fact.values[0], fact.starts_on) in stay:
            message = f"The id stands for another class from {fact.starts_on} on; give the new one its own begin date."
            findings.refuse(fact.file, message, fact.line, "sourcedId", fact.values[0])


def refuse_shared_days(findings: Findings, facts: Iterable[Any], what: str, column: str = "") -> None:
    """Refuse, among claims or facts of one key, every two that share a day; `what` they both give those days to."""
    _refuse(findings, [_placed(fact) for fact in facts], what, column)


def _placed(fact: Any) -> _Placed:
    return _Placed(fact.starts_on or fact.otherwise, fact.ends_on, fact.file, fact.line)


def _refuse(findings: Findings, placed: Iterable[_Placed], what: str, column: str = "") -> None:
    for earlier, later in overlapping(placed):
        names = chain([later, earlier])
        second, first = sorted(names, key=lambda found: found.line or 0, reverse=True)
        message = f"{line_named(first.line)} of {first.file} already gives some of these days to {what}."
        findings.refuse(second.file, message, second.line, column, str(second.starts_on))
