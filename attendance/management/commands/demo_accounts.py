"""Prints who can sign in to the demo, staff and families, and where each might start."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from attendance.demo.cast import ACCOUNTS, DISTRICT_NAME, PASSWORD, Account
from attendance.demo.families import FAMILIES, Family


class Command(BaseCommand):
    """Print one account of the demo for each role, and those of families."""

    help = "Print an account for each role, and those of families: the password, and what to look at first."

    def add_arguments(self, parser: CommandParser) -> None:
        """The port on which the demo is served."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the accounts."""
        address = f"http://localhost:{options['port']}"
        self.stdout.write(f"{DISTRICT_NAME}, Tuesday, October 27, 2020. Sign in at {address} as one of these;")
        self.stdout.write(f"the password of each is {PASSWORD}\n\n")
        for account in ACCOUNTS:
            self.stdout.write(_lines(account, address))
        self.stdout.write("Families, with the same password, on the portal:\n\n")
        for family in FAMILIES:
            self.stdout.write(_family_lines(family, address))


def _lines(account: Account, address: str) -> str:
    indent = " " * 14
    who = f"{account.full_name}, {account.role.replace('_', ' ')}"
    return f"  {account.username:<12}{who}\n{indent}{account.look_first}\n{indent}{address}{account.path}\n"


def _family_lines(family: Family, address: str) -> str:
    indent = " " * 14
    who = f"{'student' if family.is_student else 'parent'}, reads {family.language}"
    return f"  {family.username:<12}{who}\n{indent}{family.look_first}\n{indent}{address}/family/\n"
