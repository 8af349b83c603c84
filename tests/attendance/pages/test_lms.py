"""The door for LMS activity files, and the list of what could not be used."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import LmsRun
from attendance.rules.lms import COLUMNS
from attendance.services.lms_files import read_lms_file
from tests.attendance.acts import open_both_schools
from tests.attendance.modes.ways import MONDAY, TUESDAY, engaged, instant, taught
from tests.attendance.pages.visitors import client_of
from tests.world import NOW, World


@pytest.fixture
def home(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Abara works in own time online. Nobody takes messages: a run waits, as when the broker is down."""
    monkeypatch.setattr("attendance.views.lms.hand_to_a_worker", lambda task, run_id: False)
    open_both_schools(world)
    taught(world, "Abara")
    return world


def form(*lines: str, **said: str) -> dict:
    content = "\n".join([",".join(COLUMNS), *lines]).encode()
    columns = {f"column_{name}": name for name in COLUMNS}
    its = {"submission_id": str(uuid4()), "words_lms_activity": "View, page view", "skipped": "system", "zone": ""}
    return {**columns, **its, "archive": SimpleUploadedFile("activity.csv", content), **said}


def test_a_file_is_uploaded_read_and_its_mapping_is_remembered(home: World) -> None:
    visitor = client_of(home, "reyes")
    line = f"{home.students['Abara'].state_id},s1,2020-10-19T21:14:00,view,5,,"
    address = visitor.post("/lms/", form(line, line.replace(",5,", ",1441,"), zone="America/Chicago"))["Location"]
    assert "It waits for a worker" in visitor.get(address).content.decode()
    run = LmsRun.objects.get()
    read_lms_file(home.installation, run.pk, instants=lambda: NOW)
    page = visitor.get(address).content.decode()
    assert "Nothing of this file was stored" in page
    assert "minutes are a whole number from 0 to 1440" in page
    page = visitor.get("/lms/").content.decode()
    assert 'value="view, page view"' in page
    assert '<option value="America/Chicago" selected>' in page
    assert "1 line is wrong" in page


def test_a_form_that_cannot_be_is_refused_in_words(home: World) -> None:
    visitor = client_of(home, "reyes")
    for said, words in [
        ({"words_work": "view"}, "stands for two things"),
        ({"words_lms_activity": ""}, "at least one word"),
        ({"column_student": ""}, "This field is required"),
        ({"archive": ""}, "Choose the file"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
    ]:
        answer = visitor.post("/lms/", form("x", **said))
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words
    assert not LmsRun.objects.exists()


def test_the_door_is_the_districts_alone(home: World) -> None:
    for name in ("okafor", "whitfield", "mayfield"):
        assert client_of(home, name).get("/lms/").status_code == 404
    assert client_of(home, "whitfield").get("/lms/unused/").status_code == 404


def test_MS15_what_was_not_used_is_listed_with_its_reason(home: World) -> None:
    visitor = client_of(home, "mayfield")
    assert "Nothing was left unused" in visitor.get("/lms/unused/").content.decode()
    engaged(home, "Abara", instant(MONDAY, 21, 14), minutes=25)
    engaged(home, "Abara", instant(TUESDAY, 21, 14), "work", work_of=MONDAY)
    engaged(home, "Castillo", instant(TUESDAY, 22))
    with CaptureQueriesContext(connection) as first:
        page = visitor.get(f"/lms/unused/?on={TUESDAY}").content.decode()
    assert "work of Mon Oct 19" in page
    assert "no asynchronous class that day (1)" in page
    assert "25 min" not in page
    narrowed = visitor.get(f"/lms/unused/?on={TUESDAY}&why=not_asked").content.decode()
    assert "work of Mon Oct 19" not in narrowed
    assert "Castillo" in narrowed
    for name in ("Grant", "Hollis"):
        engaged(home, name, instant(TUESDAY, 22))
    with CaptureQueriesContext(connection) as second:
        visitor.get(f"/lms/unused/?on={TUESDAY}")
    assert len(first) == len(second)
