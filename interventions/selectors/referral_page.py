"""One referral with its history, and a case's referrals with everything that was told of its student (RD-61)."""

from collections.abc import Sequence
from dataclasses import dataclass

from interventions.models import ActionKind, Case, Disclosure, Referral, ReferralMove
from interventions.rules.referrals import OPEN, next_statuses
from interventions.selectors.referral_lines import ReferralLine, referral_line
from students.access import Scope, visible_to
from students.refusals import NotInScope

HELPED = [
    ActionKind.SERVICES,
    ActionKind.LOCATE,
    ActionKind.MENTORING,
    ActionKind.DISTRICT,
    ActionKind.COMMUNITY,
    ActionKind.CASE_MANAGEMENT,
    ActionKind.AGENCY,
    ActionKind.OTHER,
]
# Of a case; the log holds all, and a family may ask for it.
NEWEST = 20


@dataclass(frozen=True)
class ReferralPage:
    """One referral, what may follow its status, its history, and when the partner was told what."""

    referral: Referral
    line: ReferralLine
    next: Sequence[str]
    moves: Sequence[ReferralMove]
    told: Sequence[Disclosure]

    @property
    def is_open(self) -> bool:
        """Whether the partner is still asked for something."""
        return self.referral.status in OPEN


@dataclass(frozen=True)
class CaseReferrals:
    """A case's referrals, the newest first, and what was told of the student, to whomever."""

    lines: Sequence[ReferralLine]
    told: Sequence[Disclosure]
    # The kinds of steps that a partner can help with.
    helped: Sequence[str] = tuple(HELPED)


def referral_page(scope: Scope, referral_id: int) -> ReferralPage:
    """One referral; the same few statements always. Raises NotInScope."""
    found = visible_to(scope, Referral).select_related("student", "partner", "case__school", "step", "made_by")
    referral = found.filter(pk=referral_id).first()
    if referral is None:
        raise NotInScope
    return ReferralPage(
        referral=referral,
        line=referral_line(scope, referral),
        next=next_statuses(referral.status),
        moves=list(referral.moves.select_related("by")),
        told=list(referral.disclosures.select_related("by")),
    )


def case_referrals(scope: Scope, case: Case) -> CaseReferrals:
    """The referrals of a case that a scope has let through, and the newest of what was told; two statements."""
    found = visible_to(scope, Referral).filter(case=case).select_related("student", "partner", "case__school")
    told = visible_to(scope, Disclosure).filter(student=case.student_id).select_related("by")
    return CaseReferrals([referral_line(scope, each) for each in found], list(told[:NEWEST]))
