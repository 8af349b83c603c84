"""The log of the mail, for whoever may call the family; the district's policy; and addresses whose mail comes back."""

from datetime import time, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interventions.models import AlertPolicy, Message, UndeliverableAddress
from tests.attendance.pages.visitors import client_of
from tests.interventions.alerting import mother
from tests.world import NOW, TODAY, World


def kept(world: World, name: str, key: str, **given: Any) -> Message:
    """A message that was sent to a student's mother."""
    facts = {"key": key, "kind": "absence", "made_at": NOW, "send_after": NOW, "state": "sent", "settled_at": NOW}
    words = {"address": "rosa@example.org", "subject": f"About {name}", "text": "Two lines.\n\nAnd a word."}
    who = {"guardian": mother(world, name), "student": world.students[name]}
    return Message.objects.create(**facts | words | who | given)


def test_the_log_shows_what_was_sent_to_families_in_scope_and_filters(world: World) -> None:
    here, there = kept(world, "Abara", "1"), kept(world, "Shah", "2")
    waiting = kept(world, "Grant", "3", state="waiting", settled_at=None, address="", subject="", text="", kind="tardy")
    summary = kept(world, "Hollis", "4", student=None, kind="digest")
    clerk = client_of(world, "okafor")
    page = clerk.get("/messages/").content.decode()
    assert ("About Abara" in page, "About Shah" in page, "About Hollis" in page) == (True, False, False)
    assert [clerk.get(f"/messages/{each.pk}/").status_code for each in (here, there, summary)] == [200, 404, 404]
    assert "<p>And a word.</p>" in clerk.get(f"/messages/{here.pk}/").content.decode()
    assert "written when it is sent" in clerk.get(f"/messages/{waiting.pk}/").content.decode()
    for asked, found in (
        ("kind=tardy", {waiting}),
        ("state=sent", {here}),
        (f"student={here.student_id}", {here}),
        (f"day={TODAY}", {here, waiting}),
        (f"day={TODAY - timedelta(days=1)}", set()),
        (f"school={world.lincoln.pk}&kind=absence", {here}),
        ("kind=x&state=x&day=x&school=x", {here, waiting}),
    ):
        assert set(clerk.get(f"/messages/?{asked}").context["found"].page) == found, asked
    assert clerk.get(f"/messages/?student={there.student_id}").status_code == 404
    assert clerk.get("/messages/?kind=campaign").content.decode().count("No message fits") == 1


def test_the_district_sees_all_a_teacher_and_a_family_nothing(world: World, client: Client) -> None:
    kept(world, "Hollis", "4", student=None, kind="digest")
    message = kept(world, "Abara", "1")
    district = next(name for name in world.users if world.scope(name).district_wide)
    assert "About Hollis" in client_of(world, district).get("/messages/").content.decode()
    for path in ("/messages/", f"/messages/{message.pk}/", "/messages/returned/"):
        assert client_of(world, "whitfield").get(path).status_code == 404


def test_a_page_of_the_log_asks_as_often_for_one_message_as_for_fifty(world: World) -> None:
    client = client_of(world, "okafor")
    first = kept(world, "Abara", "0")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/messages/")
    for number in range(1, 60):
        first.pk, first.key = None, str(number)
        first.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/messages/")
    assert len(many) == len(one)
    assert len(page.context["found"].page.object_list) == 50


def test_an_address_that_comes_back_is_named_to_who_can_ask_the_family_and_works_again(world: World) -> None:
    mother(world, "Abara", "Rosa@Example.org")
    mother(world, "Shah", "shah@example.org")
    ours = UndeliverableAddress.objects.create(address="rosa@example.org", since=NOW, problem="It came back (5.1.1).")
    theirs = UndeliverableAddress.objects.create(address="shah@example.org", since=NOW, problem="x")
    client = client_of(world, "okafor")
    assert "Mail to this address comes back" in client.get(f"/students/{world.students['Abara'].pk}/").content.decode()
    page = client.get("/messages/returned/").content.decode()
    assert ("rosa@example.org" in page, "Abara" in page, "shah@example.org" in page) == (True, True, False)
    assert client.post(f"/messages/returned/{theirs.pk}/again/").status_code == 404
    assert client.post(f"/messages/returned/{ours.pk}/again/", follow=True).status_code == 200
    assert list(UndeliverableAddress.objects.all()) == [theirs]
    assert "No mail comes back" in client.get("/messages/returned/").content.decode()


def test_the_district_alone_says_when_absences_are_told_from_today_on(world: World) -> None:
    district = next(name for name in world.users if world.scope(name).district_wide)
    client = client_of(world, district)
    page = client.get("/messages/policy/").content.decode()
    assert "Absences are told from 10:00 a.m. on." in page
    form = {"starts_on": TODAY, "is_on": "on", "told_from": "11:30", "quiet_from": "", "quiet_until": ""}
    for _ in range(2):
        assert client.post("/messages/policy/", form).status_code == 302
    assert AlertPolicy.objects.values_list("told_from", "quiet_from").get() == (time(11, 30), None)
    assert "from 11:30 a.m. on. Mail goes at all hours." in client.get("/messages/policy/").content.decode()
    for wrong in (
        {"told_from": "12:00"},
        {"starts_on": TODAY - timedelta(days=1)},
        {"starts_on": TODAY + timedelta(days=1), "quiet_from": "21:00"},
    ):
        assert client.post("/messages/policy/", form | wrong).status_code == 422
    assert client_of(world, "okafor").get("/messages/policy/").status_code == 403
    assert client_of(world, "okafor").post("/messages/policy/", form).status_code == 403
    assert AlertPolicy.objects.count() == 1
