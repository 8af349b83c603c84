"""Classes and people on pages, with a substitute named and ended, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from students.models import SectionTeacher
from tests.attendance.acts import open_both_schools
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.shows("section", "sections")
def test_a_substitute_is_named_for_today_and_the_pages_read_well_everywhere(
    committed_world: World, signed_in_page, camera
) -> None:
    world = committed_world
    open_both_schools(world)
    okafor, section = world.users["okafor"], reverse("section", args=[world.sections["3"].pk])
    page = signed_in_page(okafor)
    page.goto("/sections/?period=3")
    page.get_by_role("link", name="Algebra I, 3", exact=True).click()
    page.get_by_text("Name a substitute").click()
    page.get_by_label("Who").select_option(label="Park, Owen")
    page.get_by_role("button", name="Name the substitute").click()
    expect(page.get_by_text("named here by Grace Okafor")).to_be_visible()
    assert SectionTeacher.objects.filter(user=world.users["park"], section=world.sections["3"]).exists()
    camera.shoot(section, "section", okafor)
    camera.shoot("/sections/", "sections", world.users["reyes"])
