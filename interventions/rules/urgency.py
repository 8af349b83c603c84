"""How pressing a case is, and why: the order of the counselor's queue, and its reasons.

Our reading: weeks overdue, then students nobody can find or engage (MD-07), then the tier (MD-05 to MD-07), then what
is due today, then cases that are nobody's. Among equals the step due first, then the family not heard from longest.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

# Beyond, a case does not become more pressing by waiting: a small step of last month would outrank a lost child.
MOST_WEEKS_OVERDUE = 3
DAYS_OF_SILENCE = 14
_NEVER_DUE = date.max.toordinal()

Rank = tuple[int, ...]


class Reason(StrEnum):
    """Why a case is pressing."""

    OVERDUE = "overdue"
    UNLOCATED = "unlocated"
    DISENGAGED = "disengaged"
    DUE_TODAY = "due_today"
    NOBODYS = "nobodys"
    SILENCE = "silence"


class CaseFacts(NamedTuple):
    """What the order looks at. `next_due_on` is the earliest day by which an open step is due."""

    case_id: int
    tier: int
    opened_on: date
    has_owner: bool = True
    is_disengaged: bool = False
    is_unlocated: bool = False
    next_due_on: date | None = None
    last_contact_on: date | None = None

    @property
    def quiet_since(self) -> date:
        """The day of the last contact; the opening where there was none."""
        return self.last_contact_on or self.opened_on


@dataclass(frozen=True, slots=True)
class Because:
    """A reason with its figure: days overdue, or days without a contact; 0 where there is nothing to count."""

    reason: Reason
    days: int = 0


def days_overdue(facts: CaseFacts, today: date) -> int:
    """Days since the earliest open step was due; 0 on the day itself and before."""
    return max(0, (today - facts.next_due_on).days) if facts.next_due_on else 0


def rank(facts: CaseFacts, today: date) -> Rank:
    """Where a case stands: the smaller, the more pressing. No two cases share one.

    The database puts a whole queue in this order (`interventions.selectors.queue_order`).
    """
    weeks = min(MOST_WEEKS_OVERDUE, -(-days_overdue(facts, today) // 7))
    due = facts.next_due_on
    return (
        -weeks,
        not (facts.is_disengaged or facts.is_unlocated),
        -facts.tier,
        due != today,
        facts.has_owner,
        due.toordinal() if due else _NEVER_DUE,
        facts.quiet_since.toordinal(),
        facts.case_id,
    )


def reasons(facts: CaseFacts, today: date) -> list[Because]:
    """Why a case is pressing, weightiest first; empty where nothing hurries. The tier is not among them."""
    late, silent = days_overdue(facts, today), (today - facts.quiet_since).days
    held = [
        (bool(late), Because(Reason.OVERDUE, late)),
        (facts.is_unlocated, Because(Reason.UNLOCATED)),
        (facts.is_disengaged, Because(Reason.DISENGAGED)),
        (facts.next_due_on == today, Because(Reason.DUE_TODAY)),
        (not facts.has_owner, Because(Reason.NOBODYS)),
        (silent >= DAYS_OF_SILENCE, Because(Reason.SILENCE, silent)),
    ]
    return [because for holds, because in held if holds]
