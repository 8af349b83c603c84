"""The bar: what is done now and then stands under More, by keyboard too."""

import pytest

from tests.attendance.acts import open_both_schools
from tests.world import World

pytestmark = pytest.mark.browser


def test_the_rarer_pages_open_from_more_by_keyboard(committed_world: World, signed_in_page, camera) -> None:
    open_both_schools(committed_world)
    reyes = committed_world.users["reyes"]
    page = signed_in_page(reyes)
    page.goto("/school/")
    page.get_by_text("More", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Calendars").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/calendars/**")
    opened = "document.querySelector('.bar-more').open = true"
    camera.shoot("/months/", "bar-more", reyes, prepare=lambda page: page.evaluate(opened))
