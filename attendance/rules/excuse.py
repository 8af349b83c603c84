"""Whether an excuse stands (RD-08, MS-33, MS-34, ST-03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attendance.rules.policy import Policy

ACCEPTED, PENDING, NOT_SUFFICIENT, WITHDRAWN = "accepted", "pending", "not sufficient", "withdrawn"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an excuse is shown. Only an accepted one changes the kind of an absence."""

    state: str
    due_on: date | None
    rule: str


def suffices(reason: str, document_kind: str, policy: Policy) -> bool:
    """Whether the document seen is one that the policy accepts for the reason (a parent's note never is, MS-34)."""
    return document_kind in policy.accepted_documents.get(reason, [])


def due_on(ends_on: date, session_days: Sequence[date], policy: Policy) -> date | None:
    """The last day on which a document may come: so many school days after the return (default 3).

    The return is the first session day after the excuse ends; None while the calendar does not reach that far.
    """
    after = sorted(day for day in session_days if day > ends_on)
    return after[policy.excuse_due_days] if len(after) > policy.excuse_due_days else None


def standing(
    reason: str, document_kind: str, ends_on: date, session_days: Sequence[date], policy: Policy, today: date
) -> Standing:
    """How an excuse stands today: until the due date an insufficient one is pending, and counts as unexcused."""
    due = due_on(ends_on, session_days, policy)
    if suffices(reason, document_kind, policy):
        return Standing(ACCEPTED, due, "RD-08")
    if due is None or today <= due:
        return Standing(PENDING, due, "RD-08")
    return Standing(NOT_SUFFICIENT, due, "MS-34" if document_kind == "parent_note" else "RD-08")
