"""The page of alerts: of one's own children alone, kept once, in the language of whoever reads."""

from datetime import time, timedelta

from django.test import Client

from interventions.models import AlertChoice, AlertTiming, OptOut, UndeliverableAddress
from students.models import FamilyAccount
from tests.attendance.pages.visitors import client_of
from tests.interventions.alerting import account, joined, mother
from tests.world import NOW, TODAY, World

PAGE = "/family/alerts/"


def rosa(world: World) -> tuple[FamilyAccount, Client]:
    """Abara's mother, signed in."""
    who = joined(world, mother(world, "Abara"))
    world.users["rosa"] = who.user
    return who, client_of(world, "rosa")


def sent(world: World, *alerts: str, **more: str) -> dict[str, object]:
    """A form: "Abara:tardy" for each kind of a child."""
    named = (each.split(":") for each in alerts)
    return {"alert": [f"{world.students[name].pk}:{kind}" for name, kind in named], "delivery": "at_once"} | more


def test_a_family_chooses_for_its_own_children_and_twice_is_once(world: World) -> None:
    who, client = rosa(world)
    page = client.get(PAGE).content.decode()
    assert (world.students["Abara"].given_name in page, "rosa@example.org" in page) == (True, True)
    assert world.students["Grant"].given_name not in page
    form = sent(
        world,
        "Abara:tardy",
        "Abara:document",
        delivery="digest",
        digest_at="17:00",
        quiet_from="22:00",
        quiet_until="06:00",
    )
    for _ in range(2):
        assert client.post(PAGE, form).status_code == 302
    assert set(AlertChoice.objects.values_list("account", "kind")) == {(who.pk, "tardy"), (who.pk, "document")}
    timing = AlertTiming.objects.get()
    assert (timing.digest_at, timing.quiet_from, timing.quiet_until) == (time(17), time(22), time(6))
    kept = AlertChoice.objects.get(kind="tardy")
    client.post(PAGE, sent(world, "Abara:tardy"))
    assert [each.pk for each in AlertChoice.objects.all()] == [kept.pk]
    assert AlertTiming.objects.get().digest_at is None
    assert client.get(PAGE).content.decode().count("checked") == 2


def test_nobody_elses_child_unknown_kinds_or_half_a_quiet_are_refused_and_nothing_is_written(world: World) -> None:
    who, client = rosa(world)
    assert client.post(PAGE, sent(world, "Grant:tardy")).status_code == 404
    assert client.post(PAGE, sent(world, "Abara:tier")).status_code == 404
    assert client.post(PAGE, {"alert": "x"}).status_code == 404
    for wrong in ({"quiet_from": "22:00"}, {"quiet_from": "22:00", "quiet_until": "22:00"}, {"quiet_until": "soon"}):
        assert client.post(PAGE, sent(world, "Abara:tardy", **wrong)).status_code == 422
    who.guardian.links.update(may_contact=False)
    assert client.post(PAGE, sent(world, "Abara:tardy")).status_code == 404
    assert "writes to somebody else" in client.get(PAGE).content.decode()
    who.guardian.links.update(ends_on=TODAY - timedelta(days=1))
    assert client.post(PAGE, sent(world, "Abara:tardy")).status_code == 404
    assert not AlertChoice.objects.exists()
    assert "No child is linked" in client.get(PAGE).content.decode()
    assert client_of(world, "whitfield").post(PAGE, sent(world, "Abara:tardy")).status_code == 404
    assert client_of(world, "whitfield").post(f"{PAGE}absences/").status_code == 404


def test_the_days_absences_are_stopped_and_wanted_again_and_a_dead_address_is_said(world: World) -> None:
    who, client = rosa(world)
    client.post(f"{PAGE}absences/", {"act": "stop"})
    assert OptOut.objects.values_list("guardian", "topic", "said_by").get() == (who.guardian_id, "absences", "page")
    assert "You have stopped these e-mails." in client.get(PAGE).content.decode()
    client.post(f"{PAGE}absences/", {"act": "resume"})
    assert not OptOut.objects.filter(ended_at__isnull=True).exists()
    assert client.post(f"{PAGE}campaigns/").status_code == 404
    UndeliverableAddress.objects.create(address="rosa@example.org", since=NOW, problem="x")
    who.user.language = "es"
    who.user.save()
    page = client.get(PAGE).content.decode()
    assert 'lang="es"' in page
    assert "rosa@example.org" in page


def test_RD62_a_student_of_age_chooses_in_person(world: World) -> None:
    grown = world.students["Grant"]
    grown.birth_date = TODAY.replace(year=2000)
    grown.save()
    who = account(world, world.users["park"], student=grown)
    assert client_of(world, "park").post(PAGE, sent(world, "Grant:tardy")).status_code == 302
    assert AlertChoice.objects.get().account == who
