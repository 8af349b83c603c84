"""The front office in a real browser: the desk by keyboard alone, and its pages in every size."""

from datetime import time, timedelta

import pytest

from attendance.models import OfficeEvent
from students.models import Guardian, GuardianLink
from tests.attendance.acts import open_both_schools, take
from tests.attendance.office.deeds import enter
from tests.world import TODAY, YEAR_STARTS, World

pytestmark = pytest.mark.browser


def test_a_student_is_signed_in_by_keyboard_alone(committed_world: World, signed_in_page) -> None:
    world = open_both_schools(committed_world)
    page = signed_in_page(world.users["mayfield"])
    page.goto("/office/")
    page.keyboard.type("hol")
    # Found while typing, the fingers still on the name; Enter goes to the first one, and Enter again signs in.
    page.wait_for_selector(".desk-row")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.name === 'sign_in'")
    page.keyboard.press("Enter")
    page.wait_for_selector(".office-entry")
    assert "Hollis, Wade" in page.inner_text(".office-list")
    assert page.evaluate("document.activeElement.id") == "words"
    assert OfficeEvent.objects.get().kind == "sign_in"


@pytest.mark.shows(
    "office", "office_calls", "office_disagreements", "office_enter", "office_entry", "section_paper", "visits"
)
def test_the_offices_pages_read_well_everywhere(committed_world: World, camera) -> None:
    world = open_both_schools(committed_world)
    clerk = world.users["mayfield"]
    take(world, "1", day=TODAY, Hollis="absent", Grant="absent", Fleurimond="absent")
    mother = Guardian.objects.create(given_name="Marie", family_name="Fleurimond", phone="601-555-0101", language="ht")
    link = {"relationship": "mother", "may_contact": True, "starts_on": YEAR_STARTS, "contact_order": 1}
    GuardianLink.objects.create(guardian=mother, student=world.students["Fleurimond"], **link)
    enter(world, "sign_in", "Abara", starts=time(9, 10))
    bus = enter(world, "sign_in", "Baptiste", "Castillo", "Delgado", "Grant", starts=time(8, 25), note="Bus 12")
    enter(world, "activity", "Hollis", starts=time(10), ends=time(14), shown_as="Band trip", last=TODAY)
    enter(world, "suspension", "Nguyen", last=TODAY + timedelta(days=2))

    def search(page) -> None:
        page.fill("#words", "a")
        page.press("#words", "Enter")
        page.wait_for_selector(".desk-row")

    def listing(page) -> None:
        page.check("#id_everybody")
        page.click("button[name=choose]")
        page.wait_for_selector(".ticked")

    camera.shoot("/office/", "office", clerk, search)
    camera.shoot("/office/enter/?kind=sign_in", "office-enter", clerk, listing)
    camera.shoot(f"/office/entries/{bus.entry.pk}/", "office-entry", clerk)
    enter(world, "nurse", "Abara", starts=time(9, 30), ends=time(9, 45))
    camera.shoot("/visits/", "visits", world.users["tran"], search)
    camera.shoot("/office/calls/", "office-calls", clerk)
    camera.shoot("/office/disagreements/", "office-disagreements", clerk)
    camera.shoot(f"/sections/{world.sections['1'].pk}/paper/", "paper", clerk)
