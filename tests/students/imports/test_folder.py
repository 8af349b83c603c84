"""The watched folder: what is taken in, when, and how often."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from students import tasks
from students.models import RosterRun, RunOrigin, RunStage
from students.refusals import Refused
from students.services.imports.folder import SETTLED, take_in
from tests.students.imports.runs import MOST, REAL, apply, as_worker, district_files, plan
from tests.students.oneroster.sets import RosterFiles

pytestmark = pytest.mark.django_db
JUST_BEFORE = SETTLED - timedelta(microseconds=1)


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "watched").mkdir()
    return tmp_path / "watched"


def put(folder: Path, name: str, files: RosterFiles, at: datetime = REAL - timedelta(hours=1)) -> Path:
    """A set as the system leaves it; a folder unless the name ends in `.zip`."""
    path = files.zip(folder / name) if name.endswith(".zip") else files.folder(folder / name)
    for each in [path, *(path.iterdir() if path.is_dir() else [])]:
        os.utime(each, (at.timestamp(), at.timestamp()))
    return path


def look(folder: Path, at: datetime = REAL) -> list[str]:
    """The names of what one look takes in."""
    taken = take_in(as_worker(), folder, at=at, most_bytes=MOST)
    return [RosterRun.objects.get(pk=pk).file_name for pk in taken]


def look_twice(folder: Path, at: datetime = REAL) -> list[str]:
    """What is taken in by a look that follows another one after a minute."""
    return look(folder, at) + look(folder, at + SETTLED)


@pytest.mark.parametrize(("later", "taken"), [(JUST_BEFORE, []), (SETTLED, ["nightly.zip"])])
def test_a_file_is_taken_when_it_has_stayed_the_same_for_a_minute(folder, later, taken) -> None:
    put(folder, "nightly.zip", district_files())
    assert look(folder) == []
    assert look(folder, REAL + later) == taken


@pytest.mark.parametrize("change", ["size", "time"])
def test_a_file_that_changes_between_two_looks_waits_for_another_minute(folder, change: str) -> None:
    path = put(folder, "nightly.zip", district_files())
    look(folder)
    before = path.stat()
    if change == "size":
        path.write_bytes(path.read_bytes() + b"\0")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    else:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1000))
    assert look(folder, REAL + SETTLED) == []
    assert look(folder, REAL + SETTLED * 2) == ["nightly.zip"]


def test_zips_folders_and_the_folder_itself_are_sets_and_nothing_is_moved(folder, tmp_path) -> None:
    put(folder, "b.zip", district_files(2))
    put(folder, "a folder", district_files(3))
    (folder / "notes.txt").write_text("not a set")
    (folder / "empty").mkdir()
    (folder / ".partial.zip").write_bytes(b"half")
    (folder / "linked.zip").symlink_to(folder / "b.zip")
    before = sorted(path.name for path in folder.rglob("*"))
    assert sorted(look_twice(folder)) == ["a folder", "b.zip"]
    assert sorted(path.name for path in folder.rglob("*")) == before
    run = RosterRun.objects.get(file_name="a folder")
    assert (plan(run).stage, run.origin, run.applies_itself) == (RunStage.APPROVED, RunOrigin.FOLDER, True)
    assert look_twice(put(tmp_path, "itself", district_files(4))) == ["itself"]


def test_several_sets_are_taken_oldest_first(folder) -> None:
    for hours, name in ((1, "new.zip"), (3, "old.zip"), (2, "middle.zip")):
        put(folder, name, district_files(hours), REAL - timedelta(hours=hours))
    assert look_twice(folder) == ["old.zip", "middle.zip", "new.zip"]


def test_what_was_taken_is_not_taken_again_however_often_one_looks(folder) -> None:
    put(folder, "old.zip", district_files(1), REAL - timedelta(hours=2))
    put(folder, "new.zip", district_files(2))
    assert len(look_twice(folder)) == 2
    for run in RosterRun.objects.order_by("pk"):
        apply(plan(run))
    assert look_twice(folder, REAL + timedelta(days=1)) == []


def test_the_same_bytes_delivered_once_more_are_noted_and_not_taken_again(folder) -> None:
    first = put(folder, "nightly.zip", district_files())
    look_twice(folder)
    run = apply(plan(RosterRun.objects.get()))
    again = folder / "again.zip"
    again.write_bytes(first.read_bytes())
    os.utime(again, (REAL.timestamp(), REAL.timestamp()))
    assert look_twice(folder, REAL + timedelta(hours=1)) == []
    run.refresh_from_db()
    assert (run.delivered_at, RosterRun.objects.count()) == (REAL, 1)


def test_a_set_that_goes_back_to_what_stood_before_is_news(folder) -> None:
    path = put(folder, "nightly.zip", district_files(1), REAL - timedelta(days=2))
    first = path.read_bytes()
    look_twice(folder)
    put(folder, "nightly.zip", district_files(2), REAL - timedelta(days=1))
    look_twice(folder, REAL + timedelta(hours=1))
    for run in RosterRun.objects.order_by("pk"):
        apply(plan(run))
    path.write_bytes(first)
    os.utime(path, (REAL.timestamp(), REAL.timestamp()))
    assert look_twice(folder, REAL + timedelta(hours=2)) == ["nightly.zip"]


def test_what_cannot_be_a_set_becomes_a_refused_run_once(folder) -> None:
    (folder / "nightly.zip").write_bytes(b"no archive")
    assert look_twice(folder) == []
    run = RosterRun.objects.get()
    assert (run.stage, "not a zip" in run.problem) == (RunStage.REFUSED, True)
    look_twice(folder, REAL + timedelta(hours=1))
    assert RosterRun.objects.count() == 1


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        look(tmp_path / "nothing")


def test_the_task_does_nothing_without_a_folder_and_survives_one_that_is_gone(settings, tmp_path) -> None:
    assert tasks.watch_roster_folder() == 0
    settings.ROSTER_FOLDER = str(tmp_path / "nothing")
    assert tasks.watch_roster_folder() == 0


def test_the_tasks_take_a_nightly_set_from_the_folder_to_the_end(settings, folder, monkeypatch) -> None:
    settings.ROSTER_FOLDER = str(folder)
    put(folder, "nightly.zip", district_files())
    instants = iter([REAL, REAL + SETTLED])
    monkeypatch.setattr(tasks, "real_now", lambda: next(instants))
    assert [tasks.watch_roster_folder(), tasks.watch_roster_folder()] == [0, 1]
    monkeypatch.undo()
    run = RosterRun.objects.get()
    tasks.plan_import(run.pk)
    tasks.plan_import(run.pk)
    run.refresh_from_db()
    assert (run.stage, run.attempts) == (RunStage.APPLIED, 0)
    assert tasks.sweep_imports() == 0


def test_beat_knows_the_tasks_of_imports_by_their_names() -> None:
    from attendance_site.celery import app

    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {"students.watch_roster_folder", "students.sweep_imports"} <= scheduled
    assert {"students.plan_import", "students.apply_import"} <= set(app.tasks)
