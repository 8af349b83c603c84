"""What the database refuses of invitations and family accounts."""

from datetime import timedelta
from typing import Any

from students.models import FamilyAccount, Guardian, Invitation, User
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, World


def invitation(world: World, code: str, **given: Any) -> Invitation:
    facts = {"code_hash": code, "made_by": world.users["okafor"], "made_at": NOW, "expires_at": NOW + timedelta(days=1)}
    return Invitation(**facts | ({"student": world.students["Abara"]} if "guardian" not in given else {}) | given)


def account(world: World, code: str, **given: Any) -> FamilyAccount:
    used = invitation(world, code)
    used.save()
    facts = {"user": world.users["novak"], "invitation": used, "joined_at": NOW, "student": world.students["Abara"]}
    return FamilyAccount(**facts | given)


def test_an_invitation_is_for_one_expires_and_says_who_used_it(world: World) -> None:
    mother = Guardian.objects.create(given_name="Ana", family_name="Abara")
    invitation(world, "a").save()
    assert_refused_by("one_invitation_per_code", invitation(world, "a"))
    both = {"guardian": mother, "student": world.students["Abara"]}
    assert_refused_by("invitation_is_for_one", invitation(world, "b", **both))
    assert_refused_by("invitation_is_for_one", invitation(world, "b", guardian=None))
    assert_refused_by("invitation_expires", invitation(world, "b", expires_at=NOW))
    assert_refused_by("used_invitation_says_by_whom", invitation(world, "b", used_at=NOW))
    used = {"used_at": NOW, "used_by": world.users["novak"]}
    assert_refused_by("used_invitation_says_by_whom", invitation(world, "b", withdrawn_at=NOW, **used))


def test_a_family_account_speaks_for_one_and_is_the_only_one(world: World) -> None:
    mother = Guardian.objects.create(given_name="Ana", family_name="Abara")
    account(world, "a").save()
    assert_refused_by("one_account_per_student", account(world, "b"))
    assert_refused_by("family_account_is_for_one", account(world, "c", guardian=mother))
    assert_refused_by("ended_family_account_says_who", account(world, "d", ended_at=NOW))
    account(world, "e", guardian=mother, student=None).save()
    assert_refused_by("one_account_per_guardian", account(world, "f", guardian=mother, student=None))


def test_an_account_reads_in_a_language_that_is_offered(world: World) -> None:
    french = User(username="new", given_name="Ana", family_name="Abara", password="!", language="fr")
    assert_refused_by("account_language_is_offered", french)
