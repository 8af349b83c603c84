"""Pages as somebody opens them, and a class's form as somebody would send it."""

from typing import Any
from uuid import uuid4

from django.test import Client

from tests.world import World


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
