"""A roster that is refused: by page, by program and by command in the same words."""

from pathlib import Path
from uuid import uuid4

import pytest
from celery import Celery, current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from students.models import RosterRun
from students.refusals import NOT_HERE
from students.services.roster_import import run_import
from tests.api.callers import API, Caller, caller_of
from tests.attendance.pages.visitors import client_of
from tests.parity.test_same_words import text_of
from tests.students.imports.runs import as_worker, district_files, in_a_folder, plan
from tests.world import World


@pytest.fixture(autouse=True)
def _no_broker():
    before = current_app._get_current_object()
    Celery("nobody", broker="redis://127.0.0.1:1/0", set_as_current=True)
    yield
    before.set_current()


def by_page(world: World, name: str, content: bytes):
    form = {"archive": SimpleUploadedFile("roster.zip", content), "submission_id": str(uuid4())}
    return client_of(world, name).post("/imports/", form)


def by_program(caller: Caller, content: bytes):
    headers = caller.headers | {"Idempotency-Key": str(uuid4())}
    return caller.client.generic("POST", f"{API}/imports/", content, content_type="application/zip", headers=headers)


@pytest.mark.parametrize("name", ["okafor", "whitfield", "novak"])
def test_to_anybody_but_the_district_there_are_no_imports(world: World, name: str) -> None:
    content = in_a_folder(district_files(1)).getvalue()
    page, program = by_page(world, name, content), by_program(caller_of(world, name), content)
    assert (page.status_code, program.status_code) == (404, 404)
    assert NOT_HERE in text_of(page)
    assert program.json()["detail"] == NOT_HERE
    assert not RosterRun.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"rows", "The file is not a zip. Pack the roster's CSV files into one, at its root."),
    ],
    ids=["empty", "no zip"],
)
def test_what_is_no_zip_is_refused_at_the_door(world: World, content: bytes, words: str) -> None:
    page, program = by_page(world, "reyes", content), by_program(caller_of(world, "reyes"), content)
    assert (page.status_code, program.status_code) == (422, 422)
    assert words in text_of(page)
    assert program.json()["detail"] == words


def test_a_set_that_cannot_be_opened_is_refused_by_all_three(world: World, tmp_path: Path) -> None:
    packed = in_a_folder(district_files(1))
    (tmp_path / "roster.zip").write_bytes(packed.getvalue())
    caller = caller_of(world, "reyes")
    sent = by_program(caller, packed.getvalue()).json()
    plan(RosterRun.objects.get())
    told = caller.get(f"/imports/{sent['id']}/").json()
    with pytest.raises(CommandError) as command:
        call_command("import_oneroster", str(tmp_path / "roster.zip"))
    page = client_of(world, "reyes").get(f"/imports/{sent['id']}/")
    assert told["stage"] == "refused"
    assert told["problem"] == str(command.value)
    assert told["problem"] in text_of(page)


def test_a_faulty_row_is_told_by_all_three(world: World, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    files = district_files(1)
    files.row("users", "p1")["enabledUser"] = "perhaps"
    path = files.zip(tmp_path / "roster.zip")
    caller = caller_of(world, "reyes")
    sent = by_program(caller, Path(path).read_bytes()).json()
    plan(RosterRun.objects.get())
    [fault] = caller.get(f"/imports/{sent['id']}/").json()["faults"]
    with pytest.raises(CommandError):
        call_command("import_oneroster", str(path))
    assert fault["message"] in capsys.readouterr().out
    assert fault["message"] in text_of(client_of(world, "reyes").get(f"/imports/{sent['id']}/"))
    assert run_import(as_worker(), path, dry_run=True).fault_count == 1
