"""Everything that `make demo` does before it opens the site, in one process: each would take seconds to begin."""

import gc
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from attendance.services.entry_counts import count_entry_news
from reporting.services.chronic import count_news
from students import clock
from students.access import installation_scope


class Command(BaseCommand):
    """Migrate, load the demo where it is not loaded, count it, collect static files, print who can sign in."""

    help = "Migrate, load the demo where it is not loaded, count it, collect static files, print who can sign in."
    # The migrations ask on their way.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """As load_demo and demo_accounts take them."""
        parser.add_argument("--rosters", type=Path, help="a folder for the sets of today, of tomorrow and a wrong one")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, and say what was loaded before who signs in."""
        _look_for_garbage_seldom()
        call_command("migrate", verbosity=0)
        call_command("load_demo", rosters=options["rosters"], stdout=self.stdout)
        scope = installation_scope(clock.now())
        count_news(scope)
        count_entry_news(scope)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("demo_accounts", port=options["port"], stdout=self.stdout)


def _look_for_garbage_seldom() -> None:
    """For the rest of this process: what it makes stands in no circles, and was looked through again and again."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
