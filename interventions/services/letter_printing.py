"""Prints letters: a batch of those that are ready. From then on the families see them, and who joined is told so."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from interventions.models import Letter, LetterBatch, LetterWay, WhyLetterWithdrawn
from interventions.selectors.letter_recipients import lawful_pairs
from interventions.services.letter_news import tell_of_letters
from students.access import Scope, visible_to
from students.refusals import NotInScope, Refused

# Letters of one file: what a printer takes at a time, and what bounds the memory.
BATCH_SIZE = 1000


@dataclass(frozen=True)
class Printed:
    """A batch, how many letters are in it, and how many were withdrawn for the recipient may not be written to."""

    batch: LetterBatch | None
    letters: int
    withdrawn: int


def print_letters(scope: Scope, letter_ids: Collection[int], *, way: str, submission_id: UUID) -> Printed:
    """Put letters that are ready into a batch; sent twice it is one. What is withdrawn or printed already is left out.

    Whom a court has since forbidden to write to is not written to: such a letter is withdrawn. Raises NotInScope, or
    Refused (nothing chosen or left to print, too many, an unknown way).
    """
    _check(letter_ids, way)
    with transaction.atomic():
        found = visible_to(scope, Letter).select_for_update(of=("self",)).filter(pk__in=set(letter_ids))
        letters = list(found.order_by("pk"))
        if len(letters) != len(set(letter_ids)):
            raise NotInScope
        before = LetterBatch.objects.filter(submission_id=submission_id, printed_by=scope.person).first()
        if before is not None:
            return Printed(before, before.letters.count(), 0)
        return _printed(scope, [each for each in letters if each.stands and not each.printed_at], way, submission_id)


def _check(letter_ids: Collection[int], way: str) -> None:
    if not letter_ids:
        raise Refused("Choose the letters to print.")
    if len(set(letter_ids)) > BATCH_SIZE:
        raise Refused(f"At most {BATCH_SIZE} letters are printed at once.")
    if way not in LetterWay.values:
        raise Refused("Say how the letters go out.")


def _printed(scope: Scope, ready: Sequence[Letter], way: str, submission_id: UUID) -> Printed:
    if not ready:
        raise Refused("These letters were printed or withdrawn meanwhile.")
    lawful = lawful_pairs(scope, {each.student_id for each in ready})
    going = [each.pk for each in ready if (each.student_id, each.guardian_id) in lawful]
    staying = Letter.objects.filter(pk__in={each.pk for each in ready} - set(going))
    withdrawn = staying.update(withdrawn_at=scope.now, withdrawn_why=WhyLetterWithdrawn.RECIPIENT)
    if not going:
        return Printed(None, 0, withdrawn)
    batch = LetterBatch.objects.create(
        submission_id=submission_id, way=way, printed_by_id=scope.person, printed_at=scope.now
    )
    Letter.objects.filter(pk__in=going).update(batch=batch, printed_at=scope.now)
    tell_of_letters(scope, [each for each in ready if each.pk in set(going)])
    return Printed(batch, len(going), withdrawn)
