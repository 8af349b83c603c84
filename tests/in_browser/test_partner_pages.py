"""A student is referred from the case in a real browser: partner, legal basis, the least that is told, the sheet."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from interventions.models import Disclosure, Referral
from tests.interventions.referral_acts import a_case, a_mother, a_partner, disengaged, referred
from tests.world import TODAY, World

pytestmark = pytest.mark.browser


def directory(world: World) -> None:
    """Partners of several kinds."""
    words = {"offers": "Mentors and homework help after school, in the church hall and at home.", "languages": ["es"]}
    youth = a_partner(world, phone="601 555 0100", contact_person="Marlene Ortiz", **words)
    youth.schools.set([world.lincoln])
    a_partner(world, "mental_health", "Mental Health Services", is_district_unit=True, phone="601 555 0110")
    a_partner(world, "housing", "Magnolia Housing Authority", phone="601 555 0120")
    a_partner(world, "mentor", "Ida Cole", languages=["en", "ht"])
    a_partner(world, "internship", "Pearl River Boat Works").schools.set([world.washington])


@pytest.mark.shows("partners", "refer_student", "referral", "referrals")
def test_a_student_is_referred_from_the_case_and_the_sheet_tells_the_least(
    committed_world: World, signed_in_page, camera
) -> None:
    world = committed_world
    directory(world)
    case = a_case(world)
    a_mother(world)
    page: Page = signed_in_page(world.users["osei"])
    page.goto(f"/cases/{case.pk}/")
    page.get_by_role("link", name="Refer to a partner").click()
    page.get_by_label("Partner", exact=True).select_option(label="Magnolia Housing Authority (Housing authority)")
    page.get_by_label("Health or safety emergency").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("never because of a count of absences")).to_be_visible()
    page.get_by_label("Partner", exact=True).select_option(label="Delta Youth (Community organization)")
    page.get_by_role("radio", name="Consent").check()
    page.get_by_role("button", name="Choose again").click()
    page.get_by_label("Consent given on").fill(TODAY.isoformat())
    page.get_by_label("Given by").select_option(label="Parent or guardian")
    page.get_by_label("Name of who gave it").fill("Ngozi Abara")
    page.get_by_label("What the partner is asked to do").fill("Find a mentor for the afternoons")
    page.get_by_label("Why you refer the student").fill("Seven absences; nobody at home before five.")
    page.get_by_role("button", name="Refer the student").click()
    expect(page.get_by_text("what Delta Youth is told is in the log")).to_be_visible()
    page.get_by_role("button", name="Make the sheet for the partner").click()
    expect(page.get_by_text("601 555 0142")).to_be_visible()
    expect(page.get_by_text("Seven absences")).to_be_hidden()
    made = Referral.objects.get()
    assert (made.shared, Disclosure.objects.count()) == (["name", "grade", "school", "contact"], 2)
    Referral.objects.filter(pk=made.pk).update(answer_due_on=TODAY - timedelta(days=1))
    disengaged(world, "Grant")
    lost = a_case(world, "Grant", tier=3, is_unlocated=True)
    housing = a_partner(world, "municipality", "City of Magnolia")
    referred(world, lost, housing, basis="emergency", shared=["name", "contact"], request="Look at the last address")
    osei, reyes = world.users["osei"], world.users["reyes"]
    camera.shoot("/partners/", "partners", reyes)
    camera.shoot("/referrals/", "referrals", osei)
    camera.shoot(f"/referrals/{made.pk}/", "referral", osei)
    camera.shoot(f"/cases/{lost.pk}/refer/?partner={made.partner_id}&basis=consent", "refer", osei)


@pytest.mark.shows("case", "edit_partner", "partner", "referral_sheet")
def test_the_rest_of_the_pages_of_partners_can_be_used_by_everybody(committed_world: World, camera) -> None:
    world = committed_world
    directory(world)
    a_mother(world)
    made = referred(world, a_case(world), a_partner(world, name="Magnolia Reads"))

    def print_it(page: Page) -> None:
        page.get_by_role("button", name="Make the sheet for the partner").click()

    camera.shoot(f"/partners/{made.partner_id}/change/", "partner-form", world.users["reyes"])
    camera.shoot(f"/partners/{made.partner_id}/", "partner", world.users["reyes"])
    camera.shoot(f"/referrals/{made.pk}/", "referral-sheet", world.users["osei"], print_it)
    camera.shoot(f"/cases/{made.case_id}/", "case-referred", world.users["osei"])
