"""The weeks of own-time classes in a browser: work given, talks, what waits, and who completed the week."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from attendance.models import Assignment, Interaction
from attendance.services.assignments import withdraw_work
from tests.attendance.modes.weeks import LAST_WEEK, MONDAY, THIS_MONDAY, give, in_own_time, reviewed, talk
from tests.in_browser.conftest import SIZES, assert_accessible, photograph
from tests.world import World, at

pytestmark = pytest.mark.browser
OF_A_SECTION = ["section_assignments", "packet_sheets", "section_interactions", "week_report"]


@pytest.fixture
def weeks(committed_world: World) -> World:
    world = in_own_time(committed_world, "Abara", "Castillo", "Grant")
    give(world, minutes=dict.fromkeys(LAST_WEEK, 40), title="Packet 3, pages 12 to 15")
    give(world, minutes={MONDAY: 15}, title="Reading: the chapter on slopes")
    give(world, minutes={MONDAY: 20}, title="Poster")
    withdraw_work(world.scope("whitfield"), Assignment.objects.get(title="Poster").pk, reason="No paper")
    talk(world, "Abara", "Grant", kind="group", minutes=20, note="How the packet works")
    talk(world, "Castillo", kind="unanswered")
    for period in "123":
        reviewed(world, "Abara", period, entered=at(8))
    reviewed(world, "Grant", "1", minutes=10, entered=at(8, day=THIS_MONDAY))
    return world


@pytest.mark.shows(
    "district_entry",
    "packet_sheets",
    "school_entry",
    "school_week",
    "school_weekly",
    "section_assignments",
    "section_interactions",
    "student_interactions",
    "week_report",
    "weekly",
)
def test_the_weekly_pages_read_well_on_a_phone_and_in_the_dark(weeks: World, signed_in_page) -> None:
    """Each page once in each: no wider than the screen, and AA."""
    section, talks = weeks.sections["1"].pk, [weeks.students["Castillo"].pk]
    asked = {
        "whitfield": {
            **{name: reverse(name, args=[section, MONDAY]) for name in OF_A_SECTION},
            "weekly": reverse("weekly"),
        },
        "reyes": {
            "school_weekly": reverse("school_weekly"),
            "school_week": reverse("school_week", args=[MONDAY]),
            "school_entry": reverse("school_entry"),
            "district_entry": reverse("district_entry"),
            "student_interactions": reverse("student_interactions", args=talks),
        },
    }
    too_wide = []
    for who, pages in asked.items():
        for size, scheme in (("phone", "light"), ("laptop", "dark")):
            width, height = SIZES[size]
            page = signed_in_page(weeks.users[who], viewport={"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            for name, path in pages.items():
                page.goto(path)
                photograph(page, f"{name}-{size}-{scheme}")
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    too_wide.append(f"{name} on a {size}")
                if size == "phone":
                    assert_accessible(page)
    assert too_wide == []


def test_RD24_a_group_is_logged_by_ticking_who_was_there_without_javascript(weeks: World, signed_in_page) -> None:
    page = signed_in_page(weeks.users["whitfield"], java_script_enabled=False)
    page.goto(reverse("section_interactions", args=[weeks.sections["2"].pk, MONDAY]))
    page.get_by_label("How you talked").select_option("group")
    page.get_by_label("Day").fill("2020-10-22")
    for name in ("Abara, Chidi", "Castillo, Mateo", "Grant, Tasha"):
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Log the talk").click()
    expect(page.get_by_text("A talk with 3 students is logged.")).to_be_visible()
    expect(page.get_by_text("Every student in own time had a talk this week.")).to_be_visible()
    assert Interaction.objects.filter(section=weeks.sections["2"]).count() == 3
