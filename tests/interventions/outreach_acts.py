"""Disengaged students and those who look for them, said shortly."""

from typing import Any

from interventions.models import Case, OutreachAssignment, OutreachWorker, Standing
from interventions.services.outreach import Choice, assign
from students.models import Guardian, GuardianLink
from tests.world import NOW, TODAY, World, add_person, give_role

RUNNING = {"sign": "days_running", "since": "2020-10-26", "days": ["2020-10-20", "2020-10-26"], "among": 5}
FAILED = {"sign": "failed_contacts", "since": "2020-10-23", "days": ["2020-10-23"], "among": 3}
WEEKS = {"sign": "weeks", "since": "2020-10-19", "days": ["2020-10-12", "2020-10-19"], "among": 2}


def lost(world: World, name: str, *criteria: dict[str, Any], absences: int = 6, **given: Any) -> Standing:
    """A student of whom some criterion holds."""
    student = world.students[name]
    facts = {"school_id": student.enrollments.get().school_id, "is_enrolled": True, "as_of": TODAY}
    return Standing.objects.create(
        student=student,
        year=world.year,
        tier=3,
        absences=absences,
        criteria=list(criteria or [RUNNING]),
        **facts | given,
    )


def mother(world: World, name: str, language: str = "", **given: Any) -> Guardian:
    """Somebody who may be told of a student."""
    who = Guardian.objects.create(
        source_id=f"g-{name}-{Guardian.objects.count()}", given_name="Ana", family_name=name, language=language,
        phone="601-555-0100",
    )  # fmt: skip
    facts = {"starts_on": TODAY, "may_contact": True, "relationship": "mother", "contact_order": 1}
    GuardianLink.objects.create(guardian=who, student=world.students[name], **facts | given)
    return who


def worker(world: World, name: str = "dupree", **given: Any) -> OutreachWorker:
    """Somebody who does outreach."""
    if name not in world.users:
        give_role(world, add_person(world, name, "Pat", name.title()).username, "outreach", None)
    facts = {"entered_by": world.users["reyes"], "entered_at": NOW}
    return OutreachWorker.objects.create(user=world.users[name], **facts | given)


def assigned(world: World, name: str, to: OutreachWorker, need: str = "locate") -> OutreachAssignment:
    """Mr. Reyes gives a student to a worker."""
    assign(world.scope("reyes"), [Choice(world.students[name].pk, to.pk, need)], words="Lives with an aunt.")
    return OutreachAssignment.objects.get(student=world.students[name], ended_at=None)


def case_of(world: World, name: str, **given: Any) -> Case:
    """An open case."""
    student = world.students[name]
    facts = {"school_id": student.enrollments.get().school_id, "tier": 3, "opened_at": NOW, "opened_on": TODAY}
    return Case.objects.create(student=student, year=world.year, **facts | given)
