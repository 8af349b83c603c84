"""A campaign is written, looked at and sent in a real browser, and its pages can be used by everybody (MD-09)."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from interventions.models import Campaign, Message
from interventions.rules.campaign_text import Text
from interventions.services.campaign_queueing import queue_campaign, settle_campaigns
from interventions.services.messages import send_waiting
from students.access import installation_scope
from tests.interventions.acts import WEEKDAYS, days_of
from tests.interventions.campaigning import TEXTS, a_draft, a_parent, queued
from tests.world import NOW, World

pytestmark = pytest.mark.browser
THREE = TEXTS | {"ht": Text("Nouvèl lekòl {school}", "Chè fanmi {children}: manje maten an gratis nan {school}.")}


def families(world: World) -> None:
    """Parents who speak three languages, one of them with two children, and one whom no mail reaches."""
    a_parent(world, "Abara", "Grant", email="ngozi@example.org")
    a_parent(world, "Castillo", email="luis@example.org", language="es")
    a_parent(world, "Fleurimond", email="jean@example.org", language="ht")
    a_parent(world, "Hollis")
    for name in ("Abara", "Grant", "Castillo", "Fleurimond"):
        days_of(world, name, WEEKDAYS, "present")
        days_of(world, name, WEEKDAYS[::4])


def test_a_campaign_goes_from_its_draft_over_the_preview_to_its_families(
    committed_world: World, signed_in_page, camera
) -> None:
    world = committed_world
    families(world)
    page: Page = signed_in_page(world.users["reyes"])
    page.goto("/campaigns/")
    page.get_by_role("link", name="Write a campaign").click()
    page.get_by_label("Name", exact=True).fill("Free breakfast")
    page.get_by_role("radio", name="Partners").check()
    expect(page.get_by_role("group", name="Grades")).to_be_hidden()
    page.get_by_role("radio", name="Families").check()
    page.get_by_role("checkbox", name="Lincoln High School").check()
    page.get_by_label("Subject").first.fill("Breakfast at {school}")
    page.get_by_label("Message").first.fill("Dear family of {children}, breakfast is free.")
    page.get_by_role("button", name="Keep as draft").click()
    expect(page.get_by_text("2 people speak a language that this campaign is not written in")).to_be_visible()
    expect(page.get_by_text("Breakfast at Lincoln High School")).to_be_visible()
    page.get_by_role("button", name="Send to 3 people").click()
    expect(page.get_by_role("button", name="Stop sending")).to_be_visible()
    campaign = Campaign.objects.get()
    queue_campaign(world.installation, campaign.pk, instants=lambda: NOW)
    expect(page.get_by_text("0 / 3").first).to_be_visible()
    send_waiting(installation_scope(NOW + timedelta(minutes=1)))
    settle_campaigns(world.installation)
    expect(page.get_by_text("3 of 3 messages went out")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("table").first).to_contain_text("4 children of the audience")
    assert Message.objects.filter(state="sent").count() == 3
    draft = a_draft(world, texts=THREE, tiers=[])
    camera.shoot(f"/campaigns/{campaign.pk}/", "campaign-sent", world.users["reyes"])
    camera.shoot(f"/campaigns/{draft.pk}/", "campaign-draft", world.users["reyes"])


@pytest.mark.shows("campaign", "campaigns", "edit_campaign")
def test_the_other_pages_of_campaigns_can_be_used_by_everybody(committed_world: World, camera) -> None:
    world = committed_world
    families(world)
    draft, going = a_draft(world, texts=THREE), queued(world, a_draft(world, grades=["09"]))
    camera.shoot("/campaigns/", "campaigns", world.users["reyes"])
    camera.shoot(f"/campaigns/{draft.pk}/change/", "campaign-form", world.users["reyes"])
    camera.shoot(f"/campaigns/{going.pk}/", "campaign-going", world.users["reyes"])
