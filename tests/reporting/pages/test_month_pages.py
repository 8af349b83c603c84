"""The pages of months: what they show, and that they ask for one run."""

from datetime import date
from uuid import uuid4

import pytest
from celery import Celery, current_app
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import ClassMeeting, MeetingState
from attendance.services.ledger import rebuild
from reporting.models import MonthRun, RunState
from students import clock
from students.models import Student
from tests.reporting.months import AFTER, FIRST, MONTH, after_the_month, build, take_month
from tests.world import World, add_student

DAY = date(2020, 10, 21)


@pytest.fixture(autouse=True)
def _after_the_month():
    with clock.stopped_at(AFTER):
        yield


@pytest.fixture
def okafor(client: Client, request: pytest.FixtureRequest) -> Client:
    (world,) = {"world", "committed_world", "taken_month"} & set(request.fixturenames) or {"world"}
    client.force_login(request.getfixturevalue(world).users["okafor"])
    return client


def _month(world: World) -> str:
    return reverse("month", args=[world.lincoln.pk, MONTH])


def test_the_list_shows_each_month_and_what_is_next(world: World, okafor: Client) -> None:
    page = okafor.get(reverse("months")).content.decode()
    assert "Lincoln High School" in page
    assert "Washington" not in page
    assert "Ready to build" in page


def test_a_month_that_is_not_over_offers_no_build_and_says_when_it_ends(world: World, okafor: Client) -> None:
    with clock.stopped_at(AFTER.replace(month=10, day=27)):
        page = okafor.get(_month(world)).content.decode()
        assert "The month ends on Friday, November 6" in page
        assert "Build the month" not in page
        sent = okafor.post(_month(world), {"submission_id": str(uuid4())}, follow=True).content.decode()
    assert "a provisional month is not packaged" in sent
    assert not MonthRun.objects.exists()


def test_a_double_click_is_one_run(world: World, okafor: Client) -> None:
    asked = {"submission_id": str(uuid4())}
    for _ in range(2):
        assert okafor.post(_month(world), asked).status_code == 302
    assert MonthRun.objects.get().requested_by == world.users["okafor"]


def test_two_administrators_at_once_share_one_run(world: World, okafor: Client) -> None:
    okafor.post(_month(world), {"submission_id": str(uuid4())})
    okafor.force_login(world.users["reyes"])
    okafor.post(_month(world), {"submission_id": str(uuid4())})
    assert MonthRun.objects.count() == 1


def test_a_page_without_a_usable_submission_id_still_asks(world: World, okafor: Client) -> None:
    okafor.post(_month(world), {"submission_id": "no uuid"})
    assert MonthRun.objects.count() == 1


def test_the_page_survives_a_broker_that_is_down_and_the_run_waits_for_beat(world: World, okafor: Client) -> None:
    before = current_app._get_current_object()
    Celery("nobody", broker="redis://127.0.0.1:1/0", set_as_current=True)
    try:
        assert okafor.post(_month(world), {"submission_id": str(uuid4())}).status_code == 302
    finally:
        before.set_current()
    assert MonthRun.objects.get().state == RunState.WAITING


def test_a_waiting_month_polls_and_a_finished_one_does_not(taken_month: World, okafor: Client) -> None:
    okafor.post(_month(taken_month), {"submission_id": str(uuid4())})
    work = reverse("month_work", args=[taken_month.lincoln.pk, MONTH])
    assert 'hx-trigger="every 2s"' in okafor.get(_month(taken_month)).content.decode()
    assert 'hx-trigger="every 2s"' in okafor.get(work, headers={"HX-Request": "true"}).content.decode()
    build(taken_month.lincoln)
    finished = okafor.get(work, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in finished
    assert "Download the package" in finished


def test_without_javascript_the_work_address_leads_to_the_page(world: World, okafor: Client) -> None:
    answer = okafor.get(reverse("month_work", args=[world.lincoln.pk, MONTH]))
    assert (answer.status_code, answer.headers["Location"]) == (302, _month(world))


def test_a_finding_links_to_the_class_where_it_is_mended(committed_world: World, okafor: Client) -> None:
    take_month(committed_world, committed_world.lincoln, untaken=[(key, DAY) for key in ("2", "4", "6")])
    run = build(committed_world.lincoln)
    page = okafor.get(_month(committed_world)).content.decode()
    assert "3 findings to mend" in page
    for finding in run.findings.all():
        assert f'href="{reverse("meeting", args=[finding.meeting_id])}"' in page


def test_a_finding_of_a_student_links_to_the_day_where_it_is_mended(committed_world: World, okafor: Client) -> None:
    ida = add_student(committed_world, "Idle Ida", "300000000", committed_world.lincoln)
    take_month(committed_world, committed_world.lincoln)
    build(committed_world.lincoln)
    day = reverse("student_day", args=[ida.pk, FIRST])
    assert f'href="{day}"' in okafor.get(_month(committed_world)).content.decode()
    assert okafor.get(day).status_code == 200


def test_the_page_shows_provisional_figures_with_what_is_undetermined(committed_world: World, okafor: Client) -> None:
    take_month(committed_world, committed_world.lincoln, untaken=[(key, DAY) for key in ("2", "4", "6")])
    page = okafor.get(_month(committed_world)).content.decode()
    assert "9 student-days undetermined" in page
    assert "8.40" in page  # 126 of 135 days over 15


def test_the_package_is_downloaded_byte_for_byte(taken_month: World, okafor: Client) -> None:
    run = build(taken_month.lincoln)
    answer = okafor.get(reverse("month_package", args=[run.pk]))
    assert answer.content == bytes(run.package.content)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="S_2500_008_112020.zip"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))


def test_the_file_of_findings_runs_no_formula(committed_world: World, okafor: Client) -> None:
    Student.objects.filter(family_name="Grant").update(family_name="=HYPERLINK(1)", state_id="")
    take_month(committed_world, committed_world.lincoln)
    run = build(committed_world.lincoln)
    content = okafor.get(reverse("month_findings", args=[run.pk])).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in content
    assert ",=HYPERLINK" not in content


@pytest.mark.parametrize("person", ["whitfield", "park", "lindqvist"])
def test_months_of_a_school_exist_for_its_administrators_alone(taken_month: World, client: Client, person) -> None:
    run = build(taken_month.lincoln)
    client.force_login(taken_month.users[person])
    school = taken_month.lincoln.pk
    addresses = [
        reverse("month", args=[school, MONTH]),
        reverse("month_work", args=[school, MONTH]),
        reverse("month_package", args=[run.pk]),
        reverse("month_findings", args=[run.pk]),
    ]
    for address in addresses:
        assert client.get(address).status_code == 404, address
    assert client.post(addresses[0], {"submission_id": str(uuid4())}).status_code == 404
    assert MonthRun.objects.count() == 1


def test_a_teacher_has_no_list_of_months(world: World, client: Client) -> None:
    client.force_login(world.users["whitfield"])
    assert client.get(reverse("months")).status_code == 404


def test_the_district_administrator_sees_both_schools(world: World, client: Client) -> None:
    client.force_login(world.users["reyes"])
    page = client.get(reverse("months")).content.decode()
    assert "Lincoln High School" in page
    assert "Washington High School" in page


def test_the_pages_ask_the_database_the_same_however_much_there_is_to_show(
    committed_world: World, client: Client
) -> None:
    client.force_login(committed_world.users["reyes"])
    addresses = [reverse("months"), _month(committed_world)]
    take_month(committed_world, committed_world.lincoln, untaken=[(key, DAY) for key in ("2", "4", "6")])
    build(committed_world.lincoln)
    few = [_statements(client, address) for address in addresses]
    ClassMeeting.objects.filter(period__in=["1", "3", "5"]).update(state=MeetingState.EXPECTED)
    rebuild(after_the_month())
    assert build(committed_world.lincoln).findings.count() > 40
    assert [_statements(client, address) for address in addresses] == few
    assert max(few) <= 16


def _statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
