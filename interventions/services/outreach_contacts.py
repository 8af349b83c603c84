"""Keeps what an outreach worker tried for a student who is in their hands; no right to the case is asked for."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from interventions.models import Case, Contact, OutreachAssignment
from interventions.services.contacts import check_attempt, check_guardian, keep
from students.access import Scope
from students.refusals import NotInScope, Refused


def log_attempt(
    scope: Scope,
    assignment_id: int,
    *,
    submission_id: UUID,
    kind: str,
    result: str,
    happened_at: datetime,
    guardian_id: int | None = None,
    words: str = "",
) -> Contact:
    """Keep one attempt of a worker; the care team finds it in the student's open case. Sent twice it is one attempt.

    Raises NotInScope (not the worker's own, or over; a guardian who may not be told), or Refused: a result that cannot
    come of the kind, a time to come or before the school year.
    """
    check_attempt(scope, kind, result, happened_at)
    with transaction.atomic():
        held = _locked(scope, assignment_id)
        if before := Contact.objects.filter(submission_id=submission_id).first():
            return _same(before, held, kind, result)
        check_guardian(scope, held.student_id, guardian_id)
        contact = Contact(submission_id=submission_id, student_id=held.student_id, kind=kind, result=result)
        contact.case = Case.objects.filter(student=held.student_id, closed_at=None).first()
        contact.guardian_id = guardian_id
        return keep(scope, contact, happened_at=happened_at, words=words)


def _locked(scope: Scope, assignment_id: int) -> OutreachAssignment:
    """A worker's own open assignment, which orders two sends of one form."""
    rows = OutreachAssignment.objects.select_for_update(of=("self",)).filter(worker__user=scope.user_id, ended_at=None)
    if (held := rows.filter(pk=assignment_id).first()) is None:
        raise NotInScope
    return held


def _same(before: Contact, held: OutreachAssignment, kind: str, result: str) -> Contact:
    if (before.student_id, before.kind, before.result) != (held.student_id, kind, result):
        raise Refused("This form belongs to another attempt. Open the page again.")
    return before
