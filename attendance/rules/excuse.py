"""Whether an excuse stands (RD-08, MS-30, MS-33, MS-34, ST-03)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.rules.minutes import WHOLE_DAY, Span
from attendance.rules.policy import Policy

ACCEPTED, PENDING, REFUSED, NOT_SUFFICIENT, WITHDRAWN = "accepted", "pending", "refused", "not sufficient", "withdrawn"
NO_DOCUMENT, PARENT_NOTE, PARTICIPATION_FORM = "none", "parent_note", "participation_form"
ILLNESS, OTHER = "illness", "other"


@dataclass(frozen=True, slots=True)
class ExcuseFact:
    """An excuse that speaks of a day; `decision` is the office's: accepted, refused, pending, or empty for none.

    `note_number` is the place of a parent's note among those of the same student, reason and term that stand, from 1
    in the order in which they were entered; 0 for every other document.
    """

    reason: str
    document_kind: str
    span: Span = WHOLE_DAY
    decision: str = ""
    note_number: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How an excuse is shown. Only an accepted one changes the kind of an absence."""

    state: str
    due_on: date | None
    rule: str


def suffices(excuse: ExcuseFact, policy: Policy) -> bool:
    """Whether an excuse excuses: neither refused nor held, and resting on what the policy accepts for its reason."""
    return excuse.decision not in (REFUSED, PENDING) and bool(rule_of_acceptance(excuse, policy))


def rule_of_acceptance(excuse: ExcuseFact, policy: Policy) -> str:
    """The rule by which the policy accepts what an excuse rests on; empty where it does not.

    A participation form never counts (MS-30). A parent's note counts for illness only as one of the notes that the
    policy allows a term (MS-34). What the superintendent accepts besides needs that decision (ST-03).
    """
    if excuse.document_kind == PARTICIPATION_FORM:
        return ""
    if _is_listed(excuse, policy):
        return "RD-08"
    if is_allowed_note(excuse, policy) or _is_superintendents(excuse, policy):
        return "ST-03"
    return ""


def is_allowed_note(excuse: ExcuseFact, policy: Policy) -> bool:
    """Whether it is one of the parents' notes that the policy accepts without a document in a term (MS-34)."""
    return 0 < excuse.note_number <= policy.undocumented_notes_per_term.get(excuse.reason, 0)


def _is_listed(excuse: ExcuseFact, policy: Policy) -> bool:
    if excuse.document_kind == PARTICIPATION_FORM or (excuse.reason, excuse.document_kind) == (ILLNESS, PARENT_NOTE):
        return False
    return excuse.document_kind in policy.accepted_documents.get(excuse.reason, [])


def _is_superintendents(excuse: ExcuseFact, policy: Policy) -> bool:
    return excuse.reason == OTHER and excuse.decision == ACCEPTED and OTHER in policy.accepted_documents


def better_document(reason: str, held: str, brought: str, policy: Policy) -> str:
    """The kind that an excuse rests on when another document comes: what the policy lists before what it does not."""
    return max((held, brought), key=lambda kind: (_is_listed(ExcuseFact(reason, kind), policy), _weight(kind)))


def best_document(reason: str, kinds: Iterable[str], policy: Policy) -> str:
    """The kind that an excuse rests on, of all that are there; "none" where nothing is."""
    best = NO_DOCUMENT
    for kind in kinds:
        best = better_document(reason, best, kind, policy)
    return best


def _weight(kind: str) -> int:
    return {NO_DOCUMENT: 0, PARTICIPATION_FORM: 1, PARENT_NOTE: 2}.get(kind, 3)


def due_on(ends_on: date, session_days: Sequence[date], policy: Policy) -> date | None:
    """The last day on which a document may come: so many school days after the return (default 3).

    The return is the first session day after the excuse ends; None while the calendar does not reach that far.
    """
    after = sorted(day for day in session_days if day > ends_on)
    return after[policy.excuse_due_days] if len(after) > policy.excuse_due_days else None


def standing(excuse: ExcuseFact, ends_on: date, session_days: Sequence[date], policy: Policy, today: date) -> Standing:
    """How an excuse stands today: until the due date an insufficient one is pending, and counts as unexcused.

    One that the office holds stays pending until it is decided.
    """
    due = due_on(ends_on, session_days, policy)
    if excuse.decision == REFUSED:
        return Standing(REFUSED, due, "ST-03")
    if suffices(excuse, policy):
        return Standing(ACCEPTED, due, rule_of_acceptance(excuse, policy))
    if excuse.decision == PENDING or due is None or today <= due:
        return Standing(PENDING, due, "RD-08")
    return Standing(NOT_SUFFICIENT, due, _WHY_NOT.get(excuse.document_kind, "RD-08"))


_WHY_NOT = {PARENT_NOTE: "MS-34", PARTICIPATION_FORM: "MS-30"}
