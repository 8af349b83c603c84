"""The home page of each role, looked at in a real browser."""

from datetime import date

import pytest
from playwright.sync_api import expect

from reporting.services.chronic import count_news
from students import clock
from tests.attendance.acts import open_both_schools, take
from tests.reporting.months import AFTER, FIRST, LAST, after_the_month, take_month
from tests.world import TODAY, World, at

pytestmark = pytest.mark.browser

FRIDAY = date(2020, 10, 23)


@pytest.mark.shows("home")
def test_the_home_page_of_each_role_is_legible_everywhere(committed_world: World, camera) -> None:
    world = committed_world
    take_month(world, world.lincoln, absent=[("Abara", FIRST), ("Abara", FRIDAY)], untaken=[("2", LAST)])
    take_month(world, world.washington)
    count_news(after_the_month())
    with clock.stopped_at(AFTER):
        for name in ("reyes", "okafor", "hale"):
            camera.shoot("/", f"home-{name}-after-the-month", world.users[name])


def test_a_teacher_is_one_click_from_marking_the_class_that_meets_now(
    committed_world: World, camera, signed_in_page
) -> None:
    world = open_both_schools(committed_world)
    take(world, "1", TODAY, Abara="absent", Castillo="absent")
    with clock.stopped_at(at(10, 2)):
        for name in ("whitfield", "mayfield", "osei", "okafor", "tran", "novak", "dupree"):
            camera.shoot("/", f"home-{name}", world.users[name])
        page = signed_in_page(world.users["whitfield"])
        page.goto("/")
        page.locator(".needs .button").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("period 3")
