"""`explain_day STATE_ID DATE`: the working of one student's day, printed plainly."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from attendance.management.explanation_text import lines
from attendance.selectors.explanation import explain_day, student_with_state_id
from students import clock
from students.access import installation_scope
from students.refusals import NotInScope


class Command(BaseCommand):
    """Explain one day of one student: every contribution, minutes, rule numbers, verdict."""

    help = "Prints the working of one student's day: every contribution, minutes, the rule numbers, the verdict."

    def add_arguments(self, parser: CommandParser) -> None:
        """Two plain arguments; the date is checked in `handle`, so that a wrong one exits with 1."""
        parser.add_argument("state_id", help="the student's state id, nine digits")
        parser.add_argument("date", help="the day, as 2020-10-26")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the working. Raises CommandError for an unknown state id or a date that is none."""
        day = _day(options["date"])
        scope = installation_scope(clock.now())
        try:
            explanation = explain_day(scope, student_with_state_id(scope, options["state_id"]), day, in_public=True)
        except NotInScope:
            raise CommandError(f"No student has the state id {options['state_id']}.") from None
        for line in lines(explanation):
            self.stdout.write(line)


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise CommandError(f"{given} is not a date. Give it as 2020-10-26.") from None
