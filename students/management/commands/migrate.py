"""Migrate as the owner, then give the application's role its rights (D13), and hold what is kept (MS-31)."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate

from students.reloading import only_what_points_at_it
from students.services.holding import hold_records
from students.services.privileges import grant_to_application


class Command(migrate.Command):
    """Django's migrate on the owner's connection; grants, the cache table and what is kept follow."""

    def add_arguments(self, parser: Any) -> None:
        """As Django's, with the owner's connection as the default."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, make the cache table, grant, hold."""
        with only_what_points_at_it():
            super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        call_command("createcachetable", database="owner", verbosity=0)
        grant_to_application()
        hold_records()
