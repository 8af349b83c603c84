"""What the doctor says of rosters that should arrive by themselves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from students.findings import Finding, Level
from students.models import RosterRun, RunOrigin, RunStage
from students.services.checkups import rosters
from students.services.checkups.rosters import check_roster_arrivals, check_roster_folder
from tests.students.imports.runs import as_worker, bring, district_files, plan

# Files are dated by the machine.
REAL = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def folder_finding() -> Finding:
    [found] = check_roster_folder(as_worker())
    return found


@pytest.mark.django_db
def test_a_folder_that_nobody_named_is_well(settings) -> None:
    settings.ROSTER_FOLDER = ""
    assert folder_finding().level is Level.OK
    assert list(check_roster_arrivals(as_worker())) == []


@pytest.mark.django_db
def test_a_folder_that_can_be_read_is_well_and_one_that_cannot_is_wrong(settings, tmp_path: Path) -> None:
    settings.ROSTER_FOLDER = str(tmp_path)
    assert folder_finding().level is Level.OK
    (tmp_path / "file").touch()
    for missing in ("nothing", "file"):
        settings.ROSTER_FOLDER = str(tmp_path / missing)
        found = folder_finding()
        assert (found.level, bool(found.mend)) == (Level.WRONG, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "level"),
    [
        (timedelta(days=4) - timedelta(microseconds=1), Level.OK),
        (timedelta(days=4), Level.WARNING),
    ],
)
def test_a_folder_that_went_quiet_is_a_warning(settings, tmp_path: Path, monkeypatch, age, level) -> None:
    settings.ROSTER_FOLDER, settings.ROSTER_FOLDER_QUIET_DAYS = str(tmp_path), 4
    monkeypatch.setattr(rosters, "_real_now", lambda: REAL)
    [none_yet] = check_roster_arrivals(as_worker())
    assert "No roster has come in" in none_yet.what
    RosterRun.objects.create(
        submission_id=uuid4(),
        origin=RunOrigin.FOLDER,
        received_at=as_worker().now,
        file_name="nightly.zip",
        delivered_at=REAL - age,
        stage=RunStage.UNCHANGED,
        finished_at=as_worker().now,
    )
    [found] = check_roster_arrivals(as_worker())
    assert found.level is level


@pytest.mark.django_db
def test_an_import_that_waits_for_a_person_is_a_warning(settings) -> None:
    settings.ROSTER_FOLDER = ""
    plan(bring(district_files()))
    [found] = check_roster_arrivals(as_worker())
    assert "1 roster import waits for a district administrator" in found.what
