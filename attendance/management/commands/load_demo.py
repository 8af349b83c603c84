"""Loads the demo district; `make demo` runs it at every start."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from attendance.demo.loading import load
from students import clock
from students.access import installation_scope
from students.refusals import Refused


class Command(BaseCommand):
    """Load the demo district into an empty database; do nothing where it is loaded already."""

    help = "Load the demo district into an empty database; do nothing where it is loaded already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was written."""
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
