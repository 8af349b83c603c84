"""A homeroom's day in a browser. The clock stands at Tuesday 27 October 2020, 10:00."""

from datetime import time

import pytest
from playwright.sync_api import expect

from tests.attendance.homerooms import HOMEROOM, homeroom_days, late, marks_of, take_day
from tests.attendance.pages.test_homeroom import correct
from tests.world import TODAY, YESTERDAY, World

pytestmark = pytest.mark.browser


@pytest.fixture
def days(committed_world: World) -> World:
    return homeroom_days(committed_world)


def address(world: World, day=TODAY) -> str:
    return f"/homerooms/{world.sections[HOMEROOM].pk}/{day}/"


def test_a_homeroom_is_marked_for_the_whole_day_by_keyboard_alone(days, signed_in_page):
    page = signed_in_page(days.users["whitfield"])
    page.goto("/today/")
    page.get_by_role("link", name="Homeroom 3A").first.press("Enter")
    page.wait_for_url("**/homerooms/**")
    page.keyboard.press("a")  # Abara
    page.keyboard.press("j")  # past Baptiste
    # It is ten: a tardy takes the present minute, digits put another in its place.
    page.keyboard.press("t")  # Castillo
    page.keyboard.press("ArrowUp")
    page.keyboard.type("820")
    expect(page.get_by_text("20 min missed")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("1:00")
    expect(page.get_by_text("50 min missed")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("l")  # Delgado, who leaves now
    page.keyboard.press("r")
    expect(page.get_by_role("status").filter(has_text="unmarked")).to_contain_text("0")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/today/")
    expect(page.get_by_text("Homeroom 3A saved: 6 present, 1 tardy, 1 left early, 1 absent.")).to_be_visible()
    assert marks_of(days, "Abara") == [("absent", 0)] * 5
    assert marks_of(days, "Castillo") == [("tardy", 35), *[("present", 55)] * 3, ("left_early", 25)]
    assert marks_of(days, "Delgado") == [("present", 55), ("left_early", 55), *[("absent", 0)] * 3]
    assert marks_of(days, "Baptiste") == [("present", 55)] * 5


def test_the_remaining_are_present_but_not_a_child_whom_a_class_says_absent(days, signed_in_page):
    correct(days, 0, "Hollis")
    page = signed_in_page(days.users["whitfield"], viewport={"width": 360, "height": 740})
    page.goto(address(days))
    page.get_by_role("button", name="Mark the remaining present").click()
    hollis = page.get_by_role("group", name="Hollis, Wade")
    expect(page.get_by_role("status").filter(has_text="unmarked")).to_contain_text("1")
    expect(hollis.get_by_label("Present")).to_be_focused()
    hollis.get_by_label("Tardy").check()
    page.get_by_label("Came at: Hollis, Wade").fill("9:10")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/today/")
    assert marks_of(days, "Hollis")[:2] == [("absent", 0), ("tardy", 45)]


@pytest.mark.shows("homeroom")
def test_a_homeroom_reads_well_everywhere(days, camera):
    teacher = days.users["whitfield"]
    take_day(days, YESTERDAY, Hollis="absent")
    take_day(days, YESTERDAY, reason="Dentist", Hollis="absent", Delgado=late(days, "Delgado", None, time(11, 45)))
    correct(days, 1, "Grant", YESTERDAY)
    camera.shoot("/today/", "today-homeroom", teacher)
    camera.shoot(address(days), "homeroom", teacher, prepare=_mark_some)
    camera.shoot(address(days, YESTERDAY), "homeroom-corrected", teacher, prepare=_open_history)


def _mark_some(page) -> None:
    for name, status, came, left in [
        ("Castillo, Mateo", "Tardy", "8:20", "1:00"),
        ("Grant, Tasha", "Tardy", "9:10", ""),
        ("Hollis, Wade", "Left early", "", "11:45"),
        ("Fleurimond, Jean", "Absent", "", ""),
    ]:
        page.get_by_role("group", name=name).get_by_label(status).check()
        if came:
            page.get_by_label(f"Came at: {name}").fill(came)
        if left:
            page.get_by_label(f"Left at: {name}").fill(left)


def _open_history(page) -> None:
    page.get_by_text("corrections").click()
