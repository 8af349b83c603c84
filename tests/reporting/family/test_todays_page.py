"""MD-02: a family sees today what the school knows today, of exactly its own children."""

from datetime import time
from http import HTTPStatus

from django.test import Client
from django.urls import reverse

from attendance.models import Engagement, Mode, ModeAssignment
from attendance.services.marking import MarkEntry
from tests.attendance.acts import take
from tests.attendance.office.deeds import enter
from tests.families import family_client, family_of
from tests.world import TODAY, YESTERDAY, World, add_person, at


def page(client: Client, world: World, name: str = "Abara") -> str:
    response = client.get(reverse("family_today", args=[world.students[name].pk]))
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def test_MD02_each_class_of_today_is_seen_as_it_is_taken(opened_world: World) -> None:
    family_of(opened_world, "Ana", "Abara")
    client = family_client(opened_world, "Ana")
    assert page(client, opened_world).count("not taken yet") == 3
    abara = opened_world.students["Abara"]
    take(opened_world, "1", TODAY, Abara=MarkEntry(abara.pk, "tardy", arrived_at=time(8, 12)))
    take(opened_world, "2", TODAY, Abara="absent")
    seen = page(client, opened_world)
    assert ("late, came at 8:12 a.m." in seen, ">absent<" in seen) == (True, True)
    assert (seen.count("not taken yet"), seen.count("not started yet")) == (1, 3)
    assert "Minutes attended so far: 43." in seen


def test_MD02_an_unmoved_page_is_answered_without_a_body(opened_world: World) -> None:
    family_of(opened_world, "Ana", "Abara")
    client = family_client(opened_world, "Ana")
    live = reverse("family_today_live", args=[opened_world.students["Abara"].pk])
    version = client.get(reverse("family_today", args=[opened_world.students["Abara"].pk])).context["version"]
    unmoved = client.get(live, headers={"If-None-Match": version})
    assert (unmoved.status_code, unmoved["As-Of"]) == (HTTPStatus.NO_CONTENT, "10:00 a.m.")
    take(opened_world, "1", TODAY)
    assert client.get(live, headers={"If-None-Match": version}).status_code == HTTPStatus.OK


def test_MD02_log_ons_and_engagement_are_seen_with_their_time_and_the_office_without_a_word_of_health(
    opened_world: World,
) -> None:
    family_of(opened_world, "Ana", "Abara")
    client, chidi = family_client(opened_world, "Ana"), opened_world.students["Abara"]
    ModeAssignment.objects.create(student=chidi, mode=Mode.ASYNC_ONLINE, starts_on=YESTERDAY)
    before = client.get(reverse("family_today", args=[chidi.pk])).context["version"]
    told = {"student": chidi, "section": opened_world.sections["1"], "day": TODAY, "source": "lms_file"}
    told |= {"received_by": opened_world.users["reyes"], "received_at": at(9, 30)}
    Engagement.objects.create(event_id="1", measure="lms_login", happened_at=at(8, 5), **told)
    Engagement.objects.create(event_id="2", measure="lms_activity", happened_at=at(9, 4), minutes=25, **told)
    enter(opened_world, "nurse", "Abara", starts=time(9, 10), ends=time(9, 20), note="Asthma")
    seen = " ".join(page(client, opened_world).split())
    assert '<b>Logged on</b><small>Algebra I, 1</small></span><span class="row-state">8:05 a.m.' in seen
    assert "<b>Worked online, 25 min</b>" in seen
    assert "With the school office, 9:10 a.m. to 9:20 a.m." in seen
    assert ("nurse" in seen.lower(), "Asthma" in seen) == (False, False)
    live = reverse("family_today_live", args=[chidi.pk])
    assert client.get(live, headers={"If-None-Match": before}).status_code == HTTPStatus.OK


def test_RD62_two_families_see_exactly_their_own_children(opened_world: World) -> None:
    family_of(opened_world, "Ana", "Abara", "Shah")
    family_of(opened_world, "Bo", "Grant")
    ana, bo = family_client(opened_world, "Ana"), family_client(opened_world, "Bo")
    names = {"Abara": (200, 404), "Shah": (200, 404), "Grant": (404, 200), "Delgado": (404, 404)}
    for name, expected in names.items():
        for address in ("family_today", "family_today_live"):
            path = reverse(address, args=[opened_world.students[name].pk])
            assert (ana.get(path).status_code, bo.get(path).status_code) == expected, (name, address)


def test_the_first_page_lists_the_children_or_goes_to_the_one(opened_world: World) -> None:
    family_of(opened_world, "Ana", "Abara", "Shah")
    family_of(opened_world, "Bo", "Grant")
    add_person(opened_world, "cy", "Cy", "Family")
    seen = family_client(opened_world, "Ana").get(reverse("family")).content.decode()
    assert all(opened_world.students[name].full_name in seen for name in ("Abara", "Shah"))
    assert "No class taken yet" in seen
    alone = family_client(opened_world, "Bo").get(reverse("home"), follow=True)
    assert alone.redirect_chain[-1][0] == reverse("family_today", args=[opened_world.students["Grant"].pk])
    nobody = family_client(opened_world, "Cy").get(reverse("family")).content.decode()
    assert "No child is linked to your account" in nobody
