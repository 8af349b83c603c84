"""The pages of imports, as a district administrator meets them and as nobody else does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from celery import Celery, current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from students import clock
from students.models import RosterRun, RunOrigin, RunStage, Student, User
from tests.attendance.pages.visitors import client_of
from tests.students.imports.runs import (
    administrator,
    apply,
    archive_of,
    as_worker,
    bring,
    district_files,
    plan,
    stand,
    without_students,
)
from tests.world import World

LIST = "/imports/"


@pytest.fixture(autouse=True)
def _no_broker():
    """The pages must do without one; beat takes up what waits."""
    before = current_app._get_current_object()
    Celery("nobody", broker="redis://127.0.0.1:1/0", set_as_current=True)
    yield
    before.set_current()


@pytest.fixture
def administers(db) -> User:
    return administrator()


@pytest.fixture
def reyes(administers: User) -> Client:
    client = Client()
    client.force_login(administers, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def held_run(origin: RunOrigin = RunOrigin.PAGE) -> RosterRun:
    """The plan of a set that would end 21 of 40 students."""
    stand(district_files(40))
    run = plan(bring(without_students(district_files(40), 21), origin=origin))
    assert run.stage == RunStage.HELD
    return run


def form(content: bytes, submission: object = None, name: str = "roster.zip") -> dict:
    return {
        "submission_id": str(submission or uuid4()),
        "archive": SimpleUploadedFile(name, content, content_type="application/zip"),
    }


def page_of(client: Client, run: RosterRun) -> str:
    return client.get(reverse("import", args=[run.pk])).content.decode()


def test_an_upload_is_compared_looked_at_and_applied(administers: User, reyes: Client) -> None:
    sent = reyes.post(LIST, form(archive_of(district_files()).getvalue()))
    run = RosterRun.objects.get()
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/imports/{run.pk}/")
    assert 'hx-trigger="every 2s"' in page_of(reyes, run)
    assert plan(run).stage == RunStage.PLANNED
    shown = page_of(reyes, run)
    assert "Ready to be applied" in shown
    assert "Family p1" not in shown
    for _ in range(2):
        assert (
            reyes.post(reverse("import", args=[run.pk]), {"act": "apply", "digest": run.plan_digest}).status_code == 302
        )
    assert apply(run).stage == RunStage.APPLIED
    done = page_of(reyes, run)
    assert "Inez Reyes agreed to it" in done
    assert "hx-trigger" not in done
    assert Student.objects.count() == 3


def test_a_held_plan_takes_a_reason_and_the_plan_that_was_seen(reyes: Client) -> None:
    run = held_run()
    assert "21 of 40 active students would end" in page_of(reyes, run)
    address = reverse("import", args=[run.pk])
    without = reyes.post(address, {"act": "apply", "digest": run.plan_digest})
    assert (without.status_code, "Say why" in without.content.decode()) == (422, True)
    stale = reyes.post(address, {"act": "apply", "digest": "other", "reason": "Moved."}, follow=True)
    assert "plan has changed since this page was opened" in stale.content.decode()
    reyes.post(address, {"act": "apply", "digest": run.plan_digest, "reason": "The academy left us."})
    apply(run)
    assert "Confirmed: The academy left us." in page_of(reyes, run)


def test_a_double_click_and_a_broker_that_is_down_are_one_run_that_waits(reyes: Client) -> None:
    submission, content = uuid4(), archive_of(district_files()).getvalue()
    answers = [reyes.post(LIST, form(content, submission)).headers["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert RosterRun.objects.get().stage == RunStage.RECEIVED


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"sourcedId,name\r\n", "not a zip"), (b"", "file is empty"), (b"PK" + b"0" * 3_000_000, "larger than 2 MB")],
)
def test_what_cannot_be_taken_in_is_said_beside_the_field(reyes: Client, settings, content: bytes, words: str) -> None:
    settings.ROSTER_UPLOAD_LIMIT_BYTES = 2_000_000
    answer = reyes.post(LIST, form(content))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not RosterRun.objects.exists()


def test_nothing_chosen_is_said_too(reyes: Client) -> None:
    answer = reyes.post(LIST, {"submission_id": str(uuid4())})
    assert (answer.status_code, "Choose the zip" in answer.content.decode()) == (422, True)


def test_a_set_can_be_cancelled_and_the_page_says_by_whom(reyes: Client) -> None:
    run = plan(bring(district_files()))
    reyes.post(reverse("import", args=[run.pk]), {"act": "cancel"})
    assert "Inez Reyes cancelled it" in page_of(reyes, run)


def test_faults_are_listed_with_their_place_and_come_as_a_file_that_runs_no_formula(reyes: Client) -> None:
    files = district_files()
    files.row("users", "p1")["enabledUser"] = "=HYPERLINK(1)"
    run = plan(bring(files))
    shown = page_of(reyes, run)
    assert all(each in shown for each in ("users.csv", "enabledUser", "=HYPERLINK(1)", "Refused"))
    answer = reyes.get(reverse("import_findings", args=[run.pk]))
    assert "'=HYPERLINK(1)" in answer.content.decode("utf-8-sig")
    assert ",=HYPERLINK" not in answer.content.decode("utf-8-sig")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_fragment_is_for_htmx_and_leads_others_to_the_page(reyes: Client) -> None:
    run = bring(district_files())
    work = reverse("import_work", args=[run.pk])
    assert reyes.get(work).headers["Location"] == f"/imports/{run.pk}/"
    assert "hx-trigger" in reyes.get(work, headers={"HX-Request": "true"}).content.decode()
    plan(run)
    said = reyes.get(work, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in said
    assert 'hx-swap-oob="true"' in said


@pytest.mark.parametrize("person", ["whitfield", "okafor", "park"])
def test_imports_exist_for_the_district_alone(world: World, person: str) -> None:
    run = plan(bring(district_files()))
    stage = run.stage
    client = client_of(world, person)
    addresses = [LIST, *(reverse(name, args=[run.pk]) for name in ("import", "import_work", "import_findings"))]
    for address in addresses:
        assert client.get(address).status_code == 404, address
    assert client.post(LIST, form(archive_of(district_files()).getvalue())).status_code == 404
    given = {"act": "apply", "digest": run.plan_digest, "reason": "Because."}
    assert client.post(addresses[1], given).status_code == 404
    assert RosterRun.objects.get().stage == stage
    assert "roster import" not in client.get("/months/").content.decode()


def test_the_first_page_of_a_district_administrator_says_what_waits(reyes: Client) -> None:
    assert "roster import" not in reyes.get("/months/").content.decode()
    run = held_run(RunOrigin.FOLDER)
    shown = reyes.get("/months/").content.decode()
    assert "A roster import is held" in shown
    assert f'href="/imports/{run.pk}/"' in shown


def test_the_list_says_when_the_last_nightly_roster_came_and_whether_it_changed_anything(
    reyes: Client, settings
) -> None:
    assert "ROSTER_FOLDER is not set" in reyes.get(LIST).content.decode()
    settings.ROSTER_FOLDER = "/srv/roster"
    assert "no roster has come in by it yet" in reyes.get(LIST).content.decode()
    run = plan(bring(district_files(), origin=RunOrigin.FOLDER))
    assert "Last nightly roster: <b>Tuesday, Oct 27" in reyes.get(LIST).content.decode()
    apply(run)
    assert "it changed 24 records" in reyes.get(LIST).content.decode()
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        plan(bring(district_files(), origin=RunOrigin.FOLDER))
    assert "it changed nothing" in reyes.get(LIST).content.decode()


def test_the_list_is_filtered_and_asks_the_same_however_long_it_is(administers: User, reyes: Client) -> None:
    bring(district_files(), as_worker())
    few = asked(reyes)
    refused = {"stage": RunStage.REFUSED, "finished_at": clock.now(), "received_by": administers}
    RosterRun.objects.bulk_create(
        RosterRun(submission_id=uuid4(), origin="page", received_at=clock.now(), file_name="a.zip", **refused)
        for _ in range(30)
    )
    assert asked(reyes) == few <= 9
    assert "1 to 25 of 31" in reyes.get(LIST).content.decode()
    assert reyes.get(LIST, {"page": "2"}).content.decode().count("import-line") == 6
    for query in ({"show": "applied"}, {"origin": "api"}):
        assert "No import fits" in reyes.get(LIST, query).content.decode()
    assert "1 to 25 of 30" in reyes.get(LIST, {"show": "refused", "origin": "page"}).content.decode()
    assert reyes.get(LIST, {"show": "nonsense", "origin": "x", "page": "-4"}).status_code == 200


def asked(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(LIST).status_code == 200
    return len(captured)


@pytest.mark.django_db
def test_an_unchanged_upload_needs_nobody_to_apply_it(db) -> None:
    stand(district_files())
    assert plan(bring(district_files(), as_worker())).stage == RunStage.UNCHANGED
