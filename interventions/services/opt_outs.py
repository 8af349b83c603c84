"""Mail of a topic, stopped and wanted again: by a link that is signed for one topic and one reader, and names no child.

A link works as long as the site keeps its secret: whoever finds an old mail can still stop the next one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from interventions.models import MailTopic, Message, OptOut, OptOutBy
from students.access import Scope
from students.refusals import NotInScope

# Signed for this alone: no other signed text of the site opens it, nor the other way about.
_signer = Signer(salt="interventions.unsubscribe", sep="~")
_KINDS = {"g": "guardian_id", "u": "user_id", "p": "partner_id"}


@dataclass(frozen=True)
class Reader:
    """Who gets mail of a topic: one of the ids is set."""

    topic: MailTopic
    guardian_id: int | None = None
    user_id: int | None = None
    partner_id: int | None = None

    @property
    def ids(self) -> dict[str, int | None]:
        """The ids as the fields of a row."""
        return {"guardian_id": self.guardian_id, "user_id": self.user_id, "partner_id": self.partner_id}


def reader_of(topic: MailTopic, message: Message) -> Reader:
    """Who reads a message."""
    return Reader(topic, message.guardian_id, message.user_id, message.partner_id)


def token_of(reader: Reader) -> str:
    """The secret part of a reader's link."""
    [(letter, number)] = [(letter, reader.ids[name]) for letter, name in _KINDS.items() if reader.ids[name] is not None]
    return _signer.sign(f"{reader.topic}.{letter}{number}")


def reader_by(token: str) -> Reader:
    """Whose link it is. Raises NotInScope for one that this site did not sign for this purpose."""
    try:
        topic, _, named = _signer.unsign(token).rpartition(".")
        return Reader(MailTopic(topic), **{_KINDS[named[0]]: int(named[1:])})
    except (BadSignature, ValueError, KeyError, IndexError):
        raise NotInScope from None


def unsubscribe_link(reader: Reader) -> str:
    """The whole address of a reader's link."""
    return settings.SITE_URL + reverse("unsubscribe", args=[token_of(reader)])


def unsubscribe_headers(reader: Reader) -> Mapping[str, str]:
    """What a mail program shows as its own button (RFC 2369, RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{unsubscribe_link(reader)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def stop(scope: Scope, reader: Reader, *, by: OptOutBy) -> None:
    """Send no mail of the topic any more; said twice it keeps the first word."""
    OptOut.objects.bulk_create(
        [OptOut(topic=reader.topic, said_at=scope.now, said_by=by, **reader.ids)], ignore_conflicts=True
    )


def resume(scope: Scope, reader: Reader) -> None:
    """Send it again; what was said stays on file with its end."""
    with transaction.atomic():
        for each in OptOut.objects.select_for_update().filter(topic=reader.topic, ended_at__isnull=True, **reader.ids):
            each.ended_at = scope.now
            each.save(update_fields=["ended_at"])


def is_stopped(scope: Scope, reader: Reader) -> bool:
    """Whether a reader wants no mail of the topic."""
    return OptOut.objects.filter(topic=reader.topic, ended_at__isnull=True, **reader.ids).exists()
