"""A class's week in own time in a real browser: by keyboard alone, and its pictures."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.models import DayReview
from tests.attendance.acts import open_both_schools
from tests.attendance.modes.ways import MONDAY, TUESDAY, engaged, instant, on_file, taught
from tests.world import World

pytestmark = pytest.mark.browser


def home(world: World) -> str:
    """Abara and Castillo online, Delgado with packets, Grant to be confirmed; the address of their week."""
    open_both_schools(world)
    for name, mode in (("Abara", "async_online"), ("Castillo", "async_online"), ("Delgado", "offline_packets")):
        taught(world, name, mode)
    taught(world, "Grant", "sync_online", reason="quarantine", starts_on=MONDAY, ends_on=date(2020, 10, 22))
    on_file(world, "Castillo")
    engaged(world, "Abara", instant(TUESDAY, 21, 14), minutes=25)
    engaged(world, "Abara", instant(TUESDAY, 21, 20), "work", work_of=MONDAY)
    engaged(world, "Castillo", instant(MONDAY, 10), "lms_login")
    return reverse("section_week", args=[world.sections["1"].pk, MONDAY])


@pytest.mark.shows("section_week")
def test_a_week_is_entered_by_keyboard_alone(committed_world: World, signed_in_page, camera) -> None:
    address = home(committed_world)
    teacher = committed_world.users["whitfield"]
    camera.shoot(address, "week", teacher)
    page = signed_in_page(teacher, viewport={"width": 1280, "height": 900})
    page.goto(address)
    abara = committed_world.students["Abara"].pk
    # Monday is the first blank day and has the focus; Tuesday is filled in from the LMS and goes unasked.
    for key in ("n", "ArrowRight", "c", "n", "Control+Enter"):
        page.keyboard.press(key)
    page.wait_for_url(address)
    page.get_by_text("days entered").wait_for()
    said = dict(DayReview.objects.filter(student=abara).order_by("date").values_list("date", "measure"))
    assert [said[day] for day in sorted(said)] == ["", "lms_activity", "contact", ""]
