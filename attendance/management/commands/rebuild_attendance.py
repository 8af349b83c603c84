"""`rebuild_attendance`: write the ledger anew from its facts, or only compare."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from attendance.rules.policy import NoPolicy
from attendance.services.entry_counts import count_every_entry, wrong_entries
from attendance.services.ledger import Difference, check, rebuild
from attendance.services.own_time_classes import find_every_own_time_class, wrong_own_time_classes
from attendance.services.tallies import mend_tallies, wrong_tallies
from students import clock
from students.access import Scope, installation_scope
from students.refusals import FrozenDays, Refused
from students.selectors.places import schools_with_code

SHOWN = 20


class Command(BaseCommand):
    """Rebuild the ledger of one school or all, up to the day each is opened through."""

    help = "Rebuilds the daily ledger; with --check only compares, and exits with 1 on any difference."

    def add_arguments(self, parser: CommandParser) -> None:
        """All optional; dates are inclusive."""
        parser.add_argument("--school", default="", metavar="CODE", help="the state's code, dddd-sss or sss")
        parser.add_argument("--from", dest="from_date", type=date.fromisoformat, metavar="DATE", help="first day")
        parser.add_argument("--to", dest="to_date", type=date.fromisoformat, metavar="DATE", help="last day")
        parser.add_argument("--reason", default="", help="why days of certified months are changed, if any are")
        parser.add_argument("--check", action="store_true", help="compare only; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild or compare. Raises CommandError on a difference, an unknown school, or a day without a policy."""
        scope = installation_scope(clock.now()).amending(options["reason"])
        try:
            asked = {
                "school_ids": [school.pk for school in schools_with_code(scope, options["school"])],
                "from_date": options["from_date"],
                "to_date": options["to_date"],
            }
            (self._check if options["check"] else self._rebuild)(scope, asked)
        except (Refused, NoPolicy) as refused:
            raise CommandError(str(refused)) from refused
        except FrozenDays as frozen:
            raise CommandError(f"{frozen} Give --reason. What was rebuilt before stands.") from frozen

    def _rebuild(self, scope: Scope, asked: dict[str, Any]) -> None:
        done = rebuild(scope, **asked)
        mend_tallies(scope, **asked)
        for school_id in asked["school_ids"]:
            find_every_own_time_class(scope, school_id, asked["from_date"], asked["to_date"])
            count_every_entry(scope, school_id, asked["from_date"], asked["to_date"])
        self.stdout.write(f"{done.judged} student-days judged, {done.changed} rows changed.")

    def _check(self, scope: Scope, asked: dict[str, Any]) -> None:
        differences = check(scope, **asked)
        for difference in differences[:SHOWN]:
            self.stdout.write(_line(difference))
        if differences:
            raise CommandError(f"{len(differences)} days differ from their facts. Run rebuild_attendance to mend them.")
        if wrong := wrong_tallies(scope, **asked):
            raise CommandError(f"{wrong} tallies differ from the ledger. Run rebuild_attendance to mend them.")
        if wrong := wrong_own_time_classes(scope, **asked):
            raise CommandError(
                f"{wrong} classes are wrongly known to be in own time. Run rebuild_attendance to mend them."
            )
        if wrong := wrong_entries(scope, **asked):
            raise CommandError(f"{wrong} counts of entries are wrong. Run rebuild_attendance to mend them.")
        self.stdout.write("The ledger is what its facts say.")


def _line(difference: Difference) -> str:
    what = "differs"
    if difference.stored is None:
        what = "is missing"
    elif difference.judged is None:
        what = "stands, and should not"
    return f"student {difference.student_id} on {difference.date}: {what}"
