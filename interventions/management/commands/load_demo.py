"""Loads the demo district; `make demo` does so at every start."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from attendance.demo.sets import write_sets
from interventions.demo.loading import load
from students import clock
from students.access import installation_scope
from students.refusals import Refused


class Command(BaseCommand):
    """Load the demo district into an empty database; do nothing where it is loaded already."""

    help = "Load the demo district into an empty database; do nothing where it is loaded already."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to leave sets with which a person can try the roster import."""
        parser.add_argument("--rosters", type=Path, help="a folder for the sets of today, of tomorrow and a wrong one")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was written."""
        self._load()
        if options["rosters"]:
            for path in write_sets(options["rosters"]):
                self.stdout.write(f"To try the roster import: {path}")

    def _load(self) -> None:
        try:
            loaded = load(installation_scope(clock.now()))
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if loaded is None:
            self.stdout.write("The demo district is loaded already.")
            return
        self.stdout.write(
            f"Loaded {loaded.students} students, {loaded.marks:,} marks and {loaded.student_days:,} days of attendance."
        )
