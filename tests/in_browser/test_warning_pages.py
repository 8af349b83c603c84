"""The early warnings of a school in a real browser: from the queue to a reason, and how often they came true."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from students import clock
from tests.interventions.care import open_case
from tests.interventions.warned import calendar, night, seen
from tests.world import TODAY, World, at

pytestmark = pytest.mark.browser


@pytest.mark.shows("warnings")
def test_a_counselor_sees_who_is_on_course_and_how_often_that_came_true(
    committed_world: World, signed_in_page, camera
) -> None:
    world = committed_world
    calendar(world)
    for name, letters in (
        ("Abara", "x..x. x..x. ."),
        ("Baptiste", "x.... x.... ..... x.... x"),
        ("Castillo", "..... ..xxx"),
        ("Delgado", "x.x.x x.x.. ..... ....."),
        ("Grant", "x.x.x ..... ..... ....."),
        ("Hollis", "x.... ..... x.... ..... x.... ..... x.... ..... x...."),
        ("Nguyen", "x..x. .x... ....x ...x."),
    ):
        seen(world, name, letters)
    night(world)
    open_case(world, "Nguyen")
    osei = world.users["osei"]
    page: Page = signed_in_page(osei)
    page.goto("/queue/")
    page.get_by_role("link", name="Early warning").click()
    expect(page.get_by_text("on course to cross a threshold within ten school days")).to_be_visible()
    page.get_by_text("By threshold and by reason").click()
    expect(page.get_by_role("row", name="Recent rate")).to_be_visible()
    page.get_by_label("Reason", exact=True).select_option(label="Days running")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Absent 3 school days running")).to_be_visible()
    expect(page.get_by_text("Abara, Chidi")).to_have_count(0)
    camera.shoot("/warnings/", "early-warning", osei, lambda shown: shown.get_by_text("By threshold and by").click())
    with clock.stopped_at(at(9, day=TODAY + timedelta(days=2))):
        camera.shoot("/warnings/", "early-warning-late", osei)
