"""Withdraws letters by hand, with a reason; what was written stays to be seen."""

from django.db import transaction

from interventions.models import Letter, WhyLetterWithdrawn
from students.access import Scope, visible_to
from students.refusals import NotInScope, Refused


def withdraw_letter(scope: Scope, letter_id: int, *, reason: str, write_anew: bool = False) -> Letter:
    """Take a letter back; with `write_anew` one to the same person is due again. Withdrawn twice it stays as it was.

    Raises NotInScope, or Refused without a reason.
    """
    said = reason.strip()
    if not said:
        raise Refused("Say why the letter is withdrawn.")
    with transaction.atomic():
        letter = visible_to(scope, Letter).select_for_update(of=("self",)).filter(pk=letter_id).first()
        if letter is None:
            raise NotInScope
        if not letter.stands:
            return letter
        letter.withdrawn_at, letter.withdrawn_by_id = scope.now, scope.person
        letter.withdrawn_why, letter.withdrawn_reason = WhyLetterWithdrawn.PERSON, said[:300]
        letter.is_due_again = write_anew
        letter.save(update_fields=_WITHDRAWAL)
    return letter


_WITHDRAWAL = ["withdrawn_at", "withdrawn_by", "withdrawn_why", "withdrawn_reason", "is_due_again"]
