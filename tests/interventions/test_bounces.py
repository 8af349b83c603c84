"""What comes back is known by the Message-ID of ours that it quotes; nothing else makes an address undeliverable."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from interventions.models import Message, UndeliverableAddress
from interventions.services.messages import message_id_of
from interventions.services.returned_mail import take_bounce
from students.refusals import Refused
from tests.interventions.pages.test_sent_mail import kept
from tests.world import World

NOTICE = """\
From: MAILER-DAEMON@mail.example
To: first-bell@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type={report}; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

The mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Tue, 27 Oct 2020 10:00:05 -0500

Final-Recipient: rfc822; someone-else@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 No such person

--b
Content-Type: {quoted}

From: First Bell <first-bell@localhost>
Message-ID: {message_id}
Subject: Absent

{body}--b--
"""


def notice(message_id: str, **given: str) -> bytes:
    facts = {"report": "delivery-status", "action": "failed", "status": "5.1.1", "quoted": "text/rfc822-headers"}
    return NOTICE.format(**facts | {"body": ""} | given, message_id=message_id).replace("\n", "\r\n").encode()


def undeliverable() -> list[str]:
    return list(UndeliverableAddress.objects.values_list("address", flat=True))


@pytest.mark.parametrize("quoted", ["text/rfc822-headers", "message/rfc822"])
def test_a_notice_of_a_message_of_ours_stops_mail_to_the_address_it_went_to(world: World, quoted: str) -> None:
    message = kept(world, "Abara", "absence:1:2020-10-27:g4")
    raw = notice(
        message_id_of(message), quoted=quoted, body="Text of the mail.\n\n" if quoted == "message/rfc822" else ""
    )
    for _ in range(2):
        assert take_bounce(world.installation, raw) == "rosa@example.org"
    assert UndeliverableAddress.objects.values_list("address", "problem").get() == (
        "rosa@example.org",
        "It came back (5.1.1).",
    )


def test_a_delay_another_mail_or_a_message_that_is_not_ours_changes_nothing(world: World) -> None:
    message = kept(world, "Abara", "absence:1:2020-10-27:g4")
    waiting = kept(world, "Grant", "w", state="waiting", settled_at=None, address="", subject="", text="")
    ours = message_id_of(message)
    wrong = [
        notice(ours, action="delayed", status="4.4.7"),
        notice(ours, status="4.2.2"),
        notice(ours, report="disposition-notification"),
        notice(message_id_of(waiting)),
        notice(f"<message-{message.pk}.absence-1-2020-10-27-g5@localhost>"),
        notice("<message-99999.x@localhost>"),
        notice("<someone@elsewhere.example>"),
        notice(""),
        b"Subject: Re: Absent\r\n\r\nHe was ill.",
        b"",
    ]
    for raw in wrong:
        with pytest.raises(Refused):
            take_bounce(world.installation, raw)
    assert undeliverable() == []


def test_the_command_reads_a_notice_from_the_standard_input(world: World, monkeypatch: Any, capsys: Any) -> None:
    message = kept(world, "Abara", "k")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(notice(message_id_of(message)))))
    call_command("take_bounce")
    assert undeliverable() == ["rosa@example.org"]
    assert "rosa" not in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"x")))
    with pytest.raises(CommandError, match="no notice"):
        call_command("take_bounce")
    assert Message.objects.count() == 1
