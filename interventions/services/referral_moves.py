"""What becomes of a referral: the partner's answer, its outcome, a withdrawal; and the sheet that tells the partner."""

from uuid import UUID

from django.db import transaction

from interventions.models import Referral, ReferralMove, ReferralStatus, Step, StepState
from interventions.rules.referrals import COMPLETED, DECLINED, OPEN, TOLD_WHY, WITHDRAWN, next_statuses
from interventions.selectors.referral_sheet import Sheet, referral_sheet
from interventions.services.disclosures import disclose_referral
from interventions.services.referrals import judge_again
from interventions.services.steps import end_step
from students.access import Scope, visible_to
from students.refusals import NotInScope, Refused, Stale

_ASKED = {
    DECLINED: "Say why the partner declined.",
    COMPLETED: "Say what came of it.",
    WITHDRAWN: "Say why the referral is withdrawn.",
}
LONGEST_WORDS = 500


def move_referral(scope: Scope, referral_id: int, *, to: str, words: str = "", version: int) -> Referral:
    """Enter a referral's next status, as read at a version; the words of a completed one are its outcome.

    Raises NotInScope, Forbidden (nobody signs), Stale, or Refused (a status that cannot follow, no words).
    """
    with transaction.atomic():
        referral = _locked(scope, referral_id)
        if (referral.status, referral.version) == (to, version + 1):
            return referral
        if referral.version != version:
            raise Stale("Somebody else changed this referral since you opened the page. Look at it again.")
        if to not in next_statuses(referral.status):
            raise Refused("This cannot follow. Choose another status.")
        said = words.strip()[:LONGEST_WORDS]
        if to in TOLD_WHY and not said:
            raise Refused(_ASKED[to])
        referral.status, referral.version = ReferralStatus(to), version + 1
        referral.outcome = said if to == COMPLETED else ""
        referral.save(update_fields=["status", "version", "outcome"])
        ReferralMove.objects.create(referral=referral, status=to, at=scope.now, by_id=scope.person, words=said)
        if to == COMPLETED:
            _end_its_step(scope, referral)
    return referral


def _end_its_step(scope: Scope, referral: Referral) -> None:
    """The step of the plan that the referral was made for is done, with the same outcome."""
    waiting = Step.objects.filter(referrals=referral, state=StepState.OPEN, case__closed_at__isnull=True)
    for step in waiting:
        end_step(scope, referral.case_id, step.pk, state=StepState.DONE, outcome=referral.outcome)


def make_sheet(scope: Scope, referral_id: int, *, submission_id: UUID) -> Sheet:
    """A referral's sheet for its partner, with the shared facts alone, logged as told; sent twice it is logged once.

    Raises NotInScope, Forbidden (nobody signs), or Refused: no longer open, or the rule would refuse it today.
    """
    with transaction.atomic():
        referral = _locked(scope, referral_id)
        if referral.status not in OPEN:
            raise Refused("This referral is over: its sheet is not given out any more.")
        judge_again(scope, referral)
        disclose_referral(scope, referral, submission_id)
        return referral_sheet(scope, referral)


def _locked(scope: Scope, referral_id: int) -> Referral:
    found = visible_to(scope, Referral).select_for_update(of=("self",))
    referral = found.select_related("partner", "student", "case__student", "case__school", "made_by").filter(
        pk=referral_id
    )
    if (one := referral.first()) is None:
        raise NotInScope
    return one
