"""How students are taught, the learning plan, assessments and colleges, in a real browser."""

from datetime import date, time
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from attendance.models import LearningPlan
from attendance.rules.modes import ModeFact
from attendance.services.assessments import Sitting, list_assessment
from attendance.services.colleges import add_college, set_college_sections, set_days_off
from attendance.services.own_days import Accommodated, OwnDays
from tests.attendance.acts import open_both_schools
from tests.attendance.modes.test_individual_days import own
from tests.attendance.modes.test_modes import give
from tests.world import TODAY, YESTERDAY, World, at

pytestmark = pytest.mark.browser


def _look_at_quarantine(page: Page) -> None:
    page.get_by_label("Taught meanwhile").select_option("async_online")
    page.get_by_label("First day").fill(YESTERDAY.isoformat())
    page.get_by_label("Last day").fill("2020-11-06")
    page.get_by_role("button", name="Show what this changes").click()
    page.get_by_role("heading", name="What this changes").wait_for()


@pytest.mark.shows(
    "assessment",
    "bulk_modes",
    "change_plan",
    "college",
    "homebound",
    "plan",
    "quarantine",
    "student_modes",
    "take_back_plan",
)
def test_how_students_are_taught_is_legible_everywhere(committed_world: World, camera) -> None:
    world = committed_world
    open_both_schools(world)
    abara = world.students["Abara"].pk
    give(world, ModeFact("sync_online", YESTERDAY, None), late_reason="Late.")
    own(world, OwnDays("homebound", YESTERDAY, reason="Surgery"))
    own(world, Accommodated(("contact", "lms_login"), TODAY, reason="IEP of September"), by="tran")
    office, district = world.scope("mayfield", at(17)), world.scope("reyes", at(17))
    sitting = Sitting("Algebra I", TODAY, time(9), time(11), grades=("09",))
    sat = list_assessment(office, world.lincoln.pk, sitting, submission_id=uuid4())
    college = add_college(district, "Hinds Community College")
    set_college_sections(district, college.pk, [world.sections["6"].pk])
    set_days_off(district, college.pk, {YESTERDAY: "Fall break"})
    clerk, head = world.users["mayfield"], world.users["reyes"]
    camera.shoot(f"/students/{abara}/modes/", "student-modes", clerk)
    camera.shoot(f"/students/{abara}/modes/quarantine/", "quarantine", clerk, _look_at_quarantine)
    camera.shoot(f"/students/{abara}/own-minutes/", "own-minutes", clerk)
    camera.shoot(f"/assessments/{sat.pk}/", "assessment", clerk)
    camera.shoot("/modes/", "bulk-modes", clerk)
    camera.shoot("/plan/", "plan", head)
    camera.shoot("/plan/change/", "plan-change", head)
    mistake = LearningPlan.objects.create(starts_on=date(2020, 11, 9), school=world.lincoln, reason="Board of Oct 20")
    camera.shoot(f"/plan/{mistake.pk}/take-back/", "plan-take-back", head)
    camera.shoot(f"/colleges/{college.pk}/", "college", head)
