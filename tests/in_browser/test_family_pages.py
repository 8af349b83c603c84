"""Families' pages on a phone and a laptop, light and dark, in all three languages."""

from datetime import date, time

import pytest
from playwright.sync_api import expect

from attendance.models import Mode, ModeAssignment
from attendance.services.ledger import rebuild
from attendance.services.marking import MarkEntry
from students.models import User
from tests.attendance.acts import excuse, open_both_schools, take
from tests.families import family_of
from tests.in_browser.conftest import Camera
from tests.world import TODAY, YESTERDAY, World

pytestmark = pytest.mark.browser
FRIDAY, THURSDAY = date(2020, 10, 23), date(2020, 10, 22)


@pytest.fixture
def family(committed_world: World) -> World:
    """Ana's children: Chidi, of whom there is much to tell, and Mateo."""
    world = open_both_schools(committed_world)
    chidi = world.students["Abara"]
    ModeAssignment.objects.create(
        student=chidi, mode=Mode.SYNC_ONLINE, weekdays=[2, 4], starts_on=date(2020, 10, 1), ends_on=date(2020, 11, 30)
    )
    ModeAssignment.objects.create(student=chidi, mode=Mode.OFFLINE_PACKETS, weekdays=[3], starts_on=date(2020, 10, 29))
    for period in "123456":
        take(world, period, THURSDAY, Abara="absent")
        take(world, period, FRIDAY, Abara="absent")
        take(world, period, YESTERDAY, Abara=MarkEntry(chidi.pk, "tardy", minutes=40) if period == "1" else "present")
    excuse(world, "Abara", THURSDAY)
    take(world, "1", TODAY, Abara=MarkEntry(chidi.pk, "tardy", arrived_at=time(8, 12)))
    take(world, "2", TODAY)
    rebuild(world.installation)
    family_of(world, "Ana", "Abara", "Castillo")
    return world


@pytest.mark.shows("family", "family_day", "family_month", "family_plan", "family_today", "family_year")
def test_the_pages_of_a_family_are_whole_on_a_phone_and_a_laptop(family: World, camera: Camera) -> None:
    child = family.students["Abara"].pk
    pages = {
        "children": "/family/",
        "today": f"/family/{child}/",
        "month": f"/family/{child}/month/",
        "year": f"/family/{child}/year/",
        "day": f"/family/{child}/days/{THURSDAY}/",
        "plan": f"/family/{child}/plan/",
    }
    for name, path in pages.items():
        camera.shoot(path, f"family-{name}-en", family.users["ana"])
    for language, name in [("es", "today"), ("ht", "year")]:
        User.objects.filter(username="ana").update(language=language)
        camera.shoot(pages[name], f"family-{name}-{language}", family.users["ana"])


def test_MD02_today_moves_by_itself_while_a_class_is_taken(committed_world: World, signed_in_page) -> None:
    world = open_both_schools(committed_world)
    family_of(world, "Ana", "Abara")
    chidi = world.students["Abara"].pk
    page = signed_in_page(world.users["ana"])
    page.goto(f"/family/{chidi}/")
    expect(page.get_by_text("not taken yet", exact=True)).to_have_count(3)
    take(world, "1", TODAY, Abara=MarkEntry(chidi, "tardy", arrived_at=time(8, 12)))
    # What it does each minute.
    page.evaluate("document.getElementById('live').dispatchEvent(new Event('ask'))")
    expect(page.get_by_text("late, came at 8:12 a.m.")).to_be_visible()
    expect(page.get_by_text("Not decided yet", exact=True)).to_be_visible()
    expect(page.locator("#as-of")).to_have_text("as of 10:00 a.m.")
