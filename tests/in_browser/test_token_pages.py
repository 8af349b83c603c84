"""Tokens for programs, in a browser."""

import pytest
from playwright.sync_api import expect

from students.rules.token_scopes import ATTENDANCE_READ, ATTENDANCE_WRITE, ROSTERS_READ
from students.services.api_tokens import make_token, revoke_token

pytestmark = pytest.mark.browser


def test_somebody_makes_a_token_copies_it_and_revokes_it(committed_world, signed_in_page):
    teacher = committed_world.users["whitfield"]
    teacher.set_password("a long enough phrase")
    teacher.save()
    page = signed_in_page(teacher)
    page.goto("/accounts/password/change/")
    page.get_by_role("link", name="Tokens for programs").click()
    page.get_by_label("Which program uses it?").fill("Grade book")
    page.get_by_label("Read attendance").check()
    page.get_by_label("For how long?").select_option("A year")
    page.get_by_role("button", name="Make the token").click()
    assert page.locator("code.secret").inner_text().startswith("firstbell_")
    page.get_by_role("button", name="Revoke Grade book").click()
    page.get_by_text("is revoked. No program gets in with it any more.").wait_for()
    expect(page.get_by_role("button", name="Revoke Grade book")).to_have_count(0)


@pytest.mark.shows("all_tokens", "api_reference", "tokens")
def test_the_pages_of_tokens_read_well_everywhere(committed_world, camera):
    scope = committed_world.scope("reyes")
    make_token(scope, name="Nightly copy to the data warehouse", scopes=[ROSTERS_READ, ATTENDANCE_READ], days=90)
    old = make_token(scope, name="Old script", scopes=[ROSTERS_READ, ATTENDANCE_WRITE], days=30).token
    revoke_token(scope, old.pk)

    def make_one(page):
        page.get_by_label("Which program uses it?").fill(f"Grade book {page.viewport_size['width']}")
        page.get_by_label("Read rosters").check()
        page.get_by_role("button", name="Make the token").click()
        page.locator("code.secret").wait_for()

    reyes = committed_world.users["reyes"]
    camera.shoot("/account/tokens/", "tokens", reyes)
    camera.shoot("/account/tokens/", "token-made", reyes, prepare=make_one)
    camera.shoot("/system/tokens/", "tokens-of-all", reyes)
    camera.shoot("/account/programs/", "what-programs-can-ask", reyes)
