"""The pages of accounts and roles: found, read, changed, and closed to everybody who does not keep them."""

import re
from http import HTTPStatus

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from students.models import FactSource, Role, RoleAssignment, User
from students.selectors.accounts import PAGE_SIZE
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, World, add_person
from tests.world import give_role as from_roster

PEOPLE = reverse("people")


@pytest.fixture
def staffed(world: World) -> World:
    """The cast, and reed, who has an account and nothing else."""
    add_person(world, "reed", "Pat", "Reed")
    for name, account in world.users.items():
        if name not in ("tran", "osei"):
            account.password = "md5$salt$hash"
            account.save(update_fields=["password"])
    return world


def listed(world: World, by: str = "novak", **asked: str) -> list[str]:
    page = client_of(world, by).get(PEOPLE, asked).content.decode()
    return re.findall(r'<th scope="row"><a href="/system/people/\d+/">([^<]+)</a>', page)


def address(world: World, name: str = "person", person: str = "reed", **more: int) -> str:
    return reverse(name, kwargs={"person_id": world.users[person].pk, **more})


def test_everybody_with_an_account_is_listed_with_the_roles_held_today(staffed: World) -> None:
    page = client_of(staffed, "novak").get(PEOPLE).content.decode()
    assert "Attendance clerk, Lincoln High School" in page
    assert len(listed(staffed)) == User.objects.count()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "mayf"}, ["Joyce Mayfield"]),
        ({"words": "joyce MAYFIELD"}, ["Joyce Mayfield"]),
        ({"words": "okafor@magnolia"}, ["Grace Okafor"]),
        ({"role": "nurse"}, ["Kim Tran"]),
        ({"role": "nurse", "school": "washington"}, []),
        ({"school": "washington"}, ["Maja Lindqvist", "Owen Park"]),
        ({"state": "no_password"}, ["Abena Osei", "Kim Tran"]),
        ({"state": "closed"}, ["Pat Reed"]),
        ({"words": "nobody at all"}, []),
        ({"role": "king", "state": "odd", "school": "x", "words": "park"}, ["Owen Park"]),
    ],
)
def test_the_list_is_narrowed(staffed: World, asked: dict[str, str], found: list[str]) -> None:
    User.objects.filter(username="reed").update(is_enabled=False)
    if asked.get("school") == "washington":
        asked = {**asked, "school": str(staffed.washington.pk)}
    assert listed(staffed, **asked) == found


def test_an_empty_list_says_what_to_do(staffed: World) -> None:
    page = client_of(staffed, "reyes").get(PEOPLE, {"words": "nobody"}).content.decode()
    assert "Leave out a word or a filter" in page


def test_the_list_has_pages_and_asks_the_same_whatever_its_length(staffed: World) -> None:
    client = client_of(staffed, "novak")
    client.get(PEOPLE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(PEOPLE)
    for number in range(PAGE_SIZE):
        add_person(staffed, f"more{number:02}", "More", f"More {number:02}")
        from_roster(staffed, f"more{number:02}", Role.TEACHER, staffed.lincoln)
    with CaptureQueriesContext(connection) as many:
        page = client.get(PEOPLE, {"words": "", "role": ""}).content.decode()
    assert len(few) == len(many)
    assert 'rel="next"' in page
    assert len(listed(staffed, page="2")) == User.objects.count() - PAGE_SIZE


@pytest.mark.parametrize("person", ["okafor", "whitfield", "mayfield", "osei", "tran", "hale", "dupree"])
def test_to_everybody_else_the_pages_are_not_there(staffed: World, person: str) -> None:
    client = client_of(staffed, person)
    assert client.get(PEOPLE).status_code == HTTPStatus.NOT_FOUND
    assert client.get(address(staffed)).status_code == HTTPStatus.NOT_FOUND
    for name in ("person", "person_switch", "person_link"):
        assert client.post(address(staffed, name), {"to": "off"}).status_code == HTTPStatus.NOT_FOUND
    assert ">System<" not in client.get(reverse("home"), follow=True).content.decode()


def test_a_system_administrator_sees_accounts_and_no_child(staffed: World) -> None:
    client = client_of(staffed, "novak")
    for path in (reverse("students"), PEOPLE, address(staffed, person="whitfield")):
        page = client.get(path).content.decode()
        assert not [child.family_name for child in staffed.students.values() if f"{child.family_name}," in page]
    for name in ("school", "months"):
        assert client.get(reverse(name)).status_code == HTTPStatus.NOT_FOUND


def test_a_persons_page_tells_roles_days_and_where_each_came_from(staffed: World) -> None:
    from_roster(staffed, "osei", Role.NURSE, None, source=FactSource.HERE, entered_by=staffed.users["reyes"],
                entered_at=staffed.installation.now, ends_on=TODAY)  # fmt: skip
    from_roster(staffed, "osei", Role.CLERK, staffed.washington, ends_on=TODAY.replace(day=1))
    page = client_of(staffed, "reyes").get(address(staffed, person="osei")).content.decode()
    assert "From the roster; it is ended there" in page
    assert "Given here by Daniel Reyes" in page
    assert "through Oct 27, 2020" in page
    assert "Earlier roles</summary>" in page or "Earlier roles (1)" in page
    assert page.count("End this role") == 1


def test_a_role_is_given_and_ended_on_the_page(staffed: World) -> None:
    client, path = client_of(staffed, "reyes"), address(staffed)
    sent = {"role": "clerk", "school_id": staffed.lincoln.pk, "starts_on": TODAY, "ends_on": ""}
    assert client.post(path, sent).headers["Location"] == path
    assert client.post(path, sent).headers["Location"] == path
    held = RoleAssignment.objects.get(user=staffed.users["reed"])
    assert "Attendance clerk</b>, Lincoln High School" in client.get(path).content.decode()
    end = address(staffed, "person_role_end", role_id=held.pk)
    refused = client.post(end, {"last_day": "2020-10-01"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "ends yesterday at the earliest" in refused.content.decode()
    for _ in range(2):
        assert client.post(end, {"last_day": "2020-10-26"}).headers["Location"] == path
    assert not staffed.users["reed"].role_assignments.exists()


def test_what_is_refused_stands_in_the_form(staffed: World) -> None:
    client, path = client_of(staffed, "reyes"), address(staffed)
    refused = client.post(path, {"role": "clerk", "school_id": "", "starts_on": TODAY})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "a role of a school names one" in refused.content.decode()
    assert client.post(path, {"role": "", "starts_on": ""}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_system_administrator_is_offered_what_may_be_given_and_refused_the_rest(staffed: World) -> None:
    client, path = client_of(staffed, "novak"), address(staffed)
    page = client.get(path).content.decode()
    assert re.findall(r'<option value="(\w+)">[^<]+</option>', page.split('id="id_role"')[1].split("</select>")[0]) == [
        "system_administrator"
    ]
    sent = {"role": "nurse", "school_id": "", "starts_on": TODAY}
    assert client.post(path, sent).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "nobody gives a role to themselves" in client.get(address(staffed, person="novak")).content.decode()


def test_an_account_is_switched_off_and_its_person_is_out_at_once(staffed: World) -> None:
    there, client = client_of(staffed, "park"), client_of(staffed, "novak")
    assert there.get(reverse("today")).status_code == HTTPStatus.OK
    path = address(staffed, person="park")
    assert client.post(address(staffed, "person_switch", "park"), {"to": "off"}).headers["Location"] == path
    assert "Switched off here by Petra Novak" in client.get(path).content.decode()
    assert there.get(reverse("today")).status_code == HTTPStatus.FOUND
    client.post(address(staffed, "person_switch", "park"), {"to": "on"})
    assert "Switched on again by Petra Novak" in client.get(path).content.decode()
    assert there.get(reverse("today")).status_code == HTTPStatus.OK
    assert client.post(address(staffed, "person_switch", "park"), {"to": "?"}).status_code == HTTPStatus.NOT_FOUND


def test_the_last_administrator_stays_and_the_page_says_why(staffed: World) -> None:
    client = client_of(staffed, "novak")
    page = client.post(address(staffed, "person_switch", "reyes"), {"to": "off"}, follow=True).content.decode()
    assert "Nobody else who can sign in administers the district" in page
    assert client.post(address(staffed, "person_switch", "novak"), {"to": "off"}).status_code == HTTPStatus.FORBIDDEN


def test_the_link_reaches_that_person_alone_and_sets_the_password(staffed: World) -> None:
    User.objects.filter(username__in=["reed", "park"]).update(email="shared@magnolia.example")
    client = client_of(staffed, "novak")
    page = client.post(address(staffed, "person_link"), follow=True).content.decode()
    assert "The link is on its way" in page
    assert "sent by Petra Novak" in page
    [letter] = mail.outbox
    assert letter.to == ["shared@magnolia.example"]
    assert "Your user name is reed." in letter.body
    link = re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", letter.body)
    assert Client().get(link[1], follow=True).status_code == HTTPStatus.OK
    assert "sent just now" in client.post(address(staffed, "person_link"), follow=True).content.decode()
    assert len(mail.outbox) == 1
