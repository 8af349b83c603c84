"""Whether the calendar is lawful, waived days and planning time, in a real browser."""

from datetime import date, time

import pytest
from playwright.sync_api import Page, expect

from attendance.models import AttendancePolicy, CalendarDay
from attendance.services.staff_hours import set_staff_hours
from tests.world import YEAR_STARTS, World

pytestmark = pytest.mark.browser

LOST = (date(2020, 10, 29), date(2020, 10, 30))


def _adopt_and_waive(page: Page, world: World) -> None:
    """As the district does it: the calendar that was adopted, then a day of it that was lost."""
    page.goto(f"/calendars/adopted/?school={world.lincoln.pk}")
    page.get_by_label("Adopted on").fill("2020-07-13")
    page.get_by_label("By which decision").fill("Minutes of the board, July 13, item 7")
    page.get_by_role("button", name="Keep as adopted").click()
    page.get_by_text("The calendar of 1 school is kept.").wait_for()
    page.goto(f"/calendars/waivers/?school={world.lincoln.pk}")
    page.get_by_label("Thu, Oct 29").check()
    page.get_by_label("Document", exact=True).fill("Health order 12 of October 28")
    page.get_by_label("Where it is kept").fill("District office, binder 3")
    page.get_by_role("button", name="Waive these days").click()
    page.get_by_text("1 day is waived.").wait_for()


@pytest.mark.shows("waivers")
def test_a_lost_day_is_waived_against_the_adopted_calendar_and_the_page_says_what_is_left(
    committed_world: World, signed_in_page, camera
) -> None:
    world = committed_world
    AttendancePolicy.objects.update(instructional_days=15)
    CalendarDay.objects.filter(school=world.lincoln, date__in=LOST).update(
        event_type="ED", name="Quarantine", day_kind="", bell_schedule=None
    )
    CalendarDay.objects.filter(school=world.lincoln, date=date(2020, 11, 3)).update(dismissal_time=time(11))
    reyes = world.users["reyes"]
    page = signed_in_page(reyes, java_script_enabled=False)
    _adopt_and_waive(page, world)
    page.goto(f"/calendars/?school={world.lincoln.pk}")
    expect(page.get_by_text("adopted, neither held nor waived: Oct 30")).to_be_visible()
    camera.shoot("/calendars/", "calendar-law-all", reyes)
    camera.shoot(f"/calendars/waivers/?school={world.lincoln.pk}", "waivers", reyes)


@pytest.mark.shows("planning")
def test_planning_time_is_legible_everywhere(committed_world: World, camera) -> None:
    world = committed_world
    scope = world.scope("okafor")
    hours = {"starts_on": YEAR_STARTS, "starts_at": time(7, 45), "ends_at": time(14, 45)}
    set_staff_hours(scope, world.lincoln.pk, **hours)
    camera.shoot("/calendars/planning/", "planning", world.users["okafor"])
