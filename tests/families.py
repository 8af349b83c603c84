"""Families as tests want them: guardians of children of the cast, with accounts that were joined by a code."""

from django.test import Client

from students.access import Scope, scope_of
from students.models import Guardian, GuardianLink
from students.services.joining import invite_guardian, join
from tests.world import NOW, YEAR_STARTS, World, add_person


def guardian_of(world: World, given: str, *names: str, **facts: object) -> Guardian:
    """A guardian of children of the cast, with the right to see and to be told unless said otherwise."""
    made = Guardian.objects.create(source_id=f"g-{given}", given_name=given, family_name="Family")
    for name in names:
        link = {"starts_on": YEAR_STARTS, "may_access": True, "may_contact": True} | facts
        GuardianLink.objects.create(guardian=made, student=world.students[name], **link)
    return made


def family_of(world: World, given: str, *names: str) -> Scope:
    """The scope of a guardian's account, joined; `world.users` has it by the lower-case given name."""
    user = add_person(world, given.lower(), given, "Family")
    scope = scope_of(user, NOW)
    join(scope, invite_guardian(world.scope("okafor"), guardian_of(world, given, *names).pk).code)
    return scope


def family_client(world: World, given: str) -> Client:
    """A browser in which a family is signed in."""
    client = Client()
    client.force_login(world.users[given.lower()], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
