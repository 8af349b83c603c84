"""Decides an excuse: the office says yes, no or not yet, and the policy says what may be accepted (ST-03)."""

from dataclasses import replace

from django.db import transaction

from attendance.models import Decision, DocumentKind, Excuse, ExcuseReason
from attendance.rules.excuse import rule_of_acceptance
from attendance.rules.policy import policy_on
from attendance.selectors.excuse_facts import fact_of, numbered
from attendance.selectors.policies import policies
from attendance.services.excuses import hold_excuse, judge_again
from attendance.signals import family_answered
from students.access import Scope
from students.refusals import Refused, Stale


def decide_excuse(scope: Scope, excuse_id: int, *, decision: str, reason: str, seen: str | None = None) -> Excuse:
    """Accept or refuse an excuse, or hold it; its days are judged anew. Sent twice it is decided once.

    `seen` is the decision that the person saw standing, None where nobody looked. Raises NotInScope, Forbidden (not
    the office of the student's school), Refused with what is wrong, or Stale when somebody else has decided since.
    """
    if decision not in Decision.values:
        raise Refused("Say whether the excuse is accepted, refused or pending.")
    if not (why := reason.strip()[:300]):
        raise Refused("Say why it is so decided.")
    with transaction.atomic():
        excuse = hold_excuse(scope, excuse_id)
        if (excuse.decision, excuse.decision_reason) == (decision, why):
            return excuse
        _check(scope, excuse, decision, seen)
        excuse.decision, excuse.decision_reason = decision, why
        excuse.decided_by_id, excuse.decided_at = scope.person, scope.now
        excuse.save(update_fields=["decision", "decision_reason", "decided_by", "decided_at"])
        judge_again(scope, excuse)
        family_answered.send(Excuse, scope=scope, student_id=excuse.student_id, kind="excuse", about_id=excuse.pk)
        return excuse


def _check(scope: Scope, excuse: Excuse, decision: str, seen: str | None) -> None:
    if excuse.withdrawn_at is not None:
        raise Refused("The excuse is withdrawn: there is nothing to decide.")
    if seen is not None and seen != excuse.decision:
        stands = excuse.get_decision_display() or "No decision"
        raise Stale(f"Somebody else has decided this excuse since ({stands}). Look again.")
    if decision == Decision.ACCEPTED:
        _check_acceptance(scope, excuse)


def _check_acceptance(scope: Scope, excuse: Excuse) -> None:
    policy = policy_on(excuse.starts_on, policies(scope))
    fact = fact_of(numbered(Excuse.objects.filter(pk=excuse.pk)).get())
    if not rule_of_acceptance(replace(fact, decision=Decision.ACCEPTED), policy):
        raise Refused(_why_not(excuse))


def _why_not(excuse: Excuse) -> str:
    if excuse.document_kind == DocumentKind.NONE:
        return "There is no document yet. Add it, or say which one was seen on paper."
    if excuse.document_kind == DocumentKind.PARTICIPATION_FORM:
        return "A participation form is never attendance documentation (MS-30)."
    if (excuse.reason, excuse.document_kind) == (ExcuseReason.ILLNESS, DocumentKind.PARENT_NOTE):
        return "A parent’s note does not excuse an absence for illness (MS-34)."
    document, reason = excuse.get_document_kind_display(), excuse.get_reason_display()
    return f"The policy does not accept “{document}” for “{reason}” (ST-03)."
