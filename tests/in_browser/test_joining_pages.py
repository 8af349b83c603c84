"""Inviting and joining, in a browser."""

import pytest
from playwright.sync_api import Page, expect

from students.services.family_accounts import change_address
from tests.families import family_of, guardian_of

pytestmark = pytest.mark.browser


def _make_letters(page: Page) -> None:
    page.get_by_role("button", name="Make").click()
    expect(page.locator(".letter").first).to_be_visible()


@pytest.mark.shows("confirm_address", "family_account", "family_account_end", "invitations", "join", "student_families")
def test_the_pages_of_joining_read_well_everywhere(committed_world, camera):
    world = committed_world
    scope = family_of(world, "Ana", "Abara")
    world.users["ana"].set_password("tardy slips and chalk")
    world.users["ana"].source_id = None
    world.users["ana"].save()
    change_address(scope, "new@family.example", "tardy slips and chalk")
    mother = guardian_of(world, "Rosa", "Abara")
    mother.language, mother.email = "ht", "rosa@family.example"
    mother.save()
    student = world.students["Abara"].pk
    camera.shoot("/join/", "join")
    camera.shoot("/join/", "join-further", world.users["ana"])
    camera.shoot("/join/address/x/", "join-address")
    camera.shoot("/family/account/", "family-account", world.users["ana"])
    camera.shoot("/family/account/end/", "family-account-end", world.users["ana"])
    camera.shoot(f"/students/{student}/families/", "student-families", world.users["okafor"])
    camera.shoot("/invitations/", "invitations", world.users["okafor"])
    camera.shoot(
        f"/invitations/?again=1&school={world.lincoln.pk}", "letters", world.users["okafor"], prepare=_make_letters
    )


def test_a_mother_reads_the_letter_chooses_her_language_and_joins_by_keyboard(committed_world, signed_in_page):
    world = committed_world
    guardian_of(world, "Rosa", "Abara")
    office = signed_in_page(world.users["okafor"])
    office.goto(f"/students/{world.students['Abara'].pk}/families/")
    office.get_by_role("button", name="Make a letter to print").click()
    code = office.locator(".letter-code").inner_text()
    page = signed_in_page()
    page.goto("/join/")
    page.get_by_role("button", name="Español").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_label("Código de la carta").fill(code.lower())
    page.get_by_label("Su correo electrónico").fill("rosa@family.example")
    page.get_by_label("Una contraseña nueva").fill("tizas y campanas")
    page.keyboard.press("Enter")
    page.wait_for_url("**/family/**")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "es")
