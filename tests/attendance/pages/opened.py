"""The world with its days opened, and a class's page as somebody would send it."""

from typing import Any
from uuid import uuid4

from django.test import Client

from attendance.models import ClassMeeting
from attendance.services.days import open_day
from attendance.services.marking import MarkEntry, save_marks
from tests.world import TODAY, World, at


def opened(world: World) -> World:
    """Both schools' days, opened through today."""
    for school in (world.lincoln, world.washington):
        open_day(world.installation, school.pk, TODAY)
    return world


def meeting_of(world: World, section: str, day=TODAY) -> ClassMeeting:
    return ClassMeeting.objects.get(section=world.sections[section], date=day)


def client_of(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def names(world: World) -> dict[str, int]:
    """Ids of Lincoln's students by family name."""
    return {name: student.pk for name, student in world.students.items() if name != "Shah"}


def posted(world: World, version: int = 0, rest: str = "present", **marks: str) -> dict[str, Any]:
    """A sent form: everybody `rest` but those named; "tardy 14" types 14 into the line's field."""
    form = {"version": version, "submission_id": str(uuid4())}
    for name, pk in names(world).items():
        status, _, detail = marks.get(name, rest).partition(" ")
        if status:
            form |= {f"mark-{pk}": status, f"detail-{pk}": detail}
    return form


def take(world: World, section: str, day=TODAY, by: str = "whitfield", reason: str = "", **marks: str) -> ClassMeeting:
    """Save a class as somebody at 17:00 of today would."""
    held = meeting_of(world, section, day)
    entries = [MarkEntry(pk, marks.get(name, "present")) for name, pk in names(world).items()]
    scope = world.scope(by, at(17))
    save_marks(scope, held.pk, submission_id=uuid4(), version=held.version, entries=entries, reason=reason)
    held.refresh_from_db()
    return held
