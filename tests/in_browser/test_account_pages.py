"""Signing in, in a browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.shows("account_login", "account_reset_password", "account_reset_password_done", "account_signup")
def test_the_pages_before_signing_in_read_well_everywhere(committed_world, camera):
    camera.shoot("/accounts/login/", "login")
    camera.shoot("/accounts/password/reset/", "password-reset")
    camera.shoot("/accounts/password/reset/done/", "password-reset-done")
    camera.shoot("/accounts/signup/", "signup-closed")
    camera.shoot("/nowhere/", "not-found")


def test_a_teacher_signs_in_and_out_again(committed_world, signed_in_page):
    teacher = committed_world.users["whitfield"]
    teacher.set_password("a long enough phrase")
    teacher.save()
    page = signed_in_page()
    page.goto("/accounts/login/")
    page.get_by_label("User name or e-mail").fill("whitfield@magnolia.example")
    page.get_by_label("Password").fill("a long enough phrase")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Needs doing now")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
