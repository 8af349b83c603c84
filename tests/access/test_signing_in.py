"""Accounts come from the roster: people sign in, set their password by mail, and nobody makes an account."""

import re
from http import HTTPStatus

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from students.models import User
from tests.world import World

PASSWORD = "tardy slips and chalk"


@pytest.fixture
def whitfield(world: World) -> User:
    """A teacher with a password."""
    user = world.users["whitfield"]
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, login: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": login, "password": password})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["whitfield", "whitfield@magnolia.example", "Whitfield@Magnolia.example"])
def test_somebody_signs_in_by_user_name_or_by_e_mail(client: Client, whitfield: User, login: str) -> None:
    response = sign_in(client, login)
    assert response.headers["Location"] == reverse("home")
    assert is_signed_in(client)


def test_the_first_page_after_signing_in_says_nothing_of_it(client: Client, whitfield: User) -> None:
    sign_in(client, "whitfield")
    assert "signed in" not in client.get(reverse("today")).content.decode()


def test_the_page_asks_once_and_offers_one_way_to_a_password(client: Client, world: World) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "placeholder" not in page
    assert page.count(reverse("account_reset_password")) == 1
    assert "Forgot your password, or never set one?" in page


@pytest.mark.parametrize(("login", "password"), [("whitfield", "wrong"), ("nobody", PASSWORD), ("whitfield", "")])
def test_a_wrong_password_and_an_unknown_name_are_refused(
    client: Client, whitfield: User, login: str, password: str
) -> None:
    assert sign_in(client, login, password).status_code == HTTPStatus.OK
    assert not is_signed_in(client)


def test_a_refusal_does_not_tell_whether_the_name_exists(client: Client, whitfield: User) -> None:
    def words(login: str) -> str:
        page = sign_in(client, login, "wrong").content.decode()
        return re.sub(r'value="[^"]*"', "", page)

    assert words("whitfield") == words("nobody")


def test_a_closed_account_does_not_sign_in(client: Client, whitfield: User) -> None:
    whitfield.is_enabled = False
    whitfield.save()
    sign_in(client, "whitfield")
    assert not is_signed_in(client)


def test_an_imported_account_without_a_password_does_not_sign_in(client: Client, world: World) -> None:
    assert not world.users["park"].has_usable_password()
    for password in ("!", "", world.users["park"].password):
        sign_in(client, "park", password)
        assert not is_signed_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_makes_an_account(client: Client, world: World, method: str) -> None:
    before = User.objects.count()
    given = {"email": "new@elsewhere.example", "username": "new", "password1": PASSWORD, "password2": PASSWORD}
    page = getattr(client, method)(reverse("account_signup"), given).content.decode()
    assert User.objects.count() == before
    assert not is_signed_in(client)
    assert 'name="password1"' not in page


def link_in(message: mail.EmailMessage) -> str:
    """The path of the link in a mail."""
    [found] = re.findall(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", message.body)
    return found


def test_an_imported_person_sets_a_password_by_mail_and_signs_in(client: Client, world: World) -> None:
    asked = client.post(reverse("account_reset_password"), {"email": "park@magnolia.example"})
    assert asked.headers["Location"] == reverse("account_reset_password_done")
    [message] = mail.outbox
    assert message.to == ["park@magnolia.example"]
    form = client.get(link_in(message), follow=True)
    assert form.status_code == HTTPStatus.OK
    # The key has left the address, so that no history or log keeps it.
    path = form.redirect_chain[-1][0]
    assert path.endswith("-set-password/")
    done = client.post(path, {"password1": PASSWORD, "password2": PASSWORD})
    assert done.headers["Location"] == reverse("account_reset_password_from_key_done")
    assert sign_in(Client(), "park").headers["Location"] == reverse("home")


def test_somebody_without_a_password_is_sent_to_get_one_rather_than_to_change_it(client: Client, world: World) -> None:
    client.force_login(world.users["park"], backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("account_change_password"), follow=True)
    assert page.status_code == HTTPStatus.OK
    assert page.redirect_chain[-1][0] == reverse("account_reset_password")


def test_a_link_works_once(client: Client, world: World) -> None:
    client.post(reverse("account_reset_password"), {"email": "park@magnolia.example"})
    link = link_in(mail.outbox[0])
    path = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(path, {"password1": PASSWORD, "password2": PASSWORD})
    again = Client().get(link, follow=True)
    assert again.status_code == HTTPStatus.OK
    assert 'name="password1"' not in again.content.decode()


@pytest.mark.parametrize("weak", ["short", "password1234", "park@magnolia.example"])
def test_a_weak_password_is_refused(client: Client, world: World, weak: str) -> None:
    client.post(reverse("account_reset_password"), {"email": "park@magnolia.example"})
    path = client.get(link_in(mail.outbox[0]), follow=True).redirect_chain[-1][0]
    assert client.post(path, {"password1": weak, "password2": weak}).status_code == HTTPStatus.OK
    world.users["park"].refresh_from_db()
    assert not world.users["park"].has_usable_password()


def test_asking_for_a_password_does_not_tell_whether_the_address_is_known(client: Client, world: World) -> None:
    known = client.post(reverse("account_reset_password"), {"email": "park@magnolia.example"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@elsewhere.example"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    links = [message for message in mail.outbox if "/reset/key/" in message.body]
    assert [message.to for message in links] == [["park@magnolia.example"]]


def test_signing_out_needs_a_post(client: Client, whitfield: User) -> None:
    client.force_login(whitfield)
    assert client.get(reverse("account_logout")).status_code == HTTPStatus.OK
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


@pytest.mark.parametrize("name", ["account_login", "account_logout", "account_reset_password"])
def test_a_form_from_another_site_is_refused(whitfield: User, name: str) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(whitfield)
    response = careful.post(reverse(name), {"login": "whitfield", "password": PASSWORD, "email": "x@y.example"})
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert is_signed_in(careful)


def test_failed_sign_ins_are_throttled_even_with_the_right_password_at_last(client: Client, whitfield: User) -> None:
    for _ in range(5):
        sign_in(client, "whitfield", "wrong")
    throttled = sign_in(client, "whitfield")
    assert throttled.status_code == HTTPStatus.OK
    assert "Too many failed" in throttled.content.decode()
    assert not is_signed_in(client)


def test_the_throttle_of_one_account_leaves_others_alone(client: Client, world: World, whitfield: User) -> None:
    for _ in range(6):
        sign_in(client, "okafor", "wrong")
    sign_in(client, "whitfield")
    assert is_signed_in(client)


def test_throttles_are_counted_in_the_database_for_all_processes(client: Client, whitfield: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        [before] = cursor.fetchone()
        sign_in(client, "whitfield", "wrong")
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone()[0] > before


def test_signing_in_makes_a_new_session(client: Client, whitfield: User) -> None:
    client.get(reverse("account_login"))
    client.session.save()
    before = client.session.session_key
    sign_in(client, "whitfield")
    assert client.session.session_key != before
