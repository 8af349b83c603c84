"""The counselor's queue in a real browser: from the queue to a logged call, by keyboard and in two clicks."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from interventions.models import Case, Contact, StepState
from tests.interventions.care import guardian, open_case, stand, step, tried
from tests.world import NOW, TODAY, YESTERDAY, World

pytestmark = pytest.mark.browser


def fill(world: World) -> None:
    osei, okafor = world.users["osei"], world.users["okafor"]
    late = open_case(world, "Abara", 2, owner=osei, opened_on=TODAY - timedelta(days=20))
    step(late, due=-4, words="Call the family in person")
    step(late, "visit", due=-1, words="Visit the home")
    step(open_case(world, "Grant", 1), due=0, words="Call the family in person")
    lost = open_case(world, "Hollis", 3, owner=okafor, is_unlocated=True)
    step(lost, "agency", due=2, words="Ask the municipality to help to locate the student")
    quiet = open_case(world, "Fleurimond", 1, owner=osei)
    step(quiet, "incentive", due=9, words="Agree on an incentive", owner=okafor)
    step(quiet, due=-9, state=StepState.DONE, ended_at=NOW, ended_by=osei)
    for name, absences in [("Abara", 8), ("Grant", 5), ("Hollis", 14), ("Fleurimond", 5)]:
        criteria = [{"sign": "weeks"}] if name == "Hollis" else []
        stand(world, name, absences=absences, criteria=criteria, tardies=absences)
    tried(world, "Abara", TODAY - timedelta(days=17))
    tried(world, "Fleurimond", YESTERDAY, "reached")
    guardian(world, "Abara", contact_order=1)
    guardian(world, "Abara", relationship="aunt", contact_order=2)


def test_a_call_is_logged_from_the_queue_in_two_clicks_and_by_keyboard(committed_world: World, signed_in_page) -> None:
    fill(committed_world)
    page = signed_in_page(committed_world.users["osei"])
    page.goto("/queue/")
    abara = page.locator(".case", has_text="Abara, Chidi")
    abara.get_by_role("link", name="Log call").click()
    abara.get_by_role("button", name="Left a message").click()
    expect(abara).to_contain_text("Oct 27, call: left a message")
    expect(page.locator("#queue-said")).to_have_text("Kept: left a message.")
    expect(page.get_by_role("link", name="Abara, Chidi", exact=True)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("c")
    hollis = page.locator(".case", has_text="Hollis, Wade")
    expect(hollis.get_by_role("button", name="Reached")).to_be_focused()
    page.keyboard.press("Escape")
    expect(hollis.get_by_role("button", name="Reached")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    grant = page.locator(".case", has_text="Grant, Tasha")
    expect(grant.get_by_role("button", name="Reached")).to_be_focused()
    page.keyboard.press("Enter")
    expect(grant).to_contain_text("Oct 27, call: reached")
    expect(page.get_by_role("link", name="Grant, Tasha", exact=True)).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("#chosen-count")).to_have_text("(1)")
    page.select_option("#new-owner", label="Grace Okafor")
    page.get_by_role("button", name="Hand over").click()
    expect(page.locator(".notice-success")).to_have_text("✓ 1 case is handed over.", use_inner_text=True)
    Case.objects.filter(student__family_name="Hollis").update(closed_at=NOW, outcome="no_ground")
    hollis.get_by_role("link", name="Log call").click()
    expect(hollis).to_contain_text("the case may be closed")
    assert [each.result for each in Contact.objects.filter(day=TODAY).order_by("pk")] == ["left_message", "reached"]


@pytest.mark.shows("log_call", "queue", "tardy")
def test_the_queues_pages_read_well_everywhere(committed_world: World, camera) -> None:
    fill(committed_world)
    osei = committed_world.users["osei"]
    case = committed_world.students["Abara"].cases.get()

    def panel(page: Page) -> None:
        page.locator("[data-call]").first.click()
        page.wait_for_selector(".call-panel")
        page.locator(".case-choose input").last.check()

    camera.shoot("/queue/", "queue", osei, panel)
    camera.shoot(f"/cases/{case.pk}/call/", "queue-call", osei)
    camera.shoot("/tardy/", "tardy", osei)
