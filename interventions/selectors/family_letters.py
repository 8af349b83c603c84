"""The letters of a family: those to this guardian, or to the student in person, and nobody else's (RD-62)."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from interventions.models import Letter
from students.access import Scope
from students.models import FamilyAccount, Student
from students.refusals import NotInScope
from students.selectors.families import own_child


@dataclass(frozen=True)
class FamilyLetters:
    """A child, and the letters about this child to whoever asks, the newest first."""

    child: Student
    letters: list[Letter]


def family_letters(scope: Scope, student_id: int) -> FamilyLetters:
    """Every letter that was printed, those withdrawn since too. Raises NotInScope for another's child."""
    child = own_child(scope, student_id)
    return FamilyLetters(child, list(_mine(scope, child)))


def family_letter(scope: Scope, student_id: int, letter_id: int) -> Letter:
    """One of them that stands. Raises NotInScope for a letter to somebody else, also about the same child."""
    letter = _mine(scope, own_child(scope, student_id)).filter(pk=letter_id, withdrawn_at__isnull=True).first()
    if letter is None:
        raise NotInScope
    return letter


def _mine(scope: Scope, child: Student) -> QuerySet[Letter]:
    accounts = FamilyAccount.objects.filter(user=scope.user_id, ended_at__isnull=True)
    to_me = Q(guardian__in=accounts.filter(guardian__isnull=False).values("guardian_id"))
    to_the_student = Q(guardian__isnull=True, student__in=accounts.filter(student__isnull=False).values("student_id"))
    sent = Letter.objects.filter(to_me | to_the_student, student=child, printed_at__isnull=False)
    return sent.select_related("school").order_by("-printed_at", "-pk")
