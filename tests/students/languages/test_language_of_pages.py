"""In which language a page is written: the account's choice, the browser's, the guardian's, what the browser asks."""

import pytest
from django.test import Client
from django.urls import reverse

from students.access import scope_of
from students.models import Guardian, GuardianLink, User
from students.refusals import Refused
from students.selectors.family_language import languages_to_write_in
from students.services.joining import invite_guardian, join
from students.services.languages import choose_language
from tests.attendance.pages.visitors import client_of
from tests.world import NOW, YEAR_STARTS, World, add_person

SIGN_IN = {"en": "Sign in", "es": "Entrar", "ht": "Konekte"}


def asked(client: Client, path: str, accept: str = "") -> str:
    """The language of a page as it says itself, and as its heading or button proves."""
    response = client.get(path, headers={"Accept-Language": accept} if accept else {})
    page = response.content.decode()
    [said] = [code for code in SIGN_IN if f'<html lang="{code}">' in page]
    return said


def with_password(person: User) -> User:
    person.set_password("tardy slips and chalk")
    person.save()
    return person


def joined(world: World, language: str) -> Client:
    mother = Guardian.objects.create(given_name="Ana", family_name="Abara", language=language)
    GuardianLink.objects.create(
        guardian=mother, student=world.students["Abara"], starts_on=YEAR_STARTS, may_access=True, may_contact=True
    )
    person = with_password(add_person(world, "ana", "Ana", "Abara"))
    join(scope_of(person, NOW), invite_guardian(world.scope("okafor"), mother.pk).code)
    return client_of(world, "ana")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accept", "language"),
    [("", "en"), ("es-MX,es;q=0.9,en;q=0.8", "es"), ("fr,ht;q=0.5", "ht"), ("de", "en"), ("en,es;q=0.5", "en")],
)
def test_before_signing_in_the_browser_is_asked(client: Client, accept: str, language: str) -> None:
    response = client.get(reverse("account_login"), headers={"Accept-Language": accept} if accept else {})
    page = response.content.decode()
    assert f'<html lang="{language}">' in page
    assert f">{SIGN_IN[language]}</button>" in page
    assert response.headers["Content-Language"] == language
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))


@pytest.mark.django_db
def test_a_choice_stays_with_the_browser_and_leads_back_to_the_page(client: Client) -> None:
    path = reverse("account_login")
    chosen = client.post(reverse("language"), {"language": "ht", "next": path})
    assert chosen.headers["Location"] == path
    assert asked(client, path, "es") == "ht"
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:x", ""):
        assert client.post(reverse("language"), {"language": "es", "next": elsewhere}).headers["Location"] == "/"
    assert client.post(reverse("language"), {"language": "xx"}).status_code == 400
    assert client.get(reverse("language")).headers["Location"] == "/"


@pytest.mark.django_db
def test_every_page_for_coming_in_offers_the_languages_by_their_own_names(client: Client) -> None:
    for name in ("account_login", "account_reset_password"):
        page = client.get(reverse(name)).content.decode()
        for code, own in (("en", "English"), ("es", "Español"), ("ht", "Kreyòl ayisyen")):
            assert f'value="{code}" lang="{code}"' in page
            assert own in page


def test_a_family_reads_its_choice_then_the_browsers_then_its_own_language(world: World) -> None:
    client, path = joined(world, "ht"), reverse("account_change_password")
    assert asked(client, path, "es") == "ht"
    client.cookies["django_language"] = "es"
    assert asked(client, path, "ht") == "es"
    choose_language(scope_of(world.users["ana"], NOW), "en")
    assert asked(client, path, "ht") == "en"
    client.post(reverse("language"), {"language": "es", "next": path})
    assert User.objects.get(username="ana").language == "es"


def test_nothing_of_the_staff_changes_its_language(world: World) -> None:
    with_password(world.users["whitfield"])
    client = client_of(world, "whitfield")
    client.cookies["django_language"] = "es"
    choose_language(world.scope("whitfield"), "es")
    assert asked(client, reverse("today"), "es") == "en"
    assert asked(client, reverse("account_change_password"), "es") == "en"


def test_a_guardian_is_written_to_in_the_chosen_language_else_in_that_of_the_roster(world: World) -> None:
    joined(world, "ht")
    others = [Guardian.objects.create(given_name="B", family_name="B", language=each) for each in ("es", "fr", "")]
    mother = Guardian.objects.get(given_name="Ana")
    pks = [mother.pk, *(each.pk for each in others)]
    assert list(languages_to_write_in(world.installation, pks).values()) == ["ht", "es", "en", "en"]
    choose_language(scope_of(world.users["ana"], NOW), "es")
    assert languages_to_write_in(world.installation, pks)[mother.pk] == "es"


def test_a_language_that_is_not_offered_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="not offered"):
        choose_language(scope_of(world.users["novak"], NOW), "fr")
