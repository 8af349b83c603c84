"""manage.py verify_month [DIR-or-ZIP] [--chain]."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.selectors.certifications import checked_chain
from reporting.services.verification import Verified, held_against, verify_path
from students import clock
from students.access import Scope, installation_scope
from students.refusals import Refused


class Command(BaseCommand):
    """Checks packages byte by byte and sum by sum, and the chain of certifications; exit 1 on any difference."""

    help = (
        "Verify a month's package: a zip, an unpacked folder, or a folder of zips; with --chain the district's chain."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The path, and whether the database is asked."""
        parser.add_argument(
            "path", type=Path, nargs="?", help="a package, the folder it was unpacked into, or a folder of zips"
        )
        parser.add_argument(
            "--chain",
            action="store_true",
            help="check the chain of certifications in the database, too, and hold the packages against it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify everything that was asked for before failing. Without --chain no database is needed."""
        if options["path"] is None and not options["chain"]:
            raise CommandError("Name a package, or check the chain in the database with --chain.")
        scope = installation_scope(clock.now()) if options["chain"] else None
        faults = [*self._chain(scope), *self._packages(scope, options["path"])]
        if faults:
            raise CommandError(" ".join(faults))

    def _chain(self, scope: Scope | None) -> list[str]:
        if scope is None:
            return []
        chain = checked_chain(scope)
        for fault in chain.faults:
            self.stderr.write(f"chain: {fault.what}")
        if chain.holds:
            self.stdout.write(chain.sentence)
        return [] if chain.holds else [chain.sentence]

    def _packages(self, scope: Scope | None, path: Path | None) -> list[str]:
        if path is None:
            return []
        try:
            verified = [self._held(scope, each) for each in verify_path(path)]
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for package in verified:
            self._say(package)
        faulty = sum(bool(package.differences) for package in verified)
        return [f"{faulty} of {len(verified)} packages differ from what they say."] if faulty else []

    def _held(self, scope: Scope | None, package: Verified) -> Verified:
        return package if scope is None or package.differences else held_against(scope, package)

    def _say(self, package: Verified) -> None:
        for difference in package.differences:
            self.stderr.write(f"{package.name}: {difference.file}: {difference.what}")
        if not package.differences:
            self.stdout.write(f"{package.name}: verified. Hashes, counts, codes and sums hold. {package.standing}")
