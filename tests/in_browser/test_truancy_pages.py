"""Truancy in a real browser: the officer is told of a school's notices at once, and the list is handed out."""

from datetime import date
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from attendance.models import CalendarDay, OfficeKind
from attendance.services.office import record_entry
from interventions.models import TruancyNotice
from students.models import Enrollment
from tests.attendance.acts import open_both_schools
from tests.in_browser.conftest import assert_accessible, photograph
from tests.interventions.care import guardian
from tests.interventions.truancy_days import WEEKDAYS, follow, write_absences
from tests.world import TODAY, World

pytestmark = pytest.mark.browser


def truants(world: World) -> World:
    """Three students with notices, one suspended, one who never came back, in a year of which days are over."""
    open_both_schools(world)
    abara, grant, hollis = (world.students[name] for name in ("Abara", "Grant", "Hollis"))
    for student, count in ((abara, 12), (grant, 10), (hollis, 5)):
        write_absences([student], WEEKDAYS[:count])
    guardian(world, "Abara")
    follow(world, abara, grant, hollis)
    facts = {"submission_id": uuid4(), "kind": OfficeKind.SUSPENSION, "starts_on": TODAY, "ends_on": date(2020, 10, 29)}
    record_entry(world.scope("mayfield"), world.lincoln.pk, [world.students["Castillo"].pk], **facts)
    return world


@pytest.mark.shows("truancy", "truancy_list", "truancy_notice", "truancy_suspensions", "truancy_unenrolled")
def test_notices_are_chosen_and_reported_and_the_list_is_handed_out(
    committed_world: World, signed_in_page, camera
) -> None:
    world = truants(committed_world)
    clerk = world.users["mayfield"]
    page = signed_in_page(clerk)
    page.goto("/truancy/?threshold=5")
    page.get_by_label("Choose all on this page").check()
    page.get_by_label("How, or the officer’s number").fill("By mail")
    page.get_by_role("button", name="Reported").click()
    expect(page.get_by_text("3 are entered as reported.")).to_be_visible()
    assert TruancyNotice.objects.filter(reported_on=TODAY, reference="By mail").count() == 3
    with page.expect_download() as file:
        page.goto("/truancy/")
        page.get_by_role("button", name="Download the list for the officer").click()
    assert file.value.suggested_filename == "notices-2020-10-27.csv"
    page.get_by_role("button", name="List to print").click()
    expect(page.get_by_role("heading", name="For the School Attendance Officer")).to_be_visible()
    photograph(page, "truancy-paper")
    assert_accessible(page)
    world.students["Grant"].days.filter(date__in=WEEKDAYS[:7]).delete()
    follow(world, world.students["Grant"])
    camera.shoot("/truancy/?state=every", "truancy", clerk)
    camera.shoot("/truancy/suspensions/", "truancy-suspensions", clerk)
    camera.shoot(f"/truancy/notices/{TruancyNotice.objects.earliest('pk').pk}/", "truancy-notice", clerk)
    CalendarDay.objects.create(
        school=world.lincoln,
        date=date(2020, 8, 10),
        event_type="IN",
        day_kind="traditional",
        bell_schedule=world.lincoln.bell_schedules.get(),
    )
    Enrollment.objects.filter(student=world.students["Nguyen"]).update(exit_code="NS", ends_on=date(2020, 8, 10))
    camera.shoot("/truancy/unenrolled/", "truancy-unenrolled", world.users["reyes"])
