"""Tells a family that its note, or its question about a mark, is answered. The answer stands in the portal alone."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from attendance.models import CorrectionRequest, FamilyNote
from interventions.models import Message, MessageKind
from interventions.selectors.mail_languages import language_of
from interventions.services.messages import Written, queue_messages, register_writer
from students.access import Scope
from students.models import FamilyAccount

NOTE, CORRECTION = "note", "correction"


def tell_of_answer(scope: Scope, student_id: int, kind: str, about_id: int) -> None:
    """Queue one mail to who asked, where the account stands; in the caller's transaction.

    Of a decided excuse whoever wants to hear is told by the alerts.
    """
    if kind not in (NOTE, CORRECTION) or (to := _whom(kind, about_id)) is None:
        return
    mail = Message(
        key=f"answer:{kind}:{about_id}",
        kind=MessageKind.NOTE,
        guardian_id=to.guardian_id,
        user_id=None if to.guardian_id else to.user_id,
        student_id=student_id,
        about={kind: about_id},
        made_at=scope.now,
        send_after=scope.now,
    )
    queue_messages(scope, [mail])


def _whom(kind: str, about_id: int) -> FamilyAccount | None:
    """The standing account that asked: as the guardian of the thread, or the person who asked for a correction."""
    standing = FamilyAccount.objects.filter(ended_at__isnull=True)
    if kind == NOTE:
        thread = FamilyNote.objects.select_related("thread").get(pk=about_id).thread
        mine = {"guardian": thread.guardian_id} if thread.guardian_id else {"student": thread.student_id}
        return standing.filter(**mine).first()
    asked = CorrectionRequest.objects.get(pk=about_id)
    guardians = standing.filter(user=asked.asked_by_id, guardian__links__student=asked.student_id)
    return guardians.first() or standing.filter(user=asked.asked_by_id, student=asked.student_id).first()


def write_answer(scope: Scope, message: Message) -> Written | None:
    """The mail; None where the family has read the note's answer already."""
    student = message.student
    if student is None or _is_read(message):
        return None
    language = language_of(scope, message)
    with override(language):
        page = "family_notes" if NOTE in message.about else "family_corrections"
        said = {"name": student.first_name, "link": settings.SITE_URL + reverse(page, args=[student.pk])}
        if NOTE in message.about:
            text = _("The school’s office has answered your note about %(name)s. You can read it here: %(link)s")
        else:
            text = _("The school has answered your question about a mark of %(name)s. You can read it here: %(link)s")
        return Written(_("The school has answered you"), text % said + "\n", language)


def _is_read(message: Message) -> bool:
    if NOTE not in message.about:
        return False
    note = FamilyNote.objects.select_related("thread").get(pk=message.about[NOTE])
    return note.thread.family_read_at is not None and note.thread.family_read_at > note.written_at


def register() -> None:
    """Say who writes these mails."""
    register_writer(MessageKind.NOTE, write_answer)
