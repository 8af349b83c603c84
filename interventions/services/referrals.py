"""Makes referrals of students to partners: on a legal basis, the least needed, logged as told (MD-06, MD-07, RD-61)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from interventions.models import Case, ConsentFrom, LegalBasis, Partner, Referral, ReferralMove, SharedFact, Step
from interventions.rules.sharing import Basis, Consent, Fact, refusals
from interventions.selectors.asked import asked_partner, asked_student
from interventions.services.disclosures import disclose_referral
from interventions.services.holding import hold_case
from students.access import Scope
from students.refusals import NotInScope, Refused


@dataclass(frozen=True)
class ReferralFacts:
    """What is asked of whom, why, and what is shared for it. The consent's fields stand with that basis alone."""

    partner_id: int
    basis: str
    reason: str
    request: str
    shared: Collection[str]
    consented_on: date | None = None
    consent_from: str = ""
    consent_name: str = ""
    step_id: int | None = None


def refer(scope: Scope, case_id: int, facts: ReferralFacts, *, submission_id: UUID) -> Referral:
    """Refer a case's student to a partner, and log what it is told; sent twice it is one referral.

    Raises NotInScope (also for an ended partner or a step of another case), Forbidden (nobody signs), or Refused with
    the rule that refuses it.
    """
    with transaction.atomic():
        case = hold_case(scope, case_id)
        if before := Referral.objects.filter(submission_id=submission_id).first():
            return _same(before, case, facts)
        if not case.is_open:
            raise Refused("The case is closed. Open it again to refer the student.")
        # Whoever changes the partner waits, so that the rule judges what stands.
        partner = Partner.objects.select_for_update(of=("self",)).filter(pk=facts.partner_id, ended_at=None).first()
        if partner is None:
            raise NotInScope
        _judge(scope, case, partner, facts)
        referral = _new(scope, case, partner, facts, submission_id)
        _check(referral)
        referral.save()
        ReferralMove.objects.create(referral=referral, status=referral.status, at=scope.now, by_id=scope.person)
        disclose_referral(scope, referral)
    return referral


def judge_again(scope: Scope, referral: Referral) -> None:
    """Raise Refused where the rule would refuse today what a referral shares: it is not told once more."""
    facts = ReferralFacts(
        referral.partner_id,
        referral.basis,
        referral.reason,
        referral.request,
        referral.shared,
        referral.consented_on,
        referral.consent_from,
        referral.consent_name,
    )
    _judge(scope, referral.case, referral.partner, facts)


def _same(before: Referral, case: Case, facts: ReferralFacts) -> Referral:
    if (before.case_id, before.partner_id) != (case.pk, facts.partner_id):
        raise Refused("This form belongs to another referral. Open the page again.")
    return before


def _judge(scope: Scope, case: Case, partner: Partner, facts: ReferralFacts) -> None:
    if facts.basis not in LegalBasis.values:
        raise Refused("Choose the legal basis (RD-61).")
    if set(facts.shared) - set(SharedFact.values):
        raise Refused("Choose what is shared.")
    refused = refusals(
        asked_partner(scope, partner),
        asked_student(scope, case),
        Basis(facts.basis),
        [Fact(each) for each in facts.shared],
        consent=_consent(facts),
        today=scope.today,
    )
    if refused:
        raise Refused(" ".join(each.words for each in refused))


def _consent(facts: ReferralFacts) -> Consent | None:
    if facts.consented_on is None or not facts.consent_from or not facts.consent_name.strip():
        return None
    return Consent(facts.consented_on, by_student=facts.consent_from == ConsentFrom.STUDENT)


def _new(scope: Scope, case: Case, partner: Partner, facts: ReferralFacts, submission_id: UUID) -> Referral:
    by_consent = facts.basis == LegalBasis.CONSENT
    return Referral(
        submission_id=submission_id,
        student_id=case.student_id,
        case=case,
        step=_step(case, facts.step_id),
        partner=partner,
        basis=facts.basis,
        consented_on=facts.consented_on if by_consent else None,
        consent_from=facts.consent_from if by_consent else "",
        consent_name=facts.consent_name.strip() if by_consent else "",
        reason=facts.reason.strip(),
        request=facts.request.strip(),
        shared=[each for each in SharedFact.values if each in facts.shared],
        answer_due_on=scope.today + timedelta(days=partner.answer_days),
        made_by_id=scope.person,
        made_at=scope.now,
    )


def _step(case: Case, step_id: int | None) -> Step | None:
    if step_id is None:
        return None
    if (step := Step.objects.filter(case=case, pk=step_id).first()) is None:
        raise NotInScope
    return step


def _check(referral: Referral) -> None:
    try:
        referral.clean_fields(exclude=["submission_id", "student", "case", "step", "partner", "made_by"])
        referral.validate_constraints()
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from wrong
