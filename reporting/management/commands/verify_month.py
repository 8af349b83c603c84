"""manage.py verify_month DIR-or-ZIP."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.services.verification import verify_path
from students.refusals import Refused


class Command(BaseCommand):
    """Checks packages byte by byte and sum by sum; exit 1 on any difference, naming the file and what is wrong."""

    help = "Verify a month's package: a zip, an unpacked folder, or a folder of zips."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The path."""
        parser.add_argument("path", type=Path, help="a package, the folder it was unpacked into, or a folder of zips")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify everything at the path before failing."""
        try:
            verified = list(verify_path(options["path"]))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for package in verified:
            for difference in package.differences:
                self.stderr.write(f"{package.name}: {difference.file}: {difference.what}")
            if not package.differences:
                self.stdout.write(f"{package.name}: verified. Hashes, counts, codes and sums hold. Uncertified.")
        faulty = sum(bool(package.differences) for package in verified)
        if faulty:
            raise CommandError(f"{faulty} of {len(verified)} packages differ from what they say.")
