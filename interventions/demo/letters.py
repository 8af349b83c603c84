"""The letters of the demo's fall: written and printed some days after each evening in two schools; a third has none."""

from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from attendance.demo.cast import COUNSELOR, DISTRICT_ADMINISTRATOR, ELEMENTARY_ADMINISTRATOR
from interventions.models import Letter, LetterWay
from interventions.selectors.letter_log import ready_ids
from interventions.selectors.letters_due import due_letters
from interventions.selectors.letters_page import AskedLetters
from interventions.services.letter_printing import BATCH_SIZE, print_letters
from interventions.services.letter_withdrawing import withdraw_letter
from interventions.services.letters import make_letters
from students.access import Scope, scope_of, visible_to
from students.models import FamilyAccount, User

DAYS_LATER = timedelta(days=4)
# Of each round these wait for the next one, so that there is something to print on the first day.
LEFT_READY = 6


def write_to_families(scope: Scope, evening: date) -> None:
    """Let each of them write what is due in their school by then, and print all but the last few."""
    at = datetime.combine(evening + DAYS_LATER, time(14, 30), ZoneInfo(scope.zone))
    for writer in (COUNSELOR, ELEMENTARY_ADMINISTRATOR):
        by = scope_of(User.objects.get(username=writer.username), at)
        due = [each.key for each in due_letters(by)]
        if due:
            make_letters(by, due)
        ready = ready_ids(by, AskedLetters(), BATCH_SIZE)[:-LEFT_READY]
        if ready:
            form = uuid5(NAMESPACE_URL, f"demo letters {writer.username} {evening}")
            print_letters(by, ready, way=LetterWay.STUDENT, submission_id=form)


def write_to_the_joined(scope: Scope) -> None:
    """This morning those of families who joined the portal, so that there is something to read in each language."""
    by = scope_of(User.objects.get(username=DISTRICT_ADMINISTRATOR.username), scope.now - timedelta(hours=2))
    joined = set(FamilyAccount.objects.filter(guardian__isnull=False).values_list("guardian", flat=True))
    due = [each.key for each in due_letters(by) if each.key.guardian_id in joined]
    if due:
        make_letters(by, due)
        written = Letter.objects.filter(guardian__in=joined, printed_at=None, withdrawn_at=None)
        ids = list(written.values_list("pk", flat=True))
        print_letters(by, ids, way=LetterWay.OFFICE, submission_id=uuid5(NAMESPACE_URL, "demo letters to the joined"))


def take_one_back(scope: Scope) -> None:
    """One letter that crossed with a talk."""
    by = scope_of(User.objects.get(username=COUNSELOR.username), scope.now - timedelta(hours=20))
    mine = visible_to(by, Letter).filter(withdrawn_at=None, printed_at__lt=by.now, crossing__tier=2)
    letter = mine.order_by("-pk").first()
    if letter is not None:
        withdraw_letter(by, letter.pk, reason="The family had been at school the day before; a plan is made.")
