"""Import a roster: OneRoster 1.1 or 1.2 with the district's own files, from a folder or a zip."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from students import clock
from students.access import installation_scope
from students.refusals import Refused
from students.services.imports.direct import import_now
from students.services.roster_import import ImportReport, run_import

PRINTED_FAULTS = 100
_COLUMNS = ("created", "changed", "ended", "unchanged")


class Command(BaseCommand):
    """Reads the set, prints what changes, and writes all of it or nothing."""

    help = "Import a roster (OneRoster 1.1 or 1.2 and the district's files) from a folder or a zip."

    def add_arguments(self, parser: CommandParser) -> None:
        """The set, and how to treat it."""
        parser.add_argument("path", help="a folder or a zip")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument(
            "--confirm-endings",
            action="store_true",
            help="go on although more than 5%% and more than 20 of the active students, classes, enrollments, teachers "
            "or staff end, or no district administrator is left",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import; exit 1 with every fault named when any row is wrong, or with the reasons when the set is held."""
        try:
            report = self._imported(Path(options["path"]), options["dry_run"], options["confirm_endings"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._print(report)
        if report.refused:
            raise CommandError(f"{report.fault_count:,} faults; nothing was written.")
        if report.held:
            raise CommandError(
                "The set is held; nothing was written. If that is right, run it again with --confirm-endings."
            )

    def _imported(self, path: Path, dry_run: bool, confirm_endings: bool) -> ImportReport:
        scope = installation_scope(clock.now())
        if dry_run:
            return run_import(scope, path, dry_run=True, confirm_endings=confirm_endings)
        return import_now(scope, path, confirm_endings=confirm_endings, instants=lambda: datetime.now(UTC))

    def _print(self, report: ImportReport) -> None:
        if report.counts:
            self._print_counts(report)
        for note in report.notes:
            self.stdout.write(note)
        for warning in report.warnings:
            self.stdout.write(f"Warning: {warning}")
        for fault in report.faults[:PRINTED_FAULTS]:
            self.stdout.write(f"Fault: {fault}")
        if report.fault_count > PRINTED_FAULTS:
            self.stdout.write(f"… and {report.fault_count - PRINTED_FAULTS:,} faults more.")
        for reason in report.held:
            self.stdout.write(f"Held: {reason}")
        if not report.refused and not report.held:
            self.stdout.write(_conclusion(report))

    def _print_counts(self, report: ImportReport) -> None:
        width = max(len(kind) for kind in report.counts)
        self.stdout.write(" " * width + "".join(f"{column:>11}" for column in _COLUMNS))
        for kind, counts in report.counts.items():
            self.stdout.write(f"{kind:<{width}}" + "".join(f"{counts[column]:>11,}" for column in _COLUMNS))


def _conclusion(report: ImportReport) -> str:
    if report.dry_run:
        return "Dry run: nothing was written."
    return "Written." if report.written else "Nothing to change: all of it stands already."
