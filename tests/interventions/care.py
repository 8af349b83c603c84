"""Cases, steps and what was tried, as tests need them, without the absences that would make them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from interventions.models import Case, Contact, Standing, Step
from interventions.services.contacts import log_contact
from students.models import Guardian, GuardianLink
from tests.world import NOW, TODAY, YEAR_STARTS, World


def open_case(world: World, name: str, tier: int = 1, **given: Any) -> Case:
    """An open case of one of the cast, opened today; Shah is of Washington."""
    student = world.students[name]
    school = world.washington if name == "Shah" else world.lincoln
    facts = {"student": student, "year": world.year, "school": school, "tier": tier, "opened_at": NOW}
    return Case.objects.create(**facts | {"opened_on": TODAY} | given)


def stand(world: World, name: str, **given: Any) -> Standing:
    """What the ledger says of a student this year."""
    school = world.washington if name == "Shah" else world.lincoln
    facts = {"student": world.students[name], "year": world.year, "school": school, "is_enrolled": True}
    return Standing.objects.create(**facts | {"as_of": TODAY} | given)


def step(case: Case, kind: str = "call", due: int | None = 0, **given: Any) -> Step:
    """An open step, due so many days from today; None: on no day yet."""
    due_on = None if due is None else TODAY + timedelta(days=due)
    facts = {"case": case, "tier": 1, "kind": kind, "words": f"Do the {kind}", "due_on": due_on}
    return Step.objects.create(**facts | given)


def log(world: World, case: Case, result: str = "no_answer", person: str = "osei", **given: Any) -> Contact:
    """A call that somebody logs now."""
    facts = {"submission_id": uuid4(), "kind": "call", "result": result, "happened_at": NOW}
    return log_contact(world.scope(person), case.pk, **facts | given)


def tried(world: World, name: str, on: date, result: str = "no_answer") -> Contact:
    """A call of a former day, as a row."""
    at = datetime(on.year, on.month, on.day, 15, tzinfo=NOW.tzinfo)
    facts = {"kind": "call", "result": result, "happened_at": at, "day": on, "entered_at": at}
    return Contact.objects.create(
        submission_id=uuid4(), student=world.students[name], made_by=world.users["osei"], **facts
    )


def guardian(world: World, name: str, **link: Any) -> Guardian:
    """A mother who may be told of one of the cast; she speaks Spanish."""
    person = Guardian.objects.create(given_name="Rosa", family_name=name, phone="601-555-0101", language="es")
    facts = {"relationship": "mother", "may_contact": True, "starts_on": YEAR_STARTS}
    GuardianLink.objects.create(guardian=person, student=world.students[name], **facts | link)
    return person
