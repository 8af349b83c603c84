"""Letters as tests need them: absences that call for them, guardians who get them, and the acts of staff."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from interventions.models import Letter
from interventions.selectors.letters_due import due_letters
from interventions.services.letter_printing import Printed, print_letters
from interventions.services.letters import make_letters
from students.models import Guardian, GuardianLink
from tests.interventions.acts import absences
from tests.interventions.truancy_days import follow
from tests.world import YEAR_STARTS, World


def parent(world: World, name: str, given: str = "Rosa", language: str = "es", **link: Any) -> Guardian:
    """Somebody who may be told of one of the cast, and may see the records."""
    person = Guardian.objects.create(given_name=given, family_name=name, language=language)
    facts = {"relationship": "mother", "may_contact": True, "may_access": True, "starts_on": YEAR_STARTS}
    GuardianLink.objects.create(guardian=person, student=world.students[name], **facts | link)
    return person


def absent(world: World, name: str, count: int) -> list[date]:
    """Unexcused on so many days, with days of presence between, and looked at; those days."""
    days = absences(world, name, count)
    follow(world, world.students[name])
    return days


def kinds_due(world: World, person: str = "osei") -> list[str]:
    """The kinds of the letters that are due to somebody's schools."""
    return sorted(each.kind for each in due_letters(world.scope(person)))


def write_all(world: World, person: str = "osei") -> list[Letter]:
    """Every letter that is due to somebody's schools, written."""
    scope = world.scope(person)
    make_letters(scope, [each.key for each in due_letters(scope)])
    return list(Letter.objects.order_by("pk"))


def print_all(world: World, letters: Sequence[Letter] | None = None, person: str = "osei") -> Printed:
    """These letters, or all, printed."""
    ids = [each.pk for each in (Letter.objects.all() if letters is None else letters)]
    return print_letters(world.scope(person), ids, way="student", submission_id=uuid4())
