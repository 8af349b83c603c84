"""`evaluate_tiers`: the nightly pass by hand."""

from argparse import ArgumentParser
from collections import Counter
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from interventions.rules.policy import NoCarePolicy
from interventions.selectors.pupils import pupils
from interventions.selectors.standings import judged_students, school_year_on
from interventions.services.early_warnings import write_warnings
from interventions.services.passes import pass_school
from students import clock
from students.access import Scope, installation_scope
from students.models import School
from students.refusals import Refused
from students.selectors.places import schools_with_code


class Command(BaseCommand):
    """Brings the tiers of one school, or of all, up to their days."""

    help = "The nightly pass over tiers, crossings and cases. As of an earlier day it prints, and writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Both optional."""
        parser.add_argument("--school", default="", metavar="CODE", help="the state's code, dddd-sss or sss")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the last day counted; default today")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for an unknown school, a day to come, or one outside every school year."""
        scope = installation_scope(clock.now())
        day = options["on"] or scope.today
        if day > scope.today:
            raise CommandError(f"{day} has not come: today is {scope.today}.")
        if school_year_on(scope, day) is None:
            raise CommandError(f"{day} lies in no school year.")
        act = self._evaluate if day == scope.today else self._print
        try:
            for school in schools_with_code(scope, options["school"]):
                act(scope, school, day)
        except (Refused, NoCarePolicy) as refused:
            raise CommandError(str(refused)) from refused

    def _evaluate(self, scope: Scope, school: School, day: date) -> None:
        done = pass_school(scope, school.pk, on=day)
        warnings = write_warnings(scope, school.pk)
        self.stdout.write(
            f"{school.name}: {done.looked_at} students looked at, {done.changed} changed; {warnings} early warnings."
        )

    def _print(self, scope: Scope, school: School, day: date) -> None:
        year = school_year_on(scope, day)
        found = judged_students(scope, year, pupils(scope, [school.pk], on=day), on=day) if year else []
        tiers = Counter(each.tier for each in found)
        counts = ", ".join(f"tier {tier}: {tiers[tier]}" for tier in (1, 2, 3))
        self.stdout.write(f"{school.name} as of {day}: {len(found)} students, {counts}. Nothing was written.")
