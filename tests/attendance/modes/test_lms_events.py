"""MS-15, MS-24: what the LMS sends by its program or in a file is stored once, and judged by its local day."""

import io
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import Engagement, LmsPart, LmsRun
from attendance.rules.lms import COLUMNS, FileMapping
from attendance.services.ledger import check
from attendance.services.lms_files import read_lms_file, receive_lms_file, waiting_lms_files
from students.refusals import Forbidden, Refused
from students.services.leases import LEASE
from tests.api.callers import assert_problem, caller_of
from tests.attendance.modes.ways import MONDAY, TUESDAY, status, taught
from tests.world import NOW, World

MAPPING = FileMapping(kinds={"quiz": "work", "view": "lms_activity"}, skipped=frozenset({"system"}))
HEADER = ",".join(COLUMNS)


@pytest.fixture
def home(opened_world: World) -> World:
    """Abara and Castillo work in own time online."""
    world = opened_world
    for name in ("Abara", "Castillo"):
        taught(world, name)
    return world


def line(world: World, name: str = "Abara", at: str = "2020-10-19T21:14:00-05:00", **said: str) -> str:
    its = {"student": world.students[name].state_id, "section": "s1", "instant": at, "kind": "view"} | said
    return ",".join(its.get(each, "") for each in COLUMNS)


def sent(world: World, *lines: str, by: str = "reyes", header: str = HEADER, mapping: FileMapping = MAPPING) -> LmsRun:
    """A file of the district, received and read."""
    source = io.BytesIO("\n".join([header, *lines]).encode())
    run = receive_lms_file(world.scope(by), source, file_name="activity.csv", mapping=mapping, submission_id=uuid4())
    read_lms_file(world.installation, run.pk, instants=lambda: NOW)
    run.refresh_from_db()
    return run


def faults(run: LmsRun) -> list[tuple[int, str]]:
    return [(each["line"], each["column"]) for each in run.faults]


def test_MS24_a_file_is_stored_once_and_its_days_are_judged(home: World) -> None:
    lines = [line(home), line(home, "Castillo", event_id="e1", minutes="25"), line(home, kind="system")]
    first = sent(home, *lines)
    assert (first.state, first.rows, first.stored, first.skipped, first.fault_count) == ("done", 2, 2, 1, 0)
    assert status(home, "Abara", MONDAY, TUESDAY) == ["P", "U"]
    assert Engagement.objects.get(event_id="e1").minutes == 25
    again = sent(home, *lines)
    assert (again.state, again.stored, again.known) == ("unchanged", 0, 2)
    assert Engagement.objects.count() == 2
    assert not LmsPart.objects.exists()
    assert not check(home.installation)


def test_one_wrong_line_and_nothing_is_stored(home: World) -> None:
    run = sent(
        home,
        line(home),
        line(home, student="nobody"),
        line(home, section="s99"),
        line(home, at="2020-10-19T21:14:00"),
        line(home, at="2020-10-28T21:14:00-05:00"),
        line(home, minutes="1441"),
        line(home, kind="exam"),
        line(home, event_id="e1"),
        line(home, "Castillo", event_id="e1"),
    )
    assert (run.state, run.stored, run.fault_count) == ("refused", 0, 7)
    wrong = [(3, "student"), (4, "section"), (5, "instant"), (6, "instant"), (7, "minutes"), (8, "kind")]
    assert faults(run) == [*wrong, (10, "event_id")]
    assert "200000" not in str(run.faults)
    assert not Engagement.objects.exists()


def test_an_id_that_stands_for_another_event_is_refused(home: World) -> None:
    sent(home, line(home, event_id="e1"))
    assert sent(home, line(home, event_id="e1")).state == "unchanged"
    assert faults(sent(home, line(home, event_id="e1", minutes="3"))) == [(2, "event_id")]


def test_an_instant_without_a_zone_is_read_in_the_zone_that_the_mapping_names(home: World) -> None:
    zoned = FileMapping(kinds=MAPPING.kinds, zone=ZoneInfo("America/Chicago"))
    assert sent(home, line(home, at="2020-10-19 23:59:59"), mapping=zoned).state == "done"
    assert Engagement.objects.get().day == MONDAY


def test_columns_are_found_by_the_names_the_mapping_gives(home: World) -> None:
    columns = COLUMNS | {"student": "SIS Id", "kind": "Event"}
    header = HEADER.replace("student", "SIS Id").replace("kind", "Event")
    assert sent(home, line(home), header=header, mapping=FileMapping(columns, MAPPING.kinds)).state == "done"
    lacking = sent(home, line(home), mapping=FileMapping(columns, MAPPING.kinds))
    assert (lacking.state, "“SIS Id”" in lacking.problem) == ("refused", True)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00student", b"%PDF-1.4 <script>", b"student,section\n\x00\x00", b'"'])
def test_what_is_no_csv_is_refused_in_words(home: World, content: bytes) -> None:
    run = receive_lms_file(
        home.scope("reyes"), io.BytesIO(content), file_name="x.csv", mapping=MAPPING, submission_id=uuid4()
    )
    read_lms_file(home.installation, run.pk, instants=lambda: NOW)
    run.refresh_from_db()
    assert (run.state, bool(run.problem)) == ("refused", True)


def test_only_the_district_sends_a_file_and_never_an_empty_one(home: World) -> None:
    with pytest.raises(Forbidden):
        sent(home, line(home), by="okafor")
    with pytest.raises(Refused, match="empty"):
        receive_lms_file(
            home.scope("reyes"), io.BytesIO(b""), file_name="x.csv", mapping=MAPPING, submission_id=uuid4()
        )


def test_the_same_upload_twice_is_one_and_a_file_left_by_a_killed_worker_is_taken_up(home: World) -> None:
    form, source = uuid4(), f"{HEADER}\n{line(home)}".encode()
    given = {"file_name": "a.csv", "mapping": MAPPING, "submission_id": form}
    run = receive_lms_file(home.scope("reyes"), io.BytesIO(source), **given)
    assert receive_lms_file(home.scope("reyes"), io.BytesIO(source), **given) == run
    LmsRun.objects.filter(pk=run.pk).update(
        state="running", lease_token=uuid4(), leased_until=NOW + LEASE, attempts=1, rows_done=1
    )
    assert waiting_lms_files(home.installation, at=NOW) == []
    later = NOW + LEASE + timedelta(seconds=1)
    assert waiting_lms_files(home.installation, at=later) == [run.pk]
    read_lms_file(home.installation, run.pk, instants=lambda: later)
    run.refresh_from_db()
    assert (run.state, run.stored) == ("done", 1)


def event(world: World, name: str = "Abara", **said: object) -> dict:
    its = {"student": world.students[name].state_id, "measure": "lms_activity", "event_id": str(uuid4())}
    return {**its, "instant": "2020-10-19T21:14:00-05:00", **said}


def test_MS15_the_api_stores_a_batch_once_and_says_what_became_of_each(home: World) -> None:
    lms = caller_of(home, "reyes", ["lms:write"])
    batch = {"events": [event(home), event(home, "Castillo", section="s1", minutes=25, work_of="2020-10-19")]}
    first = lms.send("POST", "/lms-events/", batch).json()
    assert (first["stored"], first["known"]) == (2, 0)
    assert status(home, "Abara", MONDAY) == ["P"]
    batch["events"].append(event(home, instant="2020-10-21T03:00:00Z"))
    second = lms.send("POST", "/lms-events/", batch).json()
    assert [each["outcome"] for each in second["events"]] == ["known", "known", "stored"]
    assert status(home, "Abara", TUESDAY) == ["P"]


def test_the_api_refuses_a_batch_with_a_bad_event_and_points_at_it(home: World) -> None:
    lms = caller_of(home, "reyes", ["lms:write"])

    def errors(*events: dict, status: int = 422, kind: str = "refused") -> list[str]:
        problem = assert_problem(lms.send("POST", "/lms-events/", {"events": list(events)}), status, kind)
        return [each["pointer"] for each in problem["errors"]]

    assert errors(event(home), event(home, student="x"), event(home, section="x")) == [
        "#/events/1/student",
        "#/events/2/section",
    ]
    assert errors(event(home, instant="2020-10-27T10:00:01-05:00")) == ["#/events/0/instant"]
    malformed = {"status": 400, "kind": "malformed"}
    for wrong in ({"instant": "2020-10-19T21:14:00"}, {"minutes": -1}, {"minutes": 1441}, {"measure": "x"}, {"x": 1}):
        assert [each.rpartition("/")[2] for each in errors(event(home, **wrong), **malformed)] == [*wrong]
    assert errors(*[event(home)] * 1001, **malformed) == ["#/events"]
    assert not Engagement.objects.exists()


def test_who_may_send_events_at_all(home: World) -> None:
    batch = {"events": [event(home)]}
    assert_problem(
        caller_of(home, "reyes", ["attendance:write"]).send("POST", "/lms-events/", batch), 403, "not-allowed"
    )
    assert_problem(caller_of(home, "okafor", ["lms:write"]).send("POST", "/lms-events/", batch), 403, "not-allowed")


def test_a_batch_of_one_day_costs_the_same_whatever_its_size(home: World) -> None:
    lms = caller_of(home, "reyes", ["lms:write"])

    def statements(n: int) -> int:
        with CaptureQueriesContext(connection) as made:
            lms.send("POST", "/lms-events/", {"events": [event(home) for _ in range(n)]})
        return len(made)

    statements(1)
    assert statements(2) == statements(200)
