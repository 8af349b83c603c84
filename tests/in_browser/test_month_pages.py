"""An administrator builds, mends and downloads the month, in a real browser."""

import re
import threading
from datetime import date

import pytest
from django.db import connection

from attendance.models import ClassMeeting, Mark, MeetingState
from attendance.services.ledger import rebuild
from reporting.models import MonthRun
from reporting.rules.record_sources import ATTENDANCE, TRUANCY_NOTICES
from reporting.rules.verify import verify_zip
from reporting.services.attempts import attempt
from students import clock
from tests.reporting.months import AFTER, MONTH, REAL, after_the_month, build, take_month
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


def test_an_administrator_builds_mends_and_downloads_the_month(committed_world: World, signed_in_page, camera) -> None:
    world = committed_world
    take_month(world, world.lincoln, untaken=[(key, DAY) for key in ("2", "4", "6")])
    page = signed_in_page(world.users["okafor"])
    page.goto("/months/")
    page.get_by_role("link", name="Month 3").click()
    page.get_by_role("button", name="Build the month").click()
    page.get_by_role("heading", name="Waiting for a worker").wait_for()
    camera.shoot(_month(world), "month-building", world.users["okafor"])
    _build_waiting()
    page.get_by_role("heading", name="3 findings to mend").wait_for(timeout=10_000)
    page.get_by_role("link", name="Open the class").first.click()
    page.wait_for_url("**/meetings/*/")
    _take_the_rest(world)
    page.goto(_month(world))
    page.get_by_role("button", name="Build again").click()
    _build_waiting()
    page.get_by_role("heading", name="Built, uncertified").wait_for(timeout=10_000)
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Download the package").click()
    assert downloaded.value.suggested_filename == "S_2500_008_112020.zip"
    assert verify_zip(downloaded.value.path().read_bytes()) == []
    camera.shoot(_month(world), "month-built", world.users["okafor"])


def test_the_district_files_days_taught_first_and_the_rest_once_they_are_accepted(
    committed_world: World, signed_in_page, camera
) -> None:
    take_month(committed_world, committed_world.lincoln)
    build(committed_world.lincoln)
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
