"""A student's year in a real browser: walked by keys, a day opened beside it, and one sheet of paper."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.attendance.acts import open_both_schools, take
from tests.in_browser.conftest import PICTURES, SCREENSHOTS, assert_accessible, photograph
from tests.reporting.a_year import last_year, with_everything
from tests.world import YESTERDAY, World

pytestmark = pytest.mark.browser


@pytest.mark.shows("student")
def test_a_year_is_walked_by_keys_a_day_opens_beside_it_and_it_prints_on_one_sheet(
    committed_world: World, signed_in_page, camera
) -> None:
    world = committed_world
    open_both_schools(world)
    for period in ("1", "2", "3"):
        take(world, period, YESTERDAY, Castillo="absent")
    student, okafor = with_everything(world), world.users["okafor"]
    last_year(world)
    address = reverse("student", args=[student.pk])
    page = signed_in_page(okafor)
    page.goto(address)
    _walk(page, address)
    camera.shoot(address, "student", okafor)
    camera.shoot(f"{address}?year=2019", "student-earlier", okafor)
    for asked in ("", "?year=2019"):
        page.goto(address + asked)
        for paper in ("A4", "Letter"):
            assert _sheets(page, paper) == 1, f"more than one sheet of {paper}: {asked}"


def _walk(page: Page, address: str) -> None:
    """From the first day to the day before yesterday's weekday, and into the day and back."""
    year = page.locator("#year")
    year.get_by_role("link", name="Friday, October 23").focus()
    page.keyboard.press("ArrowRight")
    opener = year.get_by_role("link", name="Monday, October 26")
    expect(opener).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(year.get_by_role("link", name="Monday, October 19")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    head = year.get_by_role("heading", name="Monday, October 26, 2020")
    expect(head).to_be_focused()
    expect(year.get_by_role("region", name="The working of the day")).to_be_visible()
    photograph(page, "student-day-opened")
    assert_accessible(page)
    assert page.url.endswith(address)
    page.keyboard.press("Escape")
    expect(head).to_have_count(0)
    expect(opener).to_be_focused()


def _sheets(page: Page, paper: str) -> int:
    """So many pages the browser prints; each is one object of the file, and their tree another."""
    printed = page.pdf(format=paper, print_background=False)
    if PICTURES:
        (SCREENSHOTS / f"student-{paper}.pdf").write_bytes(printed)
    return printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") + printed.count(b"/Type /Page/")
