"""Keeps what was tried to reach a family. A failed attempt can make a student disengaged (RD-42), so each is news."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from interventions.models import Case, Contact, Step, StepState
from interventions.rules.attempts import STEPS, can_come_of
from interventions.services.holding import CLOSED, hold_case
from interventions.services.outbox import note_changes
from students.access import Scope
from students.clock import local_date
from students.refusals import NotInScope, Refused
from students.selectors.guardians import contacts_of


def log_contact(
    scope: Scope,
    case_id: int,
    *,
    submission_id: UUID,
    kind: str,
    result: str,
    happened_at: datetime,
    step_id: int | None = None,
    guardian_id: int | None = None,
    words: str = "",
) -> Contact:
    """Keep one attempt in a case. Sent twice it is one attempt.

    Without `step_id` it is one of the step of its kind that is open and due first, if there is such a step; no step
    ends by it. Raises NotInScope (also for a step of another case, and for somebody who may not be told of the
    student today), Forbidden (nobody signs), or Refused: a result that cannot come of the kind, a time to come or
    before the school year, a case that is closed.
    """
    check_attempt(scope, kind, result, happened_at)
    with transaction.atomic():
        case = hold_case(scope, case_id)
        if before := Contact.objects.filter(submission_id=submission_id).first():
            return _same(before, case, kind, result)
        if not case.is_open:
            raise Refused(CLOSED)
        check_guardian(scope, case.student_id, guardian_id)
        contact = Contact(submission_id=submission_id, student_id=case.student_id, case=case, kind=kind, result=result)
        contact.step, contact.guardian_id = _step(case, kind, step_id), guardian_id
        return keep(scope, contact, happened_at=happened_at, words=words)


def keep(scope: Scope, contact: Contact, *, happened_at: datetime, words: str) -> Contact:
    """Write an attempt that was checked, in the caller's transaction, and let its student be looked at anew."""
    contact.happened_at, contact.day = happened_at, local_date(happened_at, scope.zone)
    contact.words = words.strip()[:1000]
    contact.made_by_id, contact.entered_at = scope.person, scope.now
    contact.save(force_insert=True)
    note_changes(student_ids=[contact.student_id])
    return contact


def withdraw_contact(scope: Scope, contact_id: int, *, reason: str) -> Contact:
    """Take back an attempt that was entered wrongly; it stays to be seen. Withdrawn twice it is withdrawn once.

    Raises NotInScope, Forbidden (nobody signs) or Refused (no reason).
    """
    if not reason.strip():
        raise Refused("Say why the contact is withdrawn.")
    with transaction.atomic():
        cases = Contact.objects.filter(pk=contact_id, case__isnull=False).values_list("case_id", flat=True)
        # No case has the id 0: what nobody knows and what is not theirs are told alike.
        case = hold_case(scope, cases.first() or 0)
        contact = Contact.objects.get(pk=contact_id)
        if contact.withdrawn_at is None:
            contact.withdrawn_at, contact.withdrawn_by_id = scope.now, scope.person
            contact.withdrawn_reason = reason.strip()[:300]
            contact.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
            note_changes(student_ids=[case.student_id])
    return contact


def check_attempt(scope: Scope, kind: str, result: str, happened_at: datetime) -> None:
    """Raises Refused: a result that cannot come of the kind, a time to come or before the school year."""
    if not can_come_of(kind, result):
        raise Refused("Say how you tried, and what came of it.")
    if happened_at > scope.now:
        raise Refused("This time is still to come. Enter the contact when it has been made.")
    if local_date(happened_at, scope.zone) < scope.year_starts_on:
        raise Refused("This day lies before the school year.")


def _same(before: Contact, case: Case, kind: str, result: str) -> Contact:
    if (before.case_id, before.kind, before.result) != (case.pk, kind, result):
        raise Refused("This form belongs to another contact. Open the page again.")
    return before


def check_guardian(scope: Scope, student_id: int, guardian_id: int | None) -> None:
    """Raises NotInScope for somebody who may not be told of the student today."""
    if guardian_id is None:
        return
    if guardian_id not in {each.guardian_id for each in contacts_of(scope, [student_id])[student_id]}:
        raise NotInScope


def _step(case: Case, kind: str, step_id: int | None) -> Step | None:
    steps = Step.objects.filter(case=case)
    if step_id is None:
        meant = steps.filter(state=StepState.OPEN, kind__in=STEPS.get(kind, ()))
        return meant.order_by(F("due_on").asc(nulls_last=True), "position", "pk").first()
    if (step := steps.filter(pk=step_id).first()) is None:
        raise NotInScope
    return step
