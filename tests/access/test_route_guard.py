"""Private by default: whoever has not signed in gets the sign-in page, or nothing, from every address."""

from http import HTTPStatus
from itertools import product

import pytest
from django.test import Client
from django.urls import resolve, reverse

from students.api.permissions import TokenAllows
from tests.access.addresses import (
    OFF,
    PUBLIC,
    Address,
    addresses,
    addresses_for_programs,
    private_addresses,
    private_pages,
)
from tests.world import World

KINDS = {"page": "text/html", "data": "application/json"}
SIGN_IN = "/accounts/login/"
KEPT_OUT = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


def is_kept_out(response) -> bool:
    if response.status_code == HTTPStatus.FOUND:
        return response.headers["Location"].startswith(f"{SIGN_IN}?next=")
    return response.status_code in KEPT_OUT


@pytest.mark.django_db
@pytest.mark.parametrize("address", private_pages(), ids=lambda address: address.name)
def test_a_stranger_is_sent_to_the_sign_in_page(client: Client, address: Address) -> None:
    for method, accept in product(["get", "head", "post", "put", "delete"], KINDS.values()):
        response = getattr(client, method)(address.path, headers={"Accept": accept})
        assert is_kept_out(response), f"{method} {address.path}, {accept}: {response.status_code}"


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
def test_the_example_is_answered_by_the_address_it_stands_for(address: Address) -> None:
    assert address.name
    assert resolve(address.path).url_name == address.name


@pytest.mark.parametrize("address", private_addresses(), ids=lambda address: address.name)
def test_no_private_view_is_exempt_from_signing_in(address: Address) -> None:
    view = address.pattern.callback
    if address.is_for_programs:
        # The framework exempts all of its views; what stands in front of them are its permissions.
        assert view.cls.permission_classes == [TokenAllows]
    else:
        assert getattr(view, "login_required", True)


@pytest.mark.django_db
@pytest.mark.parametrize("address", addresses_for_programs(), ids=lambda address: address.name)
def test_a_strange_program_gets_a_problem_and_is_asked_for_a_token(client: Client, address: Address) -> None:
    for method in ("get", "head", "post", "put", "delete", "patch", "options"):
        for accept in KINDS.values():
            response = getattr(client, method)(address.path, headers={"Accept": accept})
            assert response.status_code == HTTPStatus.UNAUTHORIZED, method
            assert response.headers["Content-Type"] == "application/problem+json"
            assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_the_public_addresses_show_a_stranger_no_child(client: Client, world: World, name: str) -> None:
    [address] = [each for each in addresses() if each.name == name]
    response = client.get(address.path, follow=True)
    is_there = not address.is_for_programs and name not in OFF
    assert response.status_code == (HTTPStatus.OK if is_there else HTTPStatus.NOT_FOUND)
    page = response.content.decode()
    assert all(student.family_name not in page for student in world.students.values())


def test_the_guard_looked_at_every_address() -> None:
    assert len(private_addresses()) >= 12
    assert len(addresses_for_programs()) >= 14
    named = {address.name for address in addresses()}
    assert named >= {"home", "today", "meeting", "void_meeting", "school", "students", "student_day", "months", "month"}
    assert named >= {"excuses", "one_excuse", "add_document", "decide_excuse", "document"}
    assert named >= {"calendars", "calendar_month", "calendar_day", "reporting_months"}
    assert named >= PUBLIC.keys()
    assert len(named) == len(addresses())


@pytest.mark.django_db
def test_an_address_that_does_not_exist_says_no_more_than_that(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "urlpatterns" not in response.content.decode()
    assert "meetings/" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/", "/accounts/email/", "/accounts/3rdparty/", "/api/", "/__debug__/"])
def test_what_we_do_not_offer_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.django_db
def test_signing_in_leads_back_to_the_page_that_was_asked_for(client: Client, world: World) -> None:
    world.users["whitfield"].set_password("a long enough password")
    world.users["whitfield"].save()
    asked = client.get(reverse("students"))
    given = {"login": "whitfield", "password": "a long enough password", "next": "/students/"}
    assert asked.headers["Location"] == f"{SIGN_IN}?next=/students/"
    assert client.post(SIGN_IN, given).headers["Location"] == "/students/"


@pytest.mark.django_db
def test_signing_in_never_leads_to_another_site(client: Client, world: World) -> None:
    world.users["whitfield"].set_password("a long enough password")
    world.users["whitfield"].save()
    given = {"login": "whitfield", "password": "a long enough password", "next": "https://elsewhere.example/"}
    assert client.post(SIGN_IN, given).headers["Location"] == "/"
