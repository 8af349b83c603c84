"""Families write to the office and are answered. Lock order: the student, then the thread."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from attendance.models import LONGEST_NOTE, FamilyNote, NoteThread, ReplyTemplate
from attendance.rules.family_notes import MOST_A_DAY
from attendance.selectors.family_notes import kept_thread, may_read, own_thread, speaking_guardian
from attendance.selectors.office_days import offices
from attendance.services.excuses import hold_student
from attendance.signals import family_answered
from students.access import Scope
from students.refusals import NotInScope, Refused, Stale
from students.selectors.families import own_child

NOT_READ_ANY_MORE = "This person may not see the student’s records today: nobody would read the answer here."


def write_note(scope: Scope, student_id: int, words: str, *, submission_id: UUID) -> FamilyNote:
    """Write to the office about one's own child. Sent twice it is written once.

    Raises NotInScope, or Refused in words for families: nothing written, too long, too much in a day.
    """
    child = own_child(scope, student_id)
    if not (said := words.strip()):
        raise Refused(_("Please write something first."))
    if len(said) > LONGEST_NOTE:
        raise Refused(_("Please write less: a note has at most %(n)s letters.") % {"n": LONGEST_NOTE})
    with transaction.atomic():
        # The student's row orders two first notes, and two sends of one.
        hold_student(scope, child.pk)
        if before := FamilyNote.objects.filter(submission_id=submission_id).select_related("thread").first():
            return _same(scope, before, child.pk)
        thread = own_thread(scope, child) or NoteThread(student=child, guardian_id=speaking_guardian(scope, child))
        if thread.pk and _written_today(scope, thread) >= MOST_A_DAY:
            raise Refused(_("You have written many notes today. Please call the school’s office."))
        thread.needs_answer, thread.last_at, thread.family_read_at = True, scope.now, scope.now
        thread.save()
        return _note(scope, thread, said, submission_id, from_family=True)


def read_notes(scope: Scope, student_id: int) -> None:
    """Say that a family has opened its thread. Raises NotInScope."""
    if thread := own_thread(scope, own_child(scope, student_id)):
        NoteThread.objects.filter(pk=thread.pk).update(family_read_at=scope.now)


def answer_note(scope: Scope, thread_id: int, words: str, *, seen: int, submission_id: UUID) -> FamilyNote:
    """Answer a family. Sent twice it is answered once; `seen` is the newest note that the person has read.

    Raises NotInScope, Forbidden (keeps no office), Refused (nothing written; a family that may not read of the student
    today), or Stale where somebody has written since.
    """
    thread, _school = kept_thread(scope, thread_id)
    said = words.strip()
    if not said or len(said) > LONGEST_NOTE:
        raise Refused(f"Write an answer of at most {LONGEST_NOTE:,} letters.")
    with transaction.atomic():
        hold_student(scope, thread.student_id)
        if before := FamilyNote.objects.filter(submission_id=submission_id, thread=thread).first():
            return before
        if not may_read(scope, thread):
            raise Refused(NOT_READ_ANY_MORE)
        _check_seen(thread, seen)
        NoteThread.objects.filter(pk=thread.pk).update(needs_answer=False, last_at=scope.now)
        note = _note(scope, thread, said, submission_id, from_family=False)
        family_answered.send(FamilyNote, scope=scope, student_id=thread.student_id, kind="note", about_id=note.pk)
        return note


def need_no_answer(scope: Scope, thread_id: int, *, seen: int) -> None:
    """Say that a family's note needs no answer. Raises NotInScope, Forbidden, or Stale where somebody wrote since."""
    thread, _school = kept_thread(scope, thread_id)
    with transaction.atomic():
        hold_student(scope, thread.student_id)
        _check_seen(thread, seen)
        NoteThread.objects.filter(pk=thread.pk).update(needs_answer=False)


def change_reply_template(scope: Scope, template_id: int | None, *, retired: bool, **words: str) -> ReplyTemplate:
    """Change an answer that offices give often, or add one where no id is given; whoever keeps an office may.

    `words`: name, in_english, in_spanish, in_haitian_creole. Raises NotInScope, Forbidden, or Refused.
    """
    offices(scope)
    with transaction.atomic():
        if template_id is None:
            template = ReplyTemplate()
        elif (held := ReplyTemplate.objects.select_for_update().filter(pk=template_id).first()) is None:
            raise NotInScope
        else:
            template = held
        for name, said in words.items():
            setattr(template, name, said.strip())
        template.retired_at = (template.retired_at or scope.now) if retired else None
        template.changed_by_id = scope.person
        try:
            template.full_clean()
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        template.save()
        return template


def _same(scope: Scope, before: FamilyNote, student_id: int) -> FamilyNote:
    if (before.thread.student_id, before.written_by_id) != (student_id, scope.person):
        raise Refused(_("This form was sent before. Please open the page again."))
    return before


def _written_today(scope: Scope, thread: NoteThread) -> int:
    return thread.notes.filter(from_family=True, written_at__gt=scope.now - timedelta(days=1)).count()


def _check_seen(thread: NoteThread, seen: int) -> None:
    if FamilyNote.objects.filter(thread=thread, pk__gt=seen).exists():
        raise Stale("Somebody has written since you opened the page. Read it first.")


def _note(scope: Scope, thread: NoteThread, words: str, submission_id: UUID, *, from_family: bool) -> FamilyNote:
    return FamilyNote.objects.create(
        submission_id=submission_id,
        thread=thread,
        from_family=from_family,
        words=words,
        written_by_id=scope.person,
        written_at=scope.now,
    )
