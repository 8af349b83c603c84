"""Campaigns as people write, look at, send and stop them (MD-09, RD-63)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interventions.models import Campaign, Message
from interventions.selectors.campaign_result import effect
from interventions.selectors.campaign_rights import campaign_in_scope
from interventions.services.campaign_queueing import queue_campaign, settle_campaigns
from students.models import RoleAssignment
from students.refusals import NotInScope
from tests.attendance.pages.visitors import client_of
from tests.interventions.acts import days_of
from tests.interventions.campaigning import a_draft, a_parent, many, queued
from tests.world import NOW, TODAY, World

STRANGERS = ("park", "whitfield", "mayfield", "tran", "dupree", "hale", "novak")
FORM = {
    "version": 1,
    "name": "Breakfast",
    "audience": "families",
    "subject_en": "News of {school}",
    "body_en": "Dear family of {children}",
    "subject_es": "Noticias",
    "body_es": "Familia de {children}",
}


@pytest.fixture
def families(world: World) -> World:
    a_parent(world, "Abara", "Grant", email="ngozi@x.org")
    a_parent(world, "Castillo", email="luis@x.org", language="es")
    a_parent(world, "Hollis", email="jean@x.org", language="ht")
    a_parent(world, "Shah")
    return world


def shown(client: Client, name: str, *args: int, **asked: Any) -> str:
    response = client.get(reverse(name, args=args), asked)
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def statements(client: Client, name: str, *args: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        shown(client, name, *args)
    return len(captured)


def test_MD09_a_campaign_is_written_looked_at_sent_and_followed_to_its_end(families: World) -> None:
    client = client_of(families, "reyes")
    assert "No campaign yet" in shown(client, "campaigns")
    assert "There is no address on record" in shown(client, "new_campaign")
    sent = client.post(reverse("new_campaign"), FORM | {"submission_id": uuid4()})
    draft = Campaign.objects.get()
    assert sent.headers["Location"] == reverse("campaign", args=[draft.pk])
    page = shown(client, "campaign", draft.pk)
    assert "3 people get it" in page
    assert "1 without an e-mail address" in page
    assert "1 person speaks a language that this campaign is not written in" in page
    assert "Familia de Mateo" in page
    assert "Dear family of Chidi and " in page
    assert "English: not written yet" in page
    change = reverse("edit_campaign", args=[draft.pk])
    assert 'value="News of {school}"' in shown(client, "edit_campaign", draft.pk)
    assert client.post(change, FORM | {"submission_id": uuid4(), "name": "Lunch"}).status_code == 302
    stale = client.post(change, FORM | {"submission_id": uuid4()})
    assert (stale.status_code, "Somebody else changed" in stale.content.decode()) == (409, True)
    go = reverse("send_campaign", args=[draft.pk])
    assert client.post(go, {"version": 2, "people": 2}).status_code == 409
    assert client.post(go, {"people": "x"}).status_code == 409
    for _twice in range(2):
        assert client.post(go, {"version": 2, "people": 3}).status_code == 302
    assert "Waiting for a worker" in shown(client, "campaign", draft.pk)
    assert client.post(change, FORM | {"submission_id": uuid4()}).status_code == 302
    queue_campaign(families.installation, draft.pk, instants=lambda: NOW)
    assert "0 / 3" in shown(client, "campaign", draft.pk)
    work = client.get(reverse("campaign_work", args=[draft.pk]), headers={"HX-Request": "true"}).content.decode()
    assert "every 3s" in work
    assert client.post(reverse("stop_campaign", args=[draft.pk])).status_code == 302
    page = shown(client, "campaign", draft.pk)
    assert "0 of 3 messages went out" in page
    assert "<dt>3</dt><dd>The campaign was stopped.</dd>" in page
    assert "Left out from the beginning: 1 without an e-mail address." in page
    assert Message.objects.filter(state="dropped").count() == 3
    assert "Lunch" in shown(client, "campaigns", state="stopped", audience="families")
    assert "No campaign fits" in shown(client, "campaigns", state="sent")


def test_MD09_a_text_that_names_the_tier_is_refused_with_the_words_and_kept_in_the_form(families: World) -> None:
    client = client_of(families, "osei")
    said = FORM | {"submission_id": uuid4(), "tiers": [2], "body_en": "Your child is in Tier 2."}
    answer = client.post(reverse("new_campaign"), said)
    assert answer.status_code == 422
    assert "says “tier”" in answer.content.decode()
    assert "Your child is in Tier 2." in answer.content.decode()
    assert not Campaign.objects.exists()
    assert client.post(reverse("new_campaign"), said | {"body_en": "Call us"}).status_code == 302
    assert "Nothing in it may say why it was chosen" in shown(client, "campaign", Campaign.objects.get().pk)


def test_who_writes_no_campaigns_finds_none_and_a_school_sees_its_own_alone(families: World) -> None:
    draft, own = a_draft(families), a_draft(families, "okafor")
    pages = [("get", reverse("campaigns")), ("get", reverse("new_campaign")), ("post", reverse("new_campaign"))]
    one = [("get", "campaign"), ("get", "campaign_work"), ("get", "edit_campaign"), ("post", "edit_campaign")]
    one += [("post", "send_campaign"), ("post", "stop_campaign"), ("post", "discard_campaign")]
    pages += [(method, reverse(name, args=[own.pk])) for method, name in one]
    for person in STRANGERS:
        client = client_of(families, person)
        for method, address in pages:
            assert getattr(client, method)(address, {"version": 1, "people": 3}).status_code == 404, (person, address)
    for person in ("lindqvist", "osei"):
        client = client_of(families, person)
        for method, name in one:
            answer = getattr(client, method)(reverse(name, args=[draft.pk]), {"version": 1, "people": 3})
            assert answer.status_code == 404, (person, name)
    assert "Breakfast" in shown(client_of(families, "osei"), "campaigns")
    assert "No campaign yet" in shown(client_of(families, "lindqvist"), "campaigns")
    staff = client_of(families, "osei").post(
        reverse("new_campaign"), FORM | {"submission_id": uuid4(), "audience": "staff"}
    )
    assert staff.status_code == 422
    discard = reverse("discard_campaign", args=[own.pk])
    assert client_of(families, "osei").post(discard).headers["Location"] == reverse("campaigns")
    assert set(Campaign.objects.all()) == {draft}


def test_MD09_attendance_before_and_after_is_counted_with_its_denominators(families: World) -> None:
    world = families
    before = [TODAY - timedelta(days=n) for n in (4, 5, 6, 7)]
    after = [TODAY + timedelta(days=n) for n in (1, 2)]
    days_of(world, "Abara", before, "present")
    days_of(world, "Grant", before)
    days_of(world, "Abara", after, "present")
    days_of(world, "Grant", after[:1], "present")
    days_of(world, "Grant", after[1:], "undetermined")
    days_of(world, "Castillo", [TODAY], "absent")
    days_of(world, "Shah", before, "absent")
    campaign = queued(world, a_draft(world, grades=["09"]))
    found = effect(world.scope("reyes", NOW + timedelta(days=7)), campaign)
    assert (found.children, found.both.before.present, found.both.before.determined) == (4, 4, 8)
    assert (found.before, found.after, found.both.after.determined) == ("50.0%", "100.0%", 3)
    settle_campaigns(world.installation)
    Message.objects.filter(state="waiting").update(state="dropped", settled_at=NOW, problem="Stopped.")
    settle_campaigns(world.installation)
    assert "4 children of the audience" in shown(client_of(world, "reyes"), "campaign", campaign.pk)


def test_RD63_fewer_than_ten_children_are_not_counted_for_who_may_not_see_them_all(families: World) -> None:
    world = families
    days_of(world, "Abara", [TODAY - timedelta(days=1)], "present")
    campaign = queued(world, a_draft(world, "okafor"), "okafor")
    world.students["Grant"].enrollments.update(school=world.washington)
    okafor = world.scope("okafor")
    assert effect(okafor, campaign).is_hidden
    assert effect(world.scope("reyes"), campaign).is_hidden is False
    RoleAssignment.objects.filter(user=world.users["okafor"]).delete()
    with pytest.raises(NotInScope):
        campaign_in_scope(world.scope("okafor"), campaign.pk)


def test_pages_take_the_same_number_of_statements_however_many_people(families: World) -> None:
    client = client_of(families, "reyes")
    draft, gone = a_draft(families), queued(families, a_draft(families))
    places = [("campaigns",), ("new_campaign",), ("campaign", draft.pk), ("campaign", gone.pk)]
    before = [statements(client, *place) for place in places]
    many(families, 30)
    queued(families, a_draft(families))
    a_draft(families, "okafor")
    assert [statements(client, *place) for place in places] == before
