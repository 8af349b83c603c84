"""RD-62: joining by the code of a letter, as a family does it on the page, and as somebody tries who has none."""

import re
from http import HTTPStatus
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from students import clock
from students.models import FamilyAccount, User
from students.rules.invitation_codes import printed
from students.services.joining import CANNOT_BE_USED, LIVES, invite_guardian, invite_student
from students.services.signing_up import TAKEN
from students.views import join_limits
from tests.attendance.pages.visitors import client_of
from tests.families import family_client, family_of, guardian_of
from tests.world import NOW, World, add_person

PASSWORD = "tardy slips and chalk"
NOBODYS = "0000-0000-0000"


@pytest.fixture(autouse=True)
def _no_tries_yet(db) -> None:
    cache.clear()


def code_for(world: World, given: str, *names: str) -> str:
    return printed(invite_guardian(world.scope("okafor"), guardian_of(world, given, *names).pk).code)


def sign_up(client: Client, code: str, **typed: str):
    given = {"code": code, "email": "Ana@family.example", "password": PASSWORD} | typed
    return client.post(reverse("join"), given)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_in(login: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": login, "password": password})
    return client


def test_a_family_joins_is_signed_in_and_sees_its_child(client: Client, world: World) -> None:
    assert "Abara" not in client.get(reverse("join")).content.decode()
    joined = sign_up(client, code_for(world, "Ana", "Abara"))
    assert joined.headers["Location"] == reverse("family")
    account = User.objects.get(username="family:ana@family.example")
    assert (account.full_name, account.email, account.source_id) == ("Ana Family", "", None)
    assert world.students["Abara"].given_name in client.get(reverse("family"), follow=True).content.decode()
    assert client.get(reverse("home")).headers["Location"] == reverse("family")
    assert is_signed_in(sign_in("Ana@Family.example"))
    assert not is_signed_in(sign_in("Ana@Family.example", "another password"))


def test_the_letter_to_the_address_opens_the_way_to_a_new_password(client: Client, world: World) -> None:
    sign_up(client, code_for(world, "Ana", "Abara"))
    Client().post(reverse("account_reset_password"), {"email": "ana@family.example"})
    [asked, unknown] = mail.outbox
    assert (asked.to, unknown.subject) == (["ana@family.example"], "[testserver] No account with this address")
    [path] = re.findall(r"(/join/address/\S+)", asked.body)
    assert "ana@" not in path
    # Programs that look through mail open the link; only the button answers.
    assert Client().get(path).status_code == HTTPStatus.OK
    assert User.objects.get(username="family:ana@family.example").email == ""
    assert "Thank you" in Client().post(path).content.decode()
    assert User.objects.get(username="family:ana@family.example").email == "ana@family.example"
    again = Client().post(path)
    assert (again.status_code, "no longer works" in again.content.decode()) == (HTTPStatus.UNPROCESSABLE_ENTITY, True)
    Client().post(reverse("account_reset_password"), {"email": "ana@family.example"})
    assert mail.outbox[-1].subject == "[testserver] Set your password"
    assert "user name" not in mail.outbox[-1].body
    assert is_signed_in(sign_in("Ana@Family.example"))


@pytest.mark.parametrize("token", ["x", "eyJwZXJzb24iOjF9:1abc:forged"])
def test_a_forged_link_confirms_nothing(client: Client, token: str) -> None:
    answer = client.post(reverse("confirm_address", args=[token]))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_form_sent_twice_makes_one_account_and_signs_in(world: World) -> None:
    code, first, second = code_for(world, "Ana", "Abara"), Client(), Client()
    sign_up(first, code)
    assert sign_up(second, code).headers["Location"] == reverse("family")
    assert is_signed_in(second)
    assert FamilyAccount.objects.count() == 1
    stranger = Client()
    answer = sign_up(stranger, code, password="quite another password")
    assert (answer.status_code, is_signed_in(stranger)) == (HTTPStatus.UNPROCESSABLE_ENTITY, False)
    assert str(CANNOT_BE_USED) in answer.content.decode()


def test_whatever_is_wrong_with_a_code_the_page_says_the_same_and_does_the_same_work(world: World) -> None:
    office, who = world.scope("okafor"), guardian_of(world, "Ana", "Abara")
    withdrawn = printed(invite_guardian(office, who.pk).code)
    old = printed(invite_guardian(office, who.pk).code)
    used = code_for(world, "Bo", "Grant")
    sign_up(Client(), used, email="bo@family.example")

    def said(code: str) -> str:
        client = Client()
        page = sign_up(client, code).content.decode()
        assert not is_signed_in(client)
        return re.sub(r'value="[^"]*"', "", page)

    with clock.stopped_at(NOW + LIVES):
        pages = {said(code) for code in (withdrawn, old, used, NOBODYS, "not a code")}
    assert len(pages) == 1
    assert str(CANNOT_BE_USED) in pages.pop()
    assert User.objects.filter(username="family:ana@family.example").count() == 0


def test_a_taken_address_is_told_to_who_holds_a_code_and_to_nobody_else(client: Client, world: World) -> None:
    code = code_for(world, "Ana", "Abara")
    for taken in ("whitfield@magnolia.example", "WHITFIELD@magnolia.example", "whitfield@MAGNOLIA.example"):
        assert str(TAKEN) in sign_up(client, code, email=taken).content.decode()
        assert str(CANNOT_BE_USED) in sign_up(client, NOBODYS, email=taken).content.decode()
    assert sign_up(client, code).headers["Location"] == reverse("family")


def test_a_weak_password_or_no_address_is_said_before_the_code_is_looked_at(client: Client, world: World) -> None:
    code = code_for(world, "Ana", "Abara")
    for wrong in ({"password": "short"}, {"email": "no address"}, {"password": "ana@family.example"}):
        answers = {sign_up(client, each, **wrong).status_code for each in (code, NOBODYS)}
        assert answers == {HTTPStatus.UNPROCESSABLE_ENTITY}
    assert not FamilyAccount.objects.exists()


def test_who_is_signed_in_adds_a_code_and_sees_the_children_of_both(world: World) -> None:
    family_of(world, "Ana", "Abara")
    client = family_client(world, "Ana")
    assert 'name="password"' not in client.get(reverse("join")).content.decode()
    assert client.post(reverse("join"), {"code": code_for(world, "Cy", "Grant")}).status_code == HTTPStatus.FOUND
    page = client.get(reverse("family")).content.decode()
    assert all(world.students[name].given_name in page for name in ("Abara", "Grant"))


def test_staff_who_are_parents_have_both_and_begin_with_their_staff_page(world: World) -> None:
    client = client_of(world, "whitfield")
    client.post(reverse("join"), {"code": code_for(world, "Dan", "Grant")})
    first = client.get(reverse("home")).content.decode()
    assert "Your classes today" in first
    assert reverse("family") in first
    page = client.get(reverse("family"), follow=True).content.decode()
    assert world.students["Grant"].given_name in page
    assert reverse("home") in page


def test_a_student_without_a_guardian_joins_in_person(client: Client, world: World) -> None:
    code = invite_student(world.scope("okafor"), world.students["Abara"].pk).code
    sign_up(client, code, email="abara@student.example")
    assert User.objects.get(username="family:abara@student.example").full_name == "Chidi Abara"
    assert client.get(reverse("family"), follow=True).status_code == HTTPStatus.OK


def test_guessing_is_stopped_by_address_and_says_nothing_of_the_code(world: World) -> None:
    code = code_for(world, "Ana", "Abara")
    for number in range(30):
        assert sign_up(Client(), f"0000-0000-{number:04}").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    for typed in (NOBODYS, code):
        answer = sign_up(Client(), typed)
        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert str(join_limits.TOO_MANY) in answer.content.decode()
    assert not FamilyAccount.objects.exists()
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_up(elsewhere, code).status_code == HTTPStatus.FOUND


def test_one_code_is_tried_ten_times_an_hour_from_wherever(world: World) -> None:
    tries = [sign_up(Client(REMOTE_ADDR=f"192.0.2.{n}"), NOBODYS).status_code for n in range(11)]
    assert tries == [HTTPStatus.UNPROCESSABLE_ENTITY] * 10 + [HTTPStatus.TOO_MANY_REQUESTS]


def test_a_school_full_of_families_joins_from_one_address(world: World) -> None:
    for number in range(32):
        given = f"G{number}"
        answer = sign_up(Client(), code_for(world, given, "Abara"), email=f"{given}@family.example")
        assert answer.status_code == HTTPStatus.FOUND


def test_joining_speaks_the_language_of_the_page_and_keeps_it(client: Client, world: World) -> None:
    client.cookies["django_language"] = "ht"
    code = code_for(world, "Ana", "Abara")
    assert str(CANNOT_BE_USED) not in sign_up(client, NOBODYS).content.decode()
    sign_up(client, code)
    assert User.objects.get(username="family:ana@family.example").language == "ht"
    assert mail.outbox[0].subject != "Is this your e-mail address?"


def test_families_stand_apart_from_the_staff_in_the_list_of_accounts(client: Client, world: World) -> None:
    sign_up(client, code_for(world, "Ana", "Abara"))
    keeper = client_of(world, "novak")
    assert "Ana Family" not in keeper.get(reverse("people")).content.decode()
    assert "Ana Family" in keeper.get(reverse("people"), {"state": "family"}).content.decode()


def test_a_family_never_stands_in_the_way_of_the_next_teacher_of_that_address(client: Client, world: World) -> None:
    sign_up(client, code_for(world, "Ana", "Abara"), email="newteacher@magnolia.example")
    teacher = add_person(world, "newteacher@magnolia.example", "New", "Teacher")
    teacher.email = "newteacher@magnolia.example"
    teacher.set_password("another long phrase")
    teacher.save()
    signed_in = sign_in(teacher.email, "another long phrase")
    assert signed_in.session["_auth_user_id"] == str(teacher.pk)
    assert sign_in(teacher.email).session["_auth_user_id"] != str(teacher.pk)


def test_two_codes_and_one_address_at_once_make_one_account(committed_world: World) -> None:
    world = committed_world
    codes = [code_for(world, given, "Abara") for given in ("Ana", "Bo")]
    start, said = Barrier(2), []

    def join(code: str) -> None:
        start.wait()
        said.append(sign_up(Client(), code).status_code)
        connection.close()

    threads = [Thread(target=join, args=[code]) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [HTTPStatus.FOUND, HTTPStatus.UNPROCESSABLE_ENTITY]
    assert FamilyAccount.objects.count() == 1
