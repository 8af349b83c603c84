"""The district's own sign-in, by OpenID Connect: it says who somebody is, and never what they may see."""

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from students.models import FamilyAccount, User
from students.services.joining import invite_guardian
from tests.families import guardian_of
from tests.students.families.issuer import Issuer, running
from tests.world import World

LOGIN = "/accounts/oidc/district/login/"
ROSA = {"sub": "rosa-1", "given_name": "Rosa", "family_name": "Abara", "email": "rosa@family.example"}


@pytest.fixture
def issuer(settings) -> Iterator[Issuer]:
    with running() as found:
        app = {"provider_id": "district", "name": "Magnolia", "client_id": "first-bell", "secret": "s"}
        app["settings"] = {"server_url": found.address}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        settings.SINGLE_SIGN_ON_NAME = "Magnolia"
        yield found


def come(client: Client, issuer: Issuer, **claims: object):
    """Follow the link on the sign-in page, over the issuer, and back."""
    issuer.claims = claims
    asked = client.get(LOGIN)
    assert asked.headers["Location"].startswith(f"{issuer.address}/authorize?")
    there = requests.get(asked.headers["Location"], allow_redirects=False, timeout=10)
    back = urlsplit(there.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def signed_in(client: Client) -> User | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk) if pk else None


def test_it_is_not_there_until_it_is_configured(client: Client, world: World) -> None:
    assert client.get(LOGIN).status_code == HTTPStatus.NOT_FOUND
    assert "oidc" not in client.get(reverse("account_login")).content.decode()


def test_whoever_comes_for_the_first_time_sees_nothing_and_is_asked_for_a_code(
    client: Client, world: World, issuer: Issuer
) -> None:
    assert LOGIN in client.get(reverse("account_login")).content.decode()
    come(client, issuer, **ROSA, email_verified=True)
    person = signed_in(client)
    assert (person.full_name, person.email, person.has_usable_password()) == ("Rosa Abara", "", False)
    assert client.get(reverse("home")).headers["Location"] == reverse("join")
    assert "Abara, Chidi" not in client.get(reverse("students")).content.decode()
    assert SocialAccount.objects.get().extra_data == {}
    code = invite_guardian(world.scope("okafor"), guardian_of(world, "Rosa", "Abara").pk).code
    assert client.post(reverse("join"), {"code": code}).headers["Location"] == reverse("family")
    again = Client()
    come(again, issuer, **ROSA)
    assert signed_in(again) == person
    assert again.get(reverse("home")).headers["Location"] == reverse("family")
    assert FamilyAccount.objects.get().user == person


@pytest.mark.parametrize(
    ("by", "claims", "who"),
    [
        ("", {"email": "whitfield@magnolia.example", "email_verified": True}, None),
        ("email", {"email": "Whitfield@magnolia.example", "email_verified": True}, "whitfield"),
        ("email", {"email": "whitfield@magnolia.example", "email_verified": False}, None),
        ("email", {"email": "whitfield@magnolia.example", "email_verified": "true"}, None),
        ("email", {"email": "whitfield@magnolia.example"}, None),
        ("email", {}, None),
        ("source_id", {"person": "u-whitfield"}, "whitfield"),
        ("source_id", {"person": "u-nobody"}, None),
        ("source_id", {"person": None}, None),
        ("source_id", {"email": "whitfield@magnolia.example", "email_verified": True}, None),
    ],
)
def test_staff_are_found_only_by_what_the_settings_name(
    client: Client, world: World, issuer: Issuer, settings, by: str, claims: dict[str, object], who: str | None
) -> None:
    settings.SINGLE_SIGN_ON_STAFF_BY, settings.SINGLE_SIGN_ON_SOURCE_ID_CLAIM = by, "person"
    come(client, issuer, sub="w-1", **claims)
    person = signed_in(client)
    assert (person == world.users["whitfield"]) is (who is not None)
    assert person.username.startswith("sso-") is (who is None)


def test_two_with_one_address_are_nobody_and_a_family_is_never_taken_for_staff(
    client: Client, world: World, issuer: Issuer, settings
) -> None:
    settings.SINGLE_SIGN_ON_STAFF_BY = "email"
    User.objects.filter(username="park").update(email="whitfield@magnolia.example")
    User.objects.create(username="rosa@family.example", email="rosa@family.example", given_name="R", family_name="A")
    for number, email in enumerate(("whitfield@magnolia.example", "rosa@family.example")):
        visitor = Client()
        come(visitor, issuer, sub=f"s-{number}", email=email, email_verified=True)
        assert signed_in(visitor).username.startswith("sso-")


def test_a_closed_account_does_not_come_in_by_another_door(
    client: Client, world: World, issuer: Issuer, settings
) -> None:
    settings.SINGLE_SIGN_ON_STAFF_BY = "email"
    User.objects.filter(username="whitfield").update(is_enabled=False)
    come(client, issuer, sub="w-1", email="whitfield@magnolia.example", email_verified=True)
    assert signed_in(client) is None


def test_a_token_for_somebody_else_a_refusal_and_a_forged_return_sign_nobody_in(
    client: Client, world: World, issuer: Issuer
) -> None:
    issuer.for_whom = "another-site"
    assert "did not work" in come(client, issuer, **ROSA).content.decode()
    issuer.for_whom, issuer.refuses = "first-bell", True
    assert come(client, issuer, **ROSA).headers["Location"] == reverse("socialaccount_login_cancelled")
    forged = client.get(f"{LOGIN}callback/?code=c&state=made-up")
    assert "did not work" in forged.content.decode()
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()
