"""From the outreach list to an assignment, and the worker's own list, in a real browser."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from interventions.models import OutreachAssignment, PolicyTrial, Standing
from interventions.selectors.policies import care_policies
from tests.interventions.outreach_acts import FAILED, RUNNING, WEEKS, assigned, lost, mother, worker
from tests.interventions.trying import looked, worked
from tests.world import TODAY, World

pytestmark = pytest.mark.browser


@pytest.fixture
def crowd(committed_world: World) -> World:
    """Most of the cast is disengaged; two workers look for them."""
    world = committed_world
    for name, criteria, language in (
        ("Abara", (RUNNING, FAILED), ""),
        ("Baptiste", (WEEKS,), "ht"),
        ("Castillo", (RUNNING,), "es"),
        ("Delgado", (RUNNING, WEEKS), "es"),
        ("Grant", (FAILED,), "en"),
        ("Shah", (RUNNING,), ""),
    ):
        lost(world, name, *criteria)
        mother(world, name, language)
    worker(world, "dupree", languages=["ht"], needs=["locate", "connect"], most_students=40)
    worker(world, "stone", languages=["es"], school_ids=[world.lincoln.pk], most_students=10)
    return world


@pytest.mark.shows("disengaged", "outreach", "outreach_assignment")
def test_from_the_outreach_list_to_an_assignment(crowd: World, signed_in_page, camera) -> None:
    page: Page = signed_in_page(crowd.users["reyes"])
    page.goto("/outreach/")
    page.get_by_label("Need").select_option(label="To come back to class every day (2)")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("checkbox", name="Castillo, Mateo").check()
    page.get_by_role("button", name="Suggest for the chosen").click()
    expect(page.get_by_role("row", name="Castillo, Mateo")).to_contain_text("speaks Spanish")
    assert not OutreachAssignment.objects.exists()
    page.get_by_role("button", name="Assign this student").click()
    expect(page.get_by_text("1 student was assigned.")).to_be_visible()
    page.get_by_role("button", name="Suggest for all 5 without anybody").click()
    page.get_by_role("button", name="Assign these 5 students").click()
    expect(page.get_by_text("nobody looks for 0")).to_be_visible()
    assert OutreachAssignment.objects.filter(ended_at=None).count() == 6
    page.get_by_role("link", name="Pat Stone").first.click()
    expect(page.get_by_role("heading", name="Give to somebody else")).to_be_visible()
    for path, name in (
        ("/outreach/", "outreach"),
        (urlsplit(page.url).path, "outreach-assignment"),
        ("/disengaged/", "disengaged"),
    ):
        camera.shoot(path, name, crowd.users["reyes"])


@pytest.mark.shows("my_outreach", "my_outreach_sheet", "my_outreach_student")
def test_a_worker_logs_an_attempt_and_prints_the_day(crowd: World, signed_in_page, camera) -> None:
    mine = assigned(crowd, "Baptiste", crowd.users["dupree"].outreach_worker)
    assigned(crowd, "Grant", crowd.users["dupree"].outreach_worker)
    page: Page = signed_in_page(crowd.users["dupree"])
    page.goto("/outreach/mine/")
    page.get_by_role("link", name="Baptiste, Naomie").first.click()
    page.get_by_label("What you tried, and what came of it").select_option(label="Home visit: nobody home")
    page.get_by_role("button", name="Keep the attempt").click()
    expect(page.get_by_text("Home visit: nobody home").last).to_be_visible()
    for path, name in (
        ("/outreach/mine/", "my-outreach"),
        (f"/outreach/mine/{mine.pk}/", "my-outreach-student"),
        ("/outreach/mine/print/", "my-outreach-sheet"),
    ):
        camera.shoot(path, name, crowd.users["dupree"])


@pytest.mark.shows("care_policy", "outreach_workers", "propose_outreach", "what_if", "what_if_moved", "what_if_trial")
def test_the_proposal_the_workers_and_the_policy(crowd: World, camera, signed_in_page) -> None:
    reyes = crowd.users["reyes"]
    suggest = "Suggest for all 6 without anybody"
    camera.shoot(
        "/outreach/", "outreach-proposal", reyes, lambda page: page.get_by_role("button", name=suggest).click()
    )
    camera.shoot("/outreach/workers/", "outreach-workers", reyes)
    camera.shoot("/care-policy/", "care-policy", reyes)
    Standing.objects.filter(student__family_name__in=["Castillo", "Grant", "Shah"]).update(
        criteria=[], tier=0, absences=4, unlawful_absences=4
    )
    page = signed_in_page(reyes)
    page.goto("/care-policy/")
    page.get_by_label("Name").fill("Spring")
    page.get_by_label("Absences of tier 1").fill("4")
    page.get_by_label("Unlawful absences at which").fill("4, 10, 12")
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("heading", name="Waiting for a worker")).to_be_visible()
    look = urlsplit(page.url).path
    camera.shoot(look, "what-if-waiting", reyes)
    worked(crowd, PolicyTrial.objects.get())
    # Nobody reloads it: the page asks by itself.
    expect(page.get_by_role("link", name="3 students would move")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("The policy was looked at.")
    camera.shoot(look, "what-if-trial", reyes)
    camera.shoot(f"{look}students/", "what-if-moved", reyes)
    camera.shoot("/care-policy/what-if/", "what-if", reyes)
    page.get_by_role("button", name="Save as policy from Oct 27, 2020").click()
    expect(page.get_by_text("The policy is kept.")).to_be_visible()
    saved = replace(care_policies(crowd.installation)[-1], starts_on=TODAY + timedelta(days=9))
    nobody = looked(crowd, crowd.scope("reyes"), saved, "As before")
    camera.shoot(f"/care-policy/what-if/{nobody.pk}/", "what-if-nobody", reyes)
    words = "5 workers took this policy trial up and none finished it. The workers’ log says more; then look again."
    PolicyTrial.objects.filter(pk=nobody.pk).update(state="failed", problem=words)
    camera.shoot(f"/care-policy/what-if/{nobody.pk}/", "what-if-failed", reyes)
