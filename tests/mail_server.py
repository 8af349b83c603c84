"""A real mail server of the tests' own: takes what is sent by SMTP, and answers as it is told."""

from __future__ import annotations

import asyncio
import email
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

TAKEN = "250 OK"


class MailServer:
    """What was delivered, in order; `answers` says what an address, or a letter to it, is met with."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.of_letters: dict[str, str] = {}
        self.port = 0
        # After so many letters it takes the next one and says nothing, as long as somebody is on the line.
        self.falls_silent_after: int | None = None
        self.silent = threading.Event()

    @property
    def addresses(self) -> list[str]:
        """To whom each went."""
        return [letter["To"] for letter in self.letters]

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Asked whether an address takes mail."""
        if (answer := self.answers.get(address, TAKEN)) == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Handed a letter."""
        if len(self.letters) == self.falls_silent_after:
            self.silent.set()
            await asyncio.sleep(60)
        if (answer := self.of_letters.get(envelope.rcpt_tos[0], TAKEN)) == TAKEN:
            self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        return answer


@contextmanager
def mail_server(settings: Any) -> Iterator[MailServer]:
    """Django sends to it while it runs; stopped, its port answers nobody."""
    server = MailServer()
    with socket.create_server(("127.0.0.1", 0)) as free:
        server.port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    try:
        yield server
    finally:
        controller.stop()
