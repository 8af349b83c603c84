"""The boards in a browser: they move by themselves. The clock stands at Tuesday 27 October 2020, 10:00."""

import pytest
from playwright.sync_api import Page, expect

from tests.attendance.acts import meeting_of, take, void
from tests.attendance.homerooms import MUSIC, homeroom_days, take_day
from tests.in_browser.test_school_pages import school_day  # noqa: F401 - a fixture
from tests.world import TODAY, World, add_student, put_on_roster

pytestmark = pytest.mark.browser

QUARTER_MINUTE = 15_000


def wait_for_the_next_question(page: Page) -> None:
    with page.expect_response("**/live/**"):
        page.clock.run_for(QUARTER_MINUTE)


def test_the_board_moves_when_a_class_is_saved_elsewhere_and_keeps_the_focus(committed_world, signed_in_page):
    world = homeroom_days(committed_world)
    page = signed_in_page(world.users["okafor"], viewport={"width": 1280, "height": 420})
    page.clock.install()
    page.goto("/school/")
    assert page.evaluate("scrollTo(0, 300); scrollY") > 0
    music = page.locator(f"#m-{meeting_of(world, MUSIC, TODAY).pk}")
    music.evaluate("element => element.focus({ preventScroll: true })")
    before = page.evaluate("scrollY")
    # Nothing moved: nothing is said, and nothing replaced.
    page.evaluate("document.querySelector('#board-body').dataset.same = 'yes'")
    wait_for_the_next_question(page)
    expect(page.locator("#board-body")).to_have_attribute("data-same", "yes")
    expect(page.locator("#live-said")).to_be_empty()
    take_day(world)
    wait_for_the_next_question(page)
    expect(page.locator("#live-said")).to_have_text("5 of 6 classes taken, 0 due.")
    expect(page.get_by_role("link", name="Homeroom 3A, 12")).to_contain_text("Taken 8:00 am")
    expect(page.locator("#as-of")).to_have_text("as of 10:00 am")
    expect(music).to_be_focused()
    assert page.evaluate("scrollY") == before


def test_a_board_that_gets_no_answer_says_since_when_it_stands(committed_world, signed_in_page):
    world = homeroom_days(committed_world)
    page = signed_in_page(world.users["reyes"])
    page.clock.install()
    page.goto("/district/board/")
    page.route("**/live/**", lambda route: route.fulfill(status=200, body="<p>Somebody else’s page</p>"))
    wait_for_the_next_question(page)
    expect(page.locator("#as-of")).to_have_text("not up to date since 10:00 am; it is tried again")
    page.unroute("**/live/**")
    take_day(world)
    wait_for_the_next_question(page)
    expect(page.locator("#as-of")).to_have_text("as of 10:00 am")
    expect(page.get_by_role("row", name="Lincoln High School")).to_contain_text("5 of 6")


def test_without_javascript_the_board_has_a_link_that_asks_anew(committed_world, signed_in_page):
    world = homeroom_days(committed_world)
    page = signed_in_page(world.users["okafor"], java_script_enabled=False)
    page.goto("/school/")
    take_day(world)
    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_role("link", name="Homeroom 3A, 12")).to_contain_text("Taken 8:00 am")


@pytest.mark.shows("district_board")
def test_the_boards_read_well_everywhere(school_day: World, camera):  # noqa: F811 - the fixture
    take(school_day, "2", day=TODAY)
    put_on_roster(add_student(school_day, "Yoon Min", "300000000", school_day.lincoln), school_day.sections["2"])
    void(school_day, "6", day=TODAY)
    camera.shoot("/district/board/", "district-board", school_day.users["reyes"])
    whitfield = school_day.users["whitfield"].pk
    camera.shoot(f"/school/?teacher={whitfield}", "school-one-teacher", school_day.users["reyes"])


def test_a_board_of_homerooms_reads_well_everywhere(committed_world, camera):
    world = homeroom_days(committed_world)
    camera.shoot("/school/", "school-homerooms", world.users["okafor"])
