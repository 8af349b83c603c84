"""Queues messages and sends them: each written at the last moment, in a transaction of its own.

A worker holds the row while it talks to the mail server: killed before the server took the message, the next worker
sends it; killed in the moment between the server's word and the commit, it goes out once more under the same
Message-ID, by which mail programs show it once.
"""

import logging
import smtplib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from interventions.models import Message, MessageState, UndeliverableAddress
from interventions.rules.resending import GIVES_UP_AFTER, pause_before
from interventions.selectors.mail_addresses import address_of, is_lawful, is_undeliverable
from students.access import Scope

log = logging.getLogger(__name__)

# A round's share, so that a campaign keeps nobody's worker for an hour.
MOST_OF_A_ROUND = 200
# Why a message was dropped of which its writer said so.
NO_LONGER_SO = "It is no longer so."
_PERMANENT = range(500, 600)


@dataclass(frozen=True)
class Written:
    """What is sent: plain text in the language of who reads it."""

    subject: str
    text: str
    language: str
    headers: Mapping[str, str] = field(default_factory=dict)


# Called with the message while it is held; None where it is no longer true.
Writer = Callable[[Scope, Message], Written | None]
_writers: dict[str, Writer] = {}


class ServerUnwilling(Exception):
    """The mail server takes nothing now; whatever waits, waits on."""


def register_writer(kind: str, writer: Writer) -> None:
    """Say who writes the messages of a kind."""
    _writers[kind] = writer


def queue_messages(scope: Scope, messages: Iterable[Message]) -> None:
    """Queue messages in the caller's transaction; one whose key stands already is left as it is.

    In the order of their keys: two workers with the same news wait for each other, and not in a circle.
    """
    in_order = sorted(messages, key=lambda message: message.key)
    Message.objects.bulk_create(in_order, ignore_conflicts=True, batch_size=1000)


def send_waiting(scope: Scope, *, most: int = MOST_OF_A_ROUND, by: BaseEmailBackend | None = None) -> int:
    """Send what is due, oldest first, until nothing is or the server takes no more; how many were looked at.

    Any number of workers at once: each takes what no other holds. `by` is another way out than the site's.
    """
    if not Message.objects.filter(state=MessageState.WAITING, send_after__lte=scope.now).exists():
        return 0
    connection: BaseEmailBackend = by or get_connection()
    done = 0
    try:
        _call(connection)
        while done < most and _send_next(scope, connection):
            done += 1
    except ServerUnwilling as fault:
        log.warning("Mail waits: the server takes none now (%s).", fault)
    finally:
        _hang_up(connection)
    return done


def mark_undeliverable(scope: Scope, address: str, problem: str) -> None:
    """Send nothing more to an address; marked twice it keeps the first day."""
    UndeliverableAddress.objects.bulk_create(
        [UndeliverableAddress(address=address.lower(), since=scope.now, problem=problem[:300])], ignore_conflicts=True
    )


def mark_deliverable(scope: Scope, address: str) -> None:
    """Send there again."""
    UndeliverableAddress.objects.filter(address__iexact=address).delete()


def message_id_of(message: Message) -> str:
    """The same each time a message is sent."""
    return f"<message-{message.pk}.{message.key.replace(':', '-')}@{_domain()}>"


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")


def _send_next(scope: Scope, connection: BaseEmailBackend) -> bool:
    with transaction.atomic():
        waiting = Message.objects.filter(state=MessageState.WAITING, send_after__lte=scope.now)
        message = waiting.select_for_update(skip_locked=True).order_by("send_after", "pk").first()
        if message is None:
            return False
        try:
            with transaction.atomic():
                _deal_with(scope, connection, message)
        except ServerUnwilling:
            raise
        except Exception as fault:
            # One that cannot be written, or has an impossible address, must not hold back all that wait behind it.
            log.error("Message %s could not be sent (%s).", message.pk, type(fault).__name__)
            message.refresh_from_db()
            _put_off(scope, message, f"It could not be sent ({type(fault).__name__}).")
    return True


def _deal_with(scope: Scope, connection: BaseEmailBackend, message: Message) -> None:
    address = address_of(scope, message)
    if why := _why_not(scope, message, address):
        _settle(scope, message, MessageState.DROPPED, why)
    elif (written := _writers[message.kind](scope, message)) is None:
        _settle(scope, message, MessageState.DROPPED, NO_LONGER_SO)
    else:
        _send(scope, connection, message, address, written)


def _why_not(scope: Scope, message: Message, address: str) -> str:
    if not is_lawful(scope, message):
        return "Nobody who may be told of the student any more."
    if not address:
        return "No address."
    return "Mail to this address comes back." if is_undeliverable(scope, address) else ""


def _send(scope: Scope, connection: BaseEmailBackend, message: Message, address: str, written: Written) -> None:
    headers = {"Message-ID": message_id_of(message), "Auto-Submitted": "auto-generated", **written.headers}
    letter = EmailMessage(written.subject, written.text, to=[address], headers=headers, connection=connection)
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        _refused(scope, message, address, *next(iter(refusal.recipients.values())))
    except smtplib.SMTPDataError as refusal:
        _answered(scope, message, refusal.smtp_code, refusal.smtp_error)
    except (smtplib.SMTPException, OSError) as fault:
        _hang_up(connection)
        raise ServerUnwilling(type(fault).__name__) from fault
    else:
        message.address, message.language = address, written.language
        message.subject, message.text = written.subject[:200], written.text
        _settle(scope, message, MessageState.SENT, "")


def _refused(scope: Scope, message: Message, address: str, code: int, said: bytes | str) -> None:
    if code in _PERMANENT:
        mark_undeliverable(scope, address, f"The mail server refused it ({code}).")
    _answered(scope, message, code, said)


def _answered(scope: Scope, message: Message, code: int, said: bytes | str) -> None:
    """The server answered, with no to this one message: for good, or for now."""
    if code in _PERMANENT or scope.now - message.made_at >= GIVES_UP_AFTER:
        message.attempts += 1
        _settle(scope, message, MessageState.FAILED, f"The mail server refused it ({code}).")
    else:
        _put_off(scope, message, f"The mail server put it off ({code}).")


def _put_off(scope: Scope, message: Message, problem: str) -> None:
    """Try again after a pause; given up after days, it stands among the refused."""
    message.attempts += 1
    if scope.now - message.made_at >= GIVES_UP_AFTER:
        _settle(scope, message, MessageState.FAILED, problem)
        return
    message.problem = problem
    message.send_after = scope.now + pause_before(message.attempts)
    message.save(update_fields=["attempts", "problem", "send_after"])


def _settle(scope: Scope, message: Message, state: MessageState, problem: str) -> None:
    message.state, message.settled_at, message.problem = state, scope.now, problem
    message.save()


def _call(connection: BaseEmailBackend) -> None:
    """Once a round: to be greeted anew for each letter takes longer than the letters."""
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as fault:
        raise ServerUnwilling(type(fault).__name__) from fault


def _hang_up(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        log.info("The mail server had hung up before us.")
