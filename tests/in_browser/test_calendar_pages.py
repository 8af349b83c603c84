"""The district administrator changes a day of the calendar, in a real browser."""

from datetime import time

import pytest
from playwright.sync_api import Page, expect

from attendance.demo.calendar import days
from attendance.models import BellSchedule, CalendarDay
from tests.attendance.acts import open_both_schools, take
from tests.world import PERIODS, TODAY, YESTERDAY, World

pytestmark = pytest.mark.browser


def _whole_year(world: World) -> None:
    """The demo's year instead of the three weeks of the cast's."""
    CalendarDay.objects.all().delete()
    for school in (world.lincoln, world.washington):
        regular = BellSchedule.objects.get(school=school)
        CalendarDay.objects.bulk_create(
            CalendarDay(
                school=school,
                date=day.date,
                event_type=day.event_type,
                name=day.name,
                day_kind=day.day_kind,
                bell_schedule=regular if day.in_session else None,
                dismissal_time=time(13) if day.event_type == "LAED" else None,
                reporting_month=day.reporting_month,
            )
            for day in days()
        )
    CalendarDay.objects.filter(school=world.lincoln, date="2020-10-29").update(
        event_type="LAED", dismissal_time=time(10), name="Boiler"
    )


def _choose_emergency(page: Page) -> None:
    page.get_by_label("What the day is").select_option("Emergency day")
    page.get_by_label("Name").fill("Ice storm")
    page.get_by_role("button", name="Show what this changes").click()
    page.get_by_role("heading", name="What this changes").wait_for()


@pytest.mark.shows("calendar_day", "calendar_month", "calendars", "reporting_months")
def test_the_calendars_are_legible_everywhere(committed_world: World, camera) -> None:
    world = committed_world
    _whole_year(world)
    open_both_schools(world)
    for period in PERIODS:
        take(world, period, Abara="absent")
    district = world.users["reyes"]
    camera.shoot("/calendars/", "calendars-all", district)
    camera.shoot(f"/calendars/?school={world.lincoln.pk}", "calendars-one", district)
    camera.shoot("/calendars/months/2020-10-01/", "calendar-month", district)
    camera.shoot(f"/calendars/days/{YESTERDAY}/", "calendar-day", district, _choose_emergency)
    camera.shoot(f"/calendars/days/{TODAY}/", "calendar-day-read", world.users["okafor"])
    camera.shoot("/calendars/reporting-months/", "reporting-months", district)


def test_a_day_is_called_off_after_a_look_at_what_that_does(committed_world: World, signed_in_page) -> None:
    world = open_both_schools(committed_world)
    take(world, "1")
    page = signed_in_page(world.users["reyes"])
    page.goto(f"/calendars/?school={world.lincoln.pk}")
    page.get_by_role("link", name="Monday, October 26").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url("**/calendars/days/2020-10-26/**")
    page.get_by_label("Washington High School").uncheck()
    _choose_emergency(page)
    expect(page.get_by_text("1 class was taken on a day that is no longer in session")).to_be_visible()
    page.get_by_label("Why the calendar is changed").fill("Roads are iced over")
    page.get_by_label("Yes, these classes shall count for nobody").check()
    page.get_by_role("button", name="Save this change").click()
    page.get_by_text("1 day of the calendar is changed.").wait_for()
    expect(page.get_by_text("Emergency day (Ice storm)")).to_be_visible()
    page.get_by_role("link", name="Mon 26").click()
    page.get_by_text("Roads are iced over").wait_for()
    assert CalendarDay.objects.get(school=world.lincoln, date=YESTERDAY).event_type == "ED"
    assert CalendarDay.objects.get(school=world.washington, date=YESTERDAY).event_type == "IN"


def test_without_a_script_the_preview_is_a_page(committed_world: World, signed_in_page) -> None:
    world = open_both_schools(committed_world)
    page = signed_in_page(world.users["reyes"], java_script_enabled=False)
    page.goto(f"/calendars/days/{YESTERDAY}/?school={world.lincoln.pk}")
    _choose_emergency(page)
    page.get_by_label("Why the calendar is changed").fill("Roads are iced over")
    page.get_by_role("button", name="Save this change").click()
    expect(page.get_by_text("1 day of the calendar is changed.")).to_be_visible()
