"""`take_bounce < message`: the mail server hands in what came back, as by a pipe of its aliases."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from interventions.services.returned_mail import take_bounce
from students import clock
from students.access import installation_scope
from students.refusals import Refused


class Command(BaseCommand):
    """Reads one notice from the standard input, and sends nothing more to the address it is about."""

    help = (
        "Take a delivery status notification (RFC 3464) from the standard input: nothing more is sent to its address."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it. Raises CommandError for what is no notice of a message of ours."""
        try:
            take_bounce(installation_scope(clock.now()), sys.stdin.buffer.read())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("Nothing more is sent to the address; staff see it among the mail that comes back.")
