"""The care team's notes in a case: written once, withdrawn visibly. They never leave by an export (RD-61)."""

from uuid import UUID

from django.db import transaction

from interventions.models import CaseNote
from interventions.services.holding import hold_case, hold_open_case
from students.access import Scope
from students.refusals import NotInScope, Refused

MOST_CHARACTERS = 5000
MOST_REASON = 300


def write_note(scope: Scope, case_id: int, *, submission_id: UUID, text: str) -> CaseNote:
    """Write a note. Sent twice it is written once. Raises NotInScope, or Refused with what is wrong."""
    text = text.strip()
    if not text:
        raise Refused("The note is empty.")
    if len(text) > MOST_CHARACTERS:
        raise Refused("A note has 5,000 characters at most. Write a second one.")
    with transaction.atomic():
        case = hold_open_case(scope, case_id)
        facts = {"case": case, "text": text, "written_by_id": scope.person, "written_at": scope.now}
        note, _is_new = CaseNote.objects.get_or_create(submission_id=submission_id, defaults=facts)
        if note.case_id != case.pk:
            raise Refused("This form belongs to another case. Open the page again.")
        return note


def withdraw_note(scope: Scope, case_id: int, note_id: int, *, reason: str) -> CaseNote:
    """Withdraw a note, visibly, of a closed case too. Raises NotInScope, or Refused without a reason."""
    if not reason.strip():
        raise Refused("Say why the note is withdrawn.")
    with transaction.atomic():
        note = CaseNote.objects.filter(case=hold_case(scope, case_id), pk=note_id).first()
        if note is None:
            raise NotInScope
        if note.withdrawn_at is None:
            note.withdrawn_at, note.withdrawn_by_id = scope.now, scope.person
            note.withdrawn_reason = reason.strip()[:MOST_REASON]
            note.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        return note
