"""manage.py close_month MONTH [--school CODE] --out DIR."""

import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.models import MonthRun, RunState, Severity
from reporting.rules.month_names import NotAMonth, parse_month
from reporting.selectors.packages import findings_of, package_of, packaged_averages
from reporting.services.closing import close_month
from reporting.services.package_files import make_folder, write_whole
from students import clock
from students.access import Scope, installation_scope
from students.models import School
from students.refusals import Refused
from students.selectors.places import schools_with_code


class Command(BaseCommand):
    """Builds the month of one school, or of all, and writes each package; exit 1 when an error stands."""

    help = "Build a reporting month (1 to 9, or YYYY-MM) and write its packages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """MONTH, --school and --out."""
        parser.add_argument("month", help="1 to 9, or YYYY-MM: 2020-09 is month 1, 2021-05 is month 9")
        parser.add_argument("--school", default="", help="state code, dddd-sss or sss; every school when left out")
        parser.add_argument("--out", required=True, type=Path, help="folder for the packages; made when missing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Close each school's month in turn; one that is blocked does not hold up the others."""
        scope = installation_scope(clock.now())
        try:
            month, first_year = parse_month(options["month"])
            schools = schools_with_code(scope, options["school"])
            make_folder(options["out"])
        except (NotAMonth, Refused) as refusal:
            raise CommandError(str(refusal)) from refusal
        closed = [self._close(scope, school, month, first_year, options["out"]) for school in schools]
        if not all(closed):
            raise CommandError(f"{closed.count(False)} of {len(closed)} schools could not be closed.")

    def _close(self, scope: Scope, school: School, month: int, first_year: int | None, folder: Path) -> bool:
        named = f"{school.state_code} {school.name}"
        try:
            run = close_month(
                scope, school.pk, month, first_year=first_year, instants=lambda: datetime.now(UTC), pause=time.sleep
            )
        except Refused as refusal:
            self.stderr.write(f"{named}: refused. {refusal}")
            return False
        self._print_findings(scope, run)
        if run.state != RunState.DONE:
            self.stderr.write(f"{named}: {run.get_state_display().lower()}. {run.problem}".rstrip())
            return False
        return self._write(scope, run, named, folder)

    def _print_findings(self, scope: Scope, run: MonthRun) -> None:
        for finding in findings_of(scope, run.pk):
            stream = self.stderr if finding.severity == Severity.ERROR else self.stdout
            stream.write(f"  {finding.severity} {finding.rule}: {finding.message} {finding.mend}".rstrip())

    def _write(self, scope: Scope, run: MonthRun, named: str, folder: Path) -> bool:
        package = package_of(scope, run.pk)
        try:
            target = write_whole(folder, package.name, bytes(package.content))
        except Refused as refusal:
            self.stderr.write(f"{named}: {refusal}")
            return False
        ada, adm = packaged_averages(run)
        self.stdout.write(f"{named}: ADA {ada}, ADM {adm} over {run.days_total} school days. Uncertified.")
        self.stdout.write(f"  {target}  sha256 {package.sha256}")
        return True
