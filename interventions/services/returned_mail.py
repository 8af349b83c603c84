"""Mail that comes back: which of our messages it was, and the address to which nothing more is sent (RFC 3464)."""

import email
import re
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.policy import default

from django.db import transaction

from interventions import models
from interventions.models import MessageState, UndeliverableAddress
from interventions.selectors.returned_mail import is_of_a_family
from interventions.services.messages import mark_deliverable, mark_undeliverable, message_id_of
from students.access import Scope
from students.refusals import NotInScope, Refused

# The Message-ID of ours, which the mail server's notice quotes.
_OURS = re.compile(r"<message-(\d{1,18})\.[^<>\s@]+@[^<>\s]+>")


@dataclass(frozen=True)
class Bounce:
    """What a notice says: our Message-ID, and why the mail could not be delivered for good."""

    message_id: str
    problem: str


def take_bounce(scope: Scope, raw: bytes) -> str:
    """Send nothing more to the address of a message that came back; returns the address. Taken twice it is once.

    Raises Refused for what is no notice of a permanent failure of a message of ours: a notice that anybody could have
    made up about any address would keep a family from hearing of its child.
    """
    bounce = _read(raw)
    found = _OURS.fullmatch(bounce.message_id)
    message = models.Message.objects.filter(pk=found[1], state=MessageState.SENT).first() if found else None
    if message is None or message_id_of(message) != bounce.message_id:
        raise Refused("The notice is about no message of ours.")
    mark_undeliverable(scope, message.address, bounce.problem)
    return message.address


def _read(raw: bytes) -> Bounce:
    """What a delivery status notification says. Raises Refused for any other mail, and for a delay."""
    notice = email.message_from_bytes(raw, policy=default)
    if notice.get_content_type() != "multipart/report" or notice.get_param("report-type") != "delivery-status":
        raise Refused("This is no notice of a delivery that failed.")
    status = next((each for part in notice.walk() for each in _recipients(part) if each.get("Action")), None)
    if status is None or str(status["Action"]).strip().lower() != "failed":
        raise Refused("The notice speaks of no delivery that failed for good.")
    if not str(status.get("Status", "")).strip().startswith("5"):
        raise Refused("The mail may still be delivered.")
    return Bounce(_message_id(notice), f"It came back ({str(status['Status']).strip()[:20]}).")


def send_there_again(scope: Scope, address_id: int) -> str:
    """Somebody knows that the address works again; returns it. Raises NotInScope for no family's of theirs."""
    with transaction.atomic():
        found = UndeliverableAddress.objects.select_for_update().filter(pk=address_id).first()
        if found is None or not is_of_a_family(scope, found.address):
            raise NotInScope
        mark_deliverable(scope, found.address)
    return found.address


def _recipients(part: Message) -> list[Message]:
    """The groups of lines of a message/delivery-status part: the first is of the message, the others of recipients."""
    payload = part.get_payload() if part.get_content_type() == "message/delivery-status" else []
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def _message_id(notice: EmailMessage) -> str:
    for part in notice.walk():
        if part.get_content_type() == "text/rfc822-headers":
            return str(email.message_from_string(str(part.get_payload()), policy=default).get("Message-ID", "")).strip()
        payload = part.get_payload() if part.get_content_type() == "message/rfc822" else []
        if isinstance(payload, list) and payload and isinstance(payload[0], Message):
            return str(payload[0].get("Message-ID", "")).strip()
    return ""
