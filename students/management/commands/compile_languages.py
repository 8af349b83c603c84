"""`compile_languages`: after a text for families was added or translated."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from students.languages import catalogs
from students.languages.offered import TRANSLATED


class Command(BaseCommand):
    """Collects new texts into the catalogs, compiles them, and says what is not translated yet."""

    help = "Collects what families read into */locale/, compiles the catalogs, and lists what is still untranslated."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the catalogs. Raises CommandError, having written them, while a text is missing in a language."""
        catalogs.collect()
        catalogs.compile_all()
        found = [fault for language in TRANSLATED for fault in catalogs.faults(language)]
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} texts need a translator: see CONTRIBUTING.md."]))
        self.stdout.write("Every text that families read is there in every language.")
