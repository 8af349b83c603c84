"""The pages of accounts and roles, and the doors of roles with little to see, in a real browser."""

import pytest
from playwright.sync_api import expect

from attendance.services.days import open_day
from students.models import FactSource, Role
from tests.world import NOW, TODAY, World, add_person, give_role

pytestmark = pytest.mark.browser


@pytest.fixture
def staffed(committed_world: World) -> World:
    """The cast; Ms. Osei was given a second role here, and Mr. Reed has an account alone."""
    world = committed_world
    add_person(world, "reed", "Pat", "Reed")
    here = {"source": FactSource.HERE, "entered_by": world.users["reyes"], "entered_at": NOW}
    give_role(world, "osei", Role.NURSE, None, ends_on=TODAY, **here)
    give_role(world, "osei", Role.CLERK, world.washington, ends_on=TODAY.replace(day=1))
    return world


@pytest.mark.shows("people", "person")
def test_the_pages_of_accounts_are_legible_everywhere(staffed: World, camera) -> None:
    camera.shoot("/system/people/", "people", staffed.users["reyes"])
    camera.shoot(f"/system/people/{staffed.users['osei'].pk}/", "person", staffed.users["novak"], _open_all)


def test_readers_see_a_class_without_a_form(staffed: World, camera) -> None:
    open_day(staffed.installation, staffed.lincoln.pk, TODAY)
    meeting = staffed.sections["1"].meetings.get(date=TODAY)
    camera.shoot(f"/meetings/{meeting.pk}/", "meeting-read", staffed.users["osei"])


def test_a_role_is_given_and_an_account_switched_off_by_keyboard_and_click(staffed: World, signed_in_page) -> None:
    page = signed_in_page(staffed.users["reyes"], viewport={"width": 1280, "height": 800})
    page.goto("/system/people/")
    page.get_by_label("Name or e-mail").fill("reed")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Pat Reed").click()
    page.get_by_label("Role", exact=True).select_option("clerk")
    page.get_by_label("Where").select_option(label="Lincoln High School")
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_text("Given here by Daniel Reyes")).to_be_visible()
    page.get_by_text("Switch the account off").click()
    page.get_by_role("button", name="Switch it off").click()
    expect(page.get_by_text("Switched off here by Daniel Reyes")).to_be_visible()


def _open_all(page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
