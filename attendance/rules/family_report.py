"""What a family may tell of an absence, and what the district's policy then asks for (MS-30, MS-34, ST-03)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from attendance.rules.excuse import (
    ACCEPTED,
    NO_DOCUMENT,
    OTHER,
    PARENT_NOTE,
    PARTICIPATION_FORM,
    REFUSED,
    WITHDRAWN,
    ExcuseFact,
    Standing,
    rule_of_acceptance,
)
from attendance.rules.minutes import Span
from attendance.rules.office_entry import Statement
from attendance.rules.policy import Policy

# Calendar days. What is older, or further ahead, is talked over with the office.
DAYS_BACK = 14
DAYS_AHEAD = 90
LONGEST_DAYS = 30
# Reports that one account has standing for a child and days to come, or sends in 24 hours, taken back or not.
MOST_OPEN = 10
MOST_SENT_A_DAY = 10
# Files of one report, however often something is added.
MOST_DOCUMENTS = 15


class Fault(StrEnum):
    """Why a report cannot be right."""

    ENDS_FIRST = "ends first"
    TOO_LONG_AGO = "too long ago"
    TOO_FAR_AHEAD = "too far ahead"
    TOO_LONG = "too long"
    TIMES_WITHOUT_END = "times without end"
    TIMES_OF_SEVERAL_DAYS = "times of several days"
    NO_SCHOOL = "no school"
    OUTSIDE_SCHOOL = "outside school"


def fault_of(word: Statement, *, today: date, session_days: Collection[date], hours: Span | None) -> Fault | None:
    """What is wrong with a report; None where nothing is.

    `session_days` are the school's; `hours` run from the first bell of the first day to the last.
    """
    if word.ends_on < word.starts_on:
        return Fault.ENDS_FIRST
    if word.starts_on < today - timedelta(days=DAYS_BACK):
        return Fault.TOO_LONG_AGO
    if word.ends_on > today + timedelta(days=DAYS_AHEAD):
        return Fault.TOO_FAR_AHEAD
    if (word.ends_on - word.starts_on).days >= LONGEST_DAYS:
        return Fault.TOO_LONG
    if not any(word.starts_on <= day <= word.ends_on for day in session_days):
        return Fault.NO_SCHOOL
    return _fault_of_times(word, hours)


def _fault_of_times(word: Statement, hours: Span | None) -> Fault | None:
    if word.starts_at is None and word.ends_at is None:
        return None
    if word.starts_on != word.ends_on:
        return Fault.TIMES_OF_SEVERAL_DAYS
    if word.starts_at is None or word.ends_at is None or word.ends_at <= word.starts_at:
        return Fault.TIMES_WITHOUT_END
    return None if hours and hours.overlap(Span(word.starts_at, word.ends_at)) else Fault.OUTSIDE_SCHOOL


@dataclass(frozen=True, slots=True)
class Asked:
    """What the policy asks for a reason: the kinds of document of which one suffices, and whether a note may do.

    A participation form is never among them (MS-30), nor a parent's note for illness but by the term's number (MS-34).
    """

    documents: Sequence[str]
    note_may_do: bool


def asked_for(reason: str, policy: Policy) -> Asked:
    """What suffices for a reason under a policy; no documents where the superintendent alone decides (ST-03)."""
    listed = policy.accepted_documents.get(reason, [])
    suffice = [kind for kind in listed if kind not in (NO_DOCUMENT, PARENT_NOTE) and _would_do(reason, kind, policy)]
    by_number = policy.undocumented_notes_per_term.get(reason, 0) > 0
    return Asked(suffice, by_number or NO_DOCUMENT in listed or _would_do(reason, PARENT_NOTE, policy))


def _would_do(reason: str, kind: str, policy: Policy) -> bool:
    if kind == PARTICIPATION_FORM:
        return False
    return bool(rule_of_acceptance(ExcuseFact(reason, kind), policy))


def may_be_accepted(excuse: ExcuseFact, policy: Policy) -> bool:
    """Whether the office could accept an excuse by what it rests on."""
    return bool(rule_of_acceptance(replace(excuse, decision=ACCEPTED), policy))


class Shown(StrEnum):
    """How a report stands, for the family that sent it."""

    TAKEN_BACK = "taken back"
    TAKEN_OUT = "taken out"
    TOLD = "told"
    NEEDED = "needed"
    LATE = "late"
    LOOKING = "looking"
    ACCEPTED = "accepted"
    REFUSED = "refused"


def shown_without_excuse(*, reason: str, asked: Asked, stands: bool, due_on: date | None, today: date) -> Shown:
    """A report with no paper yet: needed through `due_on`, inclusive. `stands`: the office has not taken it out."""
    if not stands:
        return Shown.TAKEN_OUT
    if reason == OTHER or not asked.documents:
        return Shown.TOLD
    return Shown.NEEDED if due_on is None or today <= due_on else Shown.LATE


def shown_with_excuse(standing: Standing, *, may_do: bool, today: date) -> Shown:
    """A report with its excuse; `may_do`: the office could accept what it rests on."""
    decided = {ACCEPTED: Shown.ACCEPTED, REFUSED: Shown.REFUSED, WITHDRAWN: Shown.TAKEN_OUT}
    if standing.state in decided:
        return decided[standing.state]
    if may_do:
        return Shown.LOOKING
    return Shown.NEEDED if standing.due_on is None or today <= standing.due_on else Shown.LATE
