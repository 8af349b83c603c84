"""Roster imports by programs: sent as a zip, planned by a worker, agreed to as they were seen."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from celery import Celery, current_app
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from students.models import RosterRun, RunOrigin, RunStage, Student
from students.services.api_tokens import make_token
from tests.api.callers import API, EVERYTHING, Caller, assert_problem, caller_of, ids, rows
from tests.students.imports.runs import (
    administrator,
    apply,
    archive_of,
    as_,
    bring,
    district_files,
    in_a_folder,
    plan,
    stand,
    without_students,
)
from tests.world import World


@pytest.fixture(autouse=True)
def _no_broker() -> Iterator[None]:
    """A program is answered without one; beat takes up what waits."""
    before = current_app._get_current_object()
    Celery("nobody", broker="redis://127.0.0.1:1/0", set_as_current=True)
    yield
    before.set_current()


@pytest.fixture
def caller(db) -> Caller:
    """A program of somebody who administers the district, and came by no roster."""
    return Caller(make_token(as_(administrator()), name="Roster server", scopes=EVERYTHING, days=90).text)


def upload(caller: Caller, content: bytes, key: str | None = None, **asked: str) -> HttpResponse:
    headers = caller.headers | {"Idempotency-Key": key or str(uuid4())}
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    path = f"{API}/imports/?{query}"
    return caller.client.generic("POST", path, content, content_type="application/zip", headers=headers)


def test_a_set_is_sent_planned_agreed_to_and_applied(caller: Caller) -> None:
    sent = upload(caller, archive_of(district_files(3)).getvalue(), file_name="night.zip")
    assert (sent.status_code, sent.json()["stage"], sent.json()["origin"]) == (202, "received", "api")
    assert sent.json()["file_name"] == "night.zip"
    plan(RosterRun.objects.get())
    path = f"/imports/{sent.json()['id']}/"
    found = caller.get(path).json()
    assert (found["stage"], found["counts"]["students"]["created"], found["faults"]) == ("planned", 3, [])
    assert not Student.objects.exists()
    agreed = caller.send("POST", f"{path}approve/", {"plan_digest": found["plan_digest"]})
    assert (agreed.status_code, agreed.json()["stage"]) == (200, "approved")
    apply(RosterRun.objects.get())
    assert caller.get(path).json()["stage"] == "applied"
    assert Student.objects.count() == 3


def test_the_same_set_sent_twice_is_one_import(caller: Caller) -> None:
    content, key = archive_of(district_files(3)).getvalue(), str(uuid4())
    first, again = upload(caller, content, key), upload(caller, content, key)
    assert first.json() == again.json()
    assert upload(caller, content).json()["id"] == first.json()["id"]
    assert RosterRun.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "The file is empty."), (b"PK nothing", "The file is not a zip."), (b"x" * 2_000_000, "larger than 1 MB")],
    ids=["empty", "no zip", "too large"],
)
def test_what_is_no_set_is_refused_in_words(caller: Caller, settings, content: bytes, words: str) -> None:
    settings.ROSTER_UPLOAD_LIMIT_BYTES = 1_000_000
    assert words in assert_problem(upload(caller, content), 422, "refused")["detail"]
    assert not RosterRun.objects.exists()


def test_a_set_is_sent_as_a_zip_with_an_id_of_its_own(caller: Caller) -> None:
    assert_problem(caller.send("POST", "/imports/", {}), 415, "media-type")
    headers = caller.headers
    blind = caller.client.generic("POST", f"{API}/imports/", b"PK", content_type="application/zip", headers=headers)
    assert "sent twice it counts once" in assert_problem(blind, 400, "malformed")["detail"]


def test_faults_are_told_with_their_places(caller: Caller) -> None:
    run = plan(bring(in_a_folder(district_files(3))))
    assert caller.get(f"/imports/{run.pk}/").json()["stage"] == "refused"
    files = district_files(3)
    files.row("users", "p1")["enabledUser"] = "perhaps"
    found = caller.get(f"/imports/{plan(bring(files)).pk}/").json()
    [fault] = found["faults"]
    assert (fault["file"], fault["column"], fault["value"]) == ("users.csv", "enabledUser", "perhaps")
    assert found["fault_count"] == 1


def test_a_held_set_goes_on_with_a_reason_alone(caller: Caller) -> None:
    stand(district_files(40))
    run = plan(bring(without_students(district_files(40), 21)))
    found = caller.get(f"/imports/{run.pk}/").json()
    assert found["stage"] == "held"
    assert found["held"]
    path, digest = f"/imports/{run.pk}/approve/", found["plan_digest"]
    refused = caller.send("POST", path, {"plan_digest": digest})
    assert "Say why so much may end" in assert_problem(refused, 422, "refused")["detail"]
    stale = caller.send("POST", path, {"plan_digest": "0" * 64, "reason": "A school closed"})
    assert "The plan has changed" in assert_problem(stale, 409, "stale")["detail"]
    agreed = caller.send("POST", path, {"plan_digest": digest, "reason": "A school closed"}).json()
    assert (agreed["stage"], agreed["decided_by"]) == ("approved", "Inez Reyes")


def test_a_set_is_given_up_until_it_is_too_late(caller: Caller) -> None:
    run = plan(bring(district_files(3)))
    assert caller.send("POST", f"/imports/{run.pk}/cancel/").json()["stage"] == "cancelled"
    other = bring(district_files(4))
    RosterRun.objects.filter(pk=other.pk).update(stage=RunStage.REFUSED, finished_at=other.received_at)
    refused = caller.send("POST", f"/imports/{other.pk}/cancel/")
    assert "too late to cancel" in assert_problem(refused, 409, "stale")["detail"]


def test_the_history_is_read_the_newest_first(caller: Caller) -> None:
    runs = [bring(district_files(number)).pk for number in (1, 2, 3)]
    RosterRun.objects.filter(pk=runs[0]).update(origin=RunOrigin.FOLDER)
    first = caller.get("/imports/", limit=2).json()
    assert [row["id"] for row in first["results"]] == [runs[2], runs[1]]
    assert ids(caller.client.get(first["next"], headers=caller.headers)) == [runs[0]]
    assert ids(caller.get("/imports/", origin="folder")) == [runs[0]]
    assert ids(caller.get("/imports/", stage="applied")) == []


def test_the_history_asks_the_database_the_same_however_long(caller: Caller) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert rows(caller.get("/imports/"))
        return len(captured)

    bring(district_files(1))
    statements()
    before = statements()
    for number in (2, 3, 4):
        bring(district_files(number))
    assert statements() == before


@pytest.mark.parametrize("name", ["okafor", "whitfield", "novak", "hale"])
def test_to_anybody_but_the_district_there_are_no_imports(world: World, name: str) -> None:
    run, caller = bring(district_files(1)), caller_of(world, name)
    assert_problem(caller.get("/imports/"), 404, "not-here")
    assert_problem(caller.get(f"/imports/{run.pk}/"), 404, "not-here")
    assert_problem(upload(caller, archive_of(district_files(2)).getvalue()), 404, "not-here")
    assert_problem(caller.send("POST", f"/imports/{run.pk}/cancel/"), 404, "not-here")
    assert_problem(caller.send("POST", f"/imports/{run.pk}/approve/", {"plan_digest": "x"}), 404, "not-here")
    assert RosterRun.objects.count() == 1


def test_a_token_that_only_reads_imports_sends_none(world: World) -> None:
    caller = caller_of(world, "reyes", ["imports:read"])
    assert caller.get("/imports/").status_code == 200
    refused = upload(caller, archive_of(district_files(2)).getvalue())
    assert assert_problem(refused, 403, "not-allowed")["detail"].endswith("it lacks the scope imports:write.")
