"""Families ask for a correction; the teacher of the class, or the office, answers. Neither changes a mark here."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from attendance.models import ClassMeeting, CorrectionAnswer, CorrectionRequest
from attendance.rules.family_request import MOST_OPEN, Stood, is_corrected
from attendance.selectors.absence_reports import school_of
from attendance.selectors.correction_requests import Askable, askable, requests_to_answer, what_stands
from attendance.services.excuses import hold_student
from attendance.signals import family_answered
from students.access import Scope
from students.refusals import NotInScope, Refused, Stale
from students.selectors.families import own_child


@dataclass(frozen=True)
class Doubt:
    """What a family doubts: one class, or where `meeting_id` is None the whole day; `words` say why."""

    date: date
    meeting_id: int | None
    words: str


def ask_correction(scope: Scope, student_id: int, doubt: Doubt, *, submission_id: UUID) -> CorrectionRequest:
    """Ask the school to look again. Sent twice it is asked once.

    Raises NotInScope for another's child, or Refused, in words for families: no words, a class that says nothing
    against the child or is too long ago, one that was asked about already, too many open requests.
    """
    child = own_child(scope, student_id)
    if not (words := doubt.words.strip()[:500]):
        raise Refused(_("Please say why: what did your child do in this class?"))
    with transaction.atomic():
        # The student's row orders two guardians who ask at once.
        hold_student(scope, child.pk)
        if before := CorrectionRequest.objects.filter(submission_id=submission_id).first():
            return _same(scope, before, child.pk)
        about = _about(scope, child.pk, doubt)
        _check_number(scope, child.pk)
        return CorrectionRequest.objects.create(
            submission_id=submission_id,
            student=child,
            school_id=_school(scope, child.pk, about),
            date=about.date,
            meeting_id=about.meeting_id,
            words=words,
            stood_as=about.stood.status,
            stood_minutes=about.stood.minutes,
            asked_by_id=scope.person,
            asked_at=scope.now,
        )


def answer_correction(scope: Scope, request_id: int, *, answer: str, words: str) -> CorrectionRequest:
    """Close a request with an answer that the family reads. Sent twice it is answered once.

    Raises NotInScope (not of this person's classes or office), Refused (no words; "corrected" while the mark is what
    it was), or Stale where somebody else has answered since.
    """
    if answer not in CorrectionAnswer.values:
        raise Refused("Say whether it was corrected, or stands.")
    if not (said := words.strip()[:300]):
        raise Refused("Write the family a sentence: they read it.")
    with transaction.atomic():
        found = requests_to_answer(scope).filter(pk=request_id).values_list("pk", flat=True).first()
        if found is None:
            raise NotInScope
        asked = CorrectionRequest.objects.select_for_update().get(pk=found)
        if asked.answer:
            return _answered_before(scope, asked, answer, said)
        if answer == CorrectionAnswer.CORRECTED:
            _check_corrected(scope, asked)
        asked.answer, asked.answer_words = answer, said
        asked.answered_by_id, asked.answered_at = scope.person, scope.now
        asked.save(update_fields=["answer", "answer_words", "answered_by", "answered_at"])
        family_answered.send(
            CorrectionRequest, scope=scope, student_id=asked.student_id, kind="correction", about_id=asked.pk
        )
        return asked


def _same(scope: Scope, before: CorrectionRequest, student_id: int) -> CorrectionRequest:
    if (before.student_id, before.asked_by_id) != (student_id, scope.person):
        raise Refused(_("This form was sent before. Please open the page again."))
    return before


def _about(scope: Scope, student_id: int, doubt: Doubt) -> Askable:
    for each in askable(scope, student_id, doubt.date):
        if (each.meeting_id, each.date) == (doubt.meeting_id, doubt.date):
            if each.is_asked:
                raise Refused(_("The school has been asked about this already. You will see the answer here."))
            return each
    raise Refused(_("Nothing to correct is left there: the class may have been corrected, or it is too long ago."))


def _check_number(scope: Scope, student_id: int) -> None:
    mine = CorrectionRequest.objects.filter(student=student_id, asked_by=scope.person, answer="")
    if mine.count() >= MOST_OPEN:
        raise Refused(_("You have asked about several classes already. Please wait for the school’s answers."))


def _school(scope: Scope, student_id: int, about: Askable) -> int:
    if about.meeting_id is None:
        return school_of(scope, student_id, about.date, about.date).pk
    return ClassMeeting.objects.values_list("school_id", flat=True).get(pk=about.meeting_id)


def _answered_before(scope: Scope, asked: CorrectionRequest, answer: str, words: str) -> CorrectionRequest:
    if (asked.answer, asked.answer_words, asked.answered_by_id) == (answer, words, scope.person):
        return asked
    raise Stale("Somebody else has answered this request since. Look again.")


def _check_corrected(scope: Scope, asked: CorrectionRequest) -> None:
    now = what_stands(scope, asked.student_id, asked.meeting_id, asked.date)
    if is_corrected(Stood(asked.stood_as, asked.stood_minutes), now):
        return
    if asked.meeting_id is None:
        raise Refused("The day still stands as it was. Correct its classes or entries first, then answer.")
    raise Refused("The mark still stands as it was. Correct it on the class’s page first, then answer.")
