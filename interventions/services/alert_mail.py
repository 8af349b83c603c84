"""Writes the mail of a student's day at the moment it is sent: what is true then, in the language of who reads it."""

from collections.abc import Sequence
from functools import partial

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from interventions.models import MailTopic, Message, MessageKind, MessageState
from interventions.selectors.alert_truths import CHOSEN, Truth, absence_now, correction_now
from interventions.selectors.alert_words import Words
from interventions.selectors.mail_addresses import is_lawful
from interventions.selectors.mail_languages import language_of
from interventions.selectors.opted_out import is_opted_out
from interventions.services.messages import NO_LONGER_SO, Written, register_writer
from interventions.services.opt_outs import reader_of, unsubscribe_headers, unsubscribe_link
from students.access import Scope
from students.models import FamilyAccount

IN_THE_DAYS_MAIL = "In the day’s mail."


def write_alert(scope: Scope, message: Message, *, topic: MailTopic, truth: Truth) -> Written | None:
    """A message about one thing; None where it is not so, or not wanted, any more."""
    if message.student is None or is_opted_out(scope, topic, message):
        return None
    language = language_of(scope, message)
    with translation.override(language):
        said = truth(scope, message, message.student)
        return _mail(scope, message, topic, language, said.subject, [said]) if said else None


def write_digest(scope: Scope, message: Message) -> Written | None:
    """The day's mail: whatever waits for it and is still so; None where nothing does."""
    if is_opted_out(scope, MailTopic.ALERTS, message):
        return None
    language = language_of(scope, message)
    with translation.override(language):
        said = [words for part in _parts(message) if (words := _taken_along(scope, part, message))]
        return (
            _mail(scope, message, MailTopic.ALERTS, language, _("Attendance: your daily summary"), said)
            if said
            else None
        )


def _parts(message: Message) -> Sequence[Message]:
    """What waits for the mail of a day, and what an earlier attempt to send this one took along."""
    waiting = Q(state=MessageState.WAITING, about__digest=True)
    mine = Message.objects.filter(waiting | Q(about__told_in=message.pk), guardian=message.guardian, user=message.user)
    return list(mine.select_for_update(of=["self"], skip_locked=True).order_by("made_at", "pk"))


def _taken_along(scope: Scope, part: Message, message: Message) -> Words | None:
    """The words of a part, which now goes out with the day's mail and never again by itself."""
    lawful = part.student is not None and is_lawful(scope, part)
    said = CHOSEN[part.kind](scope, part, part.student) if lawful and part.student else None
    if part.state == MessageState.WAITING:
        part.state, part.settled_at = MessageState.DROPPED, scope.now
        part.problem = IN_THE_DAYS_MAIL if said else NO_LONGER_SO
        part.about |= {"told_in": message.pk} if said else {}
        part.save()
    return said


def _mail(
    scope: Scope, message: Message, topic: MailTopic, language: str, subject: str, said: Sequence[Words]
) -> Written:
    reader = reader_of(topic, message)
    stop = _("To get no more of these messages, open this page: %(link)s")
    paragraphs = [each.text for each in said]
    paragraphs += [_what_to_do(message), stop % {"link": unsubscribe_link(reader)}]
    text = "\n\n".join([*paragraphs, _("This message was sent automatically. Nobody reads answers to it.")])
    return Written(subject, text, language, unsubscribe_headers(reader))


def _what_to_do(message: Message) -> str:
    """Where to read more, and where to tell the school why: in the portal for whoever joined it."""
    joined = message.user_id or FamilyAccount.objects.filter(guardian=message.guardian, ended_at__isnull=True).exists()
    if joined:
        link = settings.SITE_URL + reverse("home")
        return _("You can see more, and tell the school why, here: %(link)s") % {"link": link}
    return _("To tell the school why, please call the school office.")


def register() -> None:
    """Say who writes which kind of message."""
    absences: dict[str, Truth] = {MessageKind.ABSENCE: absence_now, MessageKind.CORRECTED: correction_now}
    for kind, truth in absences.items():
        register_writer(kind, partial(write_alert, topic=MailTopic.ABSENCES, truth=truth))
    for kind, truth in CHOSEN.items():
        register_writer(kind, partial(write_alert, topic=MailTopic.ALERTS, truth=truth))
    register_writer(MessageKind.DIGEST, write_digest)
