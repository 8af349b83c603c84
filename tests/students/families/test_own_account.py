"""What a family does with its own account: another address, and the end."""

import re
from http import HTTPStatus
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from students import clock
from students.models import FamilyAccount, User
from students.services.family_accounts import ADDRESS_IS_TAKEN, NOT_YOUR_PASSWORD
from tests.attendance.pages.visitors import client_of
from tests.families import family_client, family_of
from tests.world import NOW, World

PASSWORD = "tardy slips and chalk"


class Away(EmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages: object) -> int:
        raise SMTPException("away")


@pytest.fixture
def ana(world: World) -> Client:
    family_of(world, "Ana", "Abara")
    user = world.users["ana"]
    user.set_password(PASSWORD)
    user.source_id = None
    user.save()
    return family_client(world, "Ana")


def ask(client: Client, email: str, password: str = PASSWORD):
    return client.post(reverse("family_account"), {"email": email, "password": password})


def link() -> str:
    [path] = re.findall(r"(/join/address/\S+)", mail.outbox[-1].body)
    return path


def test_another_address_holds_when_its_letter_was_answered(world: World, ana: Client) -> None:
    assert ask(ana, "New@family.example").headers["Location"] == reverse("family_account")
    assert "new@family.example" in ana.get(reverse("family_account")).content.decode()
    assert User.objects.get(pk=world.users["ana"].pk).email == "ana@magnolia.example"
    first = link()
    ask(ana, "newer@family.example")
    assert "no longer works" in ana.post(first).content.decode()
    assert "Thank you" in ana.post(link()).content.decode()
    after = User.objects.get(pk=world.users["ana"].pk)
    assert (after.email, after.username, after.new_email) == ("newer@family.example", "family:newer@family.example", "")


def test_a_wrong_password_and_anothers_address_are_refused(world: World, ana: Client) -> None:
    assert str(NOT_YOUR_PASSWORD) in ask(ana, "new@family.example", "wrong").content.decode()
    assert str(ADDRESS_IS_TAKEN) in ask(ana, "Whitfield@magnolia.example").content.decode()
    assert mail.outbox == []


def test_an_address_that_somebody_took_meanwhile_is_not_confirmed(world: World, ana: Client) -> None:
    ask(ana, "new@family.example")
    User.objects.filter(username="park").update(email="new@family.example")
    assert str(ADDRESS_IS_TAKEN) in ana.post(link()).content.decode()


def test_the_letter_goes_out_once_more_when_the_mail_server_is_back(world: World, ana: Client, settings) -> None:
    before, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Away"
    ask(ana, "new@family.example")
    assert "could not be sent" in ana.get(reverse("family_account")).content.decode()
    settings.EMAIL_BACKEND = before
    ana.post(reverse("family_account_letter"))
    assert mail.outbox[-1].to == ["new@family.example"]


def test_a_link_lives_three_days(world: World, ana: Client, monkeypatch) -> None:
    ask(ana, "new@family.example")
    monkeypatch.setattr("students.services.family_accounts.LINK_LIVES_SECONDS", -1)
    assert "no longer works" in ana.post(link()).content.decode()


def test_a_family_stops_using_its_account_and_sees_no_child_any_more(world: World, ana: Client) -> None:
    today = reverse("family_today", args=[world.students["Abara"].pk])
    assert ana.get(today).status_code == HTTPStatus.OK
    assert ana.get(reverse("family_account_end")).status_code == HTTPStatus.OK
    for _ in range(2):
        assert ana.post(reverse("family_account_end")).headers["Location"] == reverse("join")
    ended = FamilyAccount.objects.get()
    assert (ended.ended_at, ended.ended_by_id) == (NOW, world.users["ana"].pk)
    assert ana.get(today).status_code == HTTPStatus.NOT_FOUND
    with clock.stopped_at(NOW):
        assert ana.get(reverse("join")).status_code == HTTPStatus.OK


def test_the_page_is_for_families_alone(world: World) -> None:
    client = client_of(world, "whitfield")
    for name in ("family_account", "family_account_end"):
        assert client.get(reverse(name)).status_code == HTTPStatus.NOT_FOUND
    assert client.post(reverse("family_account_letter")).status_code == HTTPStatus.NOT_FOUND
