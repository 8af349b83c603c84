"""An administrator builds, mends and downloads the month, in a real browser."""

import re
import threading
from datetime import date, time, timedelta

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from attendance.models import ClassMeeting, Mark, MeetingState
from attendance.services.ledger import rebuild
from reporting.models import MonthRun
from reporting.rules.archives import members_of
from reporting.rules.certified_package import standing_of
from reporting.rules.record_sources import ATTENDANCE, TRUANCY_NOTICES
from reporting.rules.verify import verify_zip
from reporting.services.attempts import attempt
from students import clock
from tests.reporting.months import AFTER, MONTH, REAL, after_the_month, build, take_month
from tests.reporting.signing import certified_month
from tests.reporting.stored import stored_run
from tests.world import World

pytestmark = pytest.mark.browser

DAY = date(2020, 10, 21)


@pytest.fixture(autouse=True)
def _after_the_month():
    with clock.stopped_at(AFTER):
        yield


def _month(world: World) -> str:
    return f"/months/{world.lincoln.pk}/{MONTH}/"


def _as_a_worker(run_id: int) -> None:
    attempt(after_the_month(), run_id, instants=lambda: REAL)
    connection.close()


def _build_waiting() -> None:
    worker = threading.Thread(target=_as_a_worker, args=[MonthRun.objects.get(state="waiting").pk])
    worker.start()
    worker.join()


@pytest.mark.shows("month")
def test_the_pages_of_months_are_legible_everywhere(committed_world: World, camera) -> None:
    world = committed_world
    district, school = world.users["reyes"], world.users["okafor"]
    take_month(world, world.lincoln, absent=[("Abara", DAY)], untaken=[(key, DAY) for key in ("2", "4", "6")])
    build(world.lincoln)
    camera.shoot(_month(world), "month-blocked", school)
    camera.shoot("/months/", "months", district)
    with clock.stopped_at(AFTER.replace(month=10, day=27)):
        camera.shoot(f"/months/{world.washington.pk}/{MONTH}/", "month-provisional", district)


@pytest.mark.shows("month_rows")
def test_the_rows_of_a_file_are_legible_everywhere(committed_world: World, camera) -> None:
    run = stored_run(committed_world.lincoln, students=30)
    for record_set, name in ((ATTENDANCE, "file-rows"), (TRUANCY_NOTICES, "file-without-rows")):
        camera.shoot(f"/months/runs/{run.pk}/files/{record_set}/rows/", name, committed_world.users["okafor"])


@pytest.mark.shows("month_certifications")
def test_a_month_is_built_mended_approved_certified_and_amended(committed_world: World, signed_in_page, camera) -> None:
    world = committed_world
    take_month(world, world.lincoln, untaken=[(key, DAY) for key in ("2", "4", "6")])
    _shorten(world, date(2020, 10, 22))
    school, district = signed_in_page(world.users["okafor"]), signed_in_page(world.users["reyes"])
    school.goto("/months/")
    school.get_by_role("link", name="Month 3").click()
    school.get_by_role("button", name="Build the month").click()
    school.get_by_role("heading", name="Waiting for a worker").wait_for()
    camera.shoot(_month(world), "month-building", world.users["okafor"])
    _build_waiting()
    school.get_by_role("heading", name="3 findings to mend").wait_for(timeout=10_000)
    school.get_by_role("link", name="Open the class").first.click()
    school.wait_for_url("**/meetings/*/")
    _take_the_rest(world)
    _built_again(school, _month(world), "Built, with warnings to acknowledge")
    camera.shoot(_month(world), "month-warnings", world.users["okafor"])
    _sign(school, district, _month(world), camera, world)
    with district.expect_download() as downloaded:
        district.get_by_role("link", name="Download the package").click()
    content = downloaded.value.path().read_bytes()
    assert downloaded.value.suggested_filename == "S_2500_008_112020.zip"
    assert verify_zip(content) == []
    assert standing_of(members_of(content)).startswith("Certified by Daniel Reyes")
    with clock.stopped_at(AFTER + timedelta(hours=1)):
        _amend_a_mark(world, school)
        school.goto(_month(world))
        expect(school.get_by_role("heading", name="Certified, amended since")).to_be_visible()
        camera.shoot(_month(world), "month-amended", world.users["okafor"])
        school.get_by_role("link", name="See the amendments").click()
        expect(school.get_by_role("heading", name="The paper was found.")).to_be_visible()
        camera.shoot(f"{_month(world)}amendments/", "month-amendments", world.users["okafor"])
        _built_again(school, _month(world), "Built, to be approved")
        expect(school.get_by_text("stands until this package is certified")).to_be_visible()
        _sign(school, district, _month(world), camera, world)
        expect(district.get_by_text("it amends number 1")).to_be_visible()
    district.goto("/months/certifications/")
    expect(district.get_by_text("The chain holds: 2 certifications")).to_be_visible()
    camera.shoot("/months/certifications/", "certifications", world.users["reyes"])


def _shorten(world: World, day: date) -> None:
    """A past day of 185 minutes: to be known, and not to be mended any more (RD-71)."""
    world.lincoln.calendar_days.filter(date=day).update(dismissal_time=time(11, 55))
    rebuild(after_the_month())


def _built_again(page: Page, month: str, heading: str) -> None:
    page.goto(month)
    page.get_by_role("button", name="Build again").click()
    page.get_by_role("heading", name="Waiting for a worker").wait_for()
    _build_waiting()
    page.get_by_role("heading", name=heading).wait_for(timeout=10_000)


def _sign(school: Page, district: Page, month: str, camera, world: World) -> None:
    """The school acknowledges what is left and approves; the district certifies."""
    left = school.get_by_role("button", name=re.compile("^Acknowledge"))
    while number := left.count():
        school.get_by_label(re.compile("^Why these warnings stand")).first.fill("Ice: the school closed at noon.")
        left.first.click()
        expect(left).to_have_count(number - 1)
    school.get_by_role("button", name="Approve the month").click()
    expect(school.get_by_role("heading", name="Approved, to be certified")).to_be_visible()
    expect(school.get_by_role("button", name="Certify the month")).to_have_count(0)
    district.goto(month)
    camera.shoot(month, "month-approved", world.users["reyes"])
    district.get_by_role("button", name="Certify the month").click()
    expect(district.get_by_role("heading", name="Certified", exact=True)).to_be_visible()


def _amend_a_mark(world: World, page: Page) -> None:
    """A mark of a certified day is changed with a reason for the correction, and one for the amendment."""
    meeting = ClassMeeting.objects.get(section=world.sections["1"], date=DAY)
    page.goto(f"/meetings/{meeting.pk}/")
    page.get_by_role("group", name="Grant, Tasha").get_by_label("Absent").check()
    page.locator("#reason").fill("Was at the dentist.")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("heading", name="These days are certified")).to_be_visible()
    page.get_by_label("Why these days are changed").fill("The paper was found.")
    page.get_by_role("button", name="Change them, and note it").click()
    expect(page.get_by_role("heading", name="These days are certified")).to_have_count(0)
    assert Mark.objects.get(meeting=meeting, student=world.students["Grant"]).status == "absent"


def test_the_district_files_days_taught_first_and_the_rest_once_they_are_accepted(
    committed_world: World, signed_in_page, camera
) -> None:
    certified_month(committed_world)
    page = signed_in_page(committed_world.users["reyes"])
    page.goto(_month(committed_world))
    page.get_by_role("button", name=re.compile("I have filed it.*Days taught")).click()
    camera.shoot(_month(committed_world), "month-filing", committed_world.users["reyes"])
    page.get_by_label(re.compile("what is wrong.*Days taught")).fill("Holding area 17")
    page.get_by_role("button", name=re.compile("Accepted.*Days taught")).click()
    with page.expect_download() as downloaded:
        page.get_by_role("link", name=re.compile("Download.*Attendance")).click()
    assert downloaded.value.suggested_filename == "S_2500_008_112020_Attendance.csv"


def _take_the_rest(world: World) -> None:
    teacher = world.users["whitfield"]
    left = ClassMeeting.objects.filter(school=world.lincoln, state=MeetingState.EXPECTED)
    for meeting in left:
        Mark.objects.bulk_create(
            Mark(
                meeting=meeting,
                student_id=student_id,
                status="present",
                minutes_attended=meeting.instructional_minutes,
                marked_by=teacher,
                marked_at=AFTER,
            )
            for student_id in meeting.section.enrollments.values_list("student_id", flat=True)
        )
    left.update(state=MeetingState.TAKEN, taken_by=teacher, taken_at=AFTER)
    rebuild(after_the_month())
