"""`doctor`: what is wrong with this installation, and what to do."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from students import clock
from students.access import Scope, bare_installation_scope, installation_scope
from students.findings import Finding, Level
from students.services.diagnosis import diagnose


class Command(BaseCommand):
    """Looks at settings, database, broker, worker, beat and accounts; changes nothing."""

    help = "Says in plain words what is wrong with this installation; exits with 1 when something is."
    # It is for the installation whose tables or settings are not right yet.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each thing looked at. Raises CommandError when one of them is wrong."""
        findings = diagnose(_scope())
        for finding in findings:
            self.stdout.write(_line(finding))
        wrong = sum(finding.level is Level.WRONG for finding in findings)
        if wrong:
            raise CommandError(f"{wrong} of {len(findings)} things are wrong.")
        self.stdout.write("Nothing is wrong.")


def _scope() -> Scope:
    """The installation's; one that knows no zone where no database tells it."""
    now = clock.now()
    try:
        return installation_scope(now)
    except DatabaseError:
        return bare_installation_scope(now)


def _line(finding: Finding) -> str:
    return f"{finding.level:<8} {finding.what} {finding.mend}".rstrip()
