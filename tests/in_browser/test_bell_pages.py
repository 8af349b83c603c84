"""Bells: the schedules of a school, a copy for an assembly, its times changed, and the day it rings on."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from attendance.models import BellSchedule, CalendarDay, Period
from tests.attendance.acts import open_both_schools, take
from tests.world import TODAY, YESTERDAY, World

pytestmark = pytest.mark.browser


@pytest.fixture
def school_day(committed_world: World) -> World:
    """Two lunches by grade on other bells, and yesterday's first class taken."""
    world = open_both_schools(committed_world)
    take(world, "1", Hollis="absent")
    two = BellSchedule.objects.create(school=world.lincoln, name="Two lunches")
    rows = [
        ("1", "class", "08:00", "10:40", []),
        ("Lunch", "lunch", "10:40", "11:10", ["09", "10"]),
        ("2", "class", "11:15", "12:40", ["09", "10"]),
        ("2", "class", "10:45", "12:10", []),
        ("Lunch", "lunch", "12:10", "12:40", []),
    ]
    for name, kind, starts, ends, grades in rows:
        Period.objects.create(bell_schedule=two, name=name, kind=kind, starts_at=starts, ends_at=ends, grades=grades)
    return world


@pytest.mark.shows("bell_schedule", "bells", "change_bells", "ring_on_day")
def test_an_assembly_is_copied_changed_and_rung_on_one_day(school_day: World, signed_in_page, camera) -> None:
    okafor = school_day.users["okafor"]
    regular = school_day.lincoln.bell_schedules.get(name="Regular")
    page = signed_in_page(okafor, java_script_enabled=False)
    page.goto(reverse("bells"))
    page.get_by_role("link", name="Regular", exact=True).click()
    page.get_by_label("Name of the new bells").fill("Assembly")
    page.get_by_role("button", name="Copy these bells").click()
    expect(page.get_by_text("No day rings by it yet.")).to_be_visible()
    page.locator("[name=row-4-ends_at]").fill("12:20")
    page.get_by_label("Why?").fill("Veterans’ assembly at noon")
    page.get_by_role("button", name="See what it changes").click()
    expect(page.get_by_text("nobody’s attendance hangs on it")).to_be_visible()
    page.get_by_role("button", name="Save these bells").click()
    page.get_by_role("link", name="Ring them on one day").click()
    page.get_by_label("Day", exact=True).fill(TODAY.isoformat())
    page.get_by_label("Why?").fill("Assembly")
    page.get_by_role("button", name="See what it changes").click()
    expect(page.get_by_text("days of students are judged anew")).to_be_visible()
    page.get_by_role("button", name="Ring them on this day").click()
    expect(page.get_by_text("rings by “Assembly”")).to_be_visible()
    assembly = BellSchedule.objects.get(name="Assembly")
    assert CalendarDay.objects.get(school=school_day.lincoln, date=TODAY).bell_schedule == assembly
    camera.shoot(reverse("bells"), "bells", okafor)
    camera.shoot(reverse("bell_schedule", args=[assembly.pk]), "bell-schedule", okafor)
    camera.shoot(reverse("bell_schedule", args=[regular.pk]), "bell-schedule-imported", okafor)
    camera.shoot(reverse("change_bells", args=[assembly.pk]), "bell-change", okafor, prepare=_look)
    camera.shoot(reverse("ring_on_day", args=[assembly.pk]), "bell-day", okafor, prepare=_look_at_yesterday)


def _look(page) -> None:
    page.locator("[name=row-0-ends_at]").fill("08:40")
    page.get_by_label("Why?").fill("A later assembly")
    page.get_by_role("button", name="See what it changes").click()
    page.get_by_role("heading", name="What this changes").wait_for()


def _look_at_yesterday(page) -> None:
    page.get_by_label("Day", exact=True).fill(YESTERDAY.isoformat())
    page.get_by_label("Why?").fill("It rang so")
    page.get_by_role("button", name="See what it changes").click()
    page.get_by_role("heading", name="What this changes").wait_for()
