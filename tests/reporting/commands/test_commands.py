"""close_month and verify_month, as somebody types them."""

import os
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reporting.models import MonthRun
from reporting.services.building import build_month
from reporting.services.leases import take_up
from students import clock
from tests.reporting.months import AFTER, after_the_month, ask, take_month
from tests.world import NOW, World

DAY = date(2020, 10, 21)
NAME = "S_2500_008_112020.zip"


@pytest.fixture(autouse=True)
def _after_the_month():
    with clock.stopped_at(AFTER):
        yield


@pytest.mark.parametrize(("month", "school"), [("3", "2500-008"), ("2020-11", "008")])
def test_RD70_a_month_is_closed_by_its_number_or_its_name_and_verifies(
    taken_month: World, tmp_path: Path, capsys, month: str, school: str
) -> None:
    call_command("close_month", month, school=school, out=tmp_path / "new" / "folder")
    assert [each.name for each in (tmp_path / "new" / "folder").iterdir()] == [NAME]
    assert "ADA 9.00, ADM 9.00 over 15 school days. Uncertified." in capsys.readouterr().out
    call_command("verify_month", tmp_path / "new" / "folder")
    assert f"{NAME}: verified." in capsys.readouterr().out


def test_every_school_is_closed_and_one_that_is_blocked_does_not_hold_up_the_others(
    taken_month: World, tmp_path: Path, capsys
) -> None:
    with pytest.raises(CommandError, match="1 of 2 schools"):
        call_command("close_month", "3", out=tmp_path)
    said = capsys.readouterr()
    assert [each.name for each in tmp_path.iterdir()] == [NAME]
    assert "error RD-03: Algebra I, W1, period 1, on Monday, October 19, 2020: not taken." in said.err
    assert "2500-012 Washington High School: blocked by findings." in said.err


def test_a_blocked_month_prints_its_findings_and_writes_nothing(committed_world: World, tmp_path: Path, capsys) -> None:
    take_month(committed_world, committed_world.lincoln, untaken=[(key, DAY) for key in ("2", "4", "6")])
    with pytest.raises(CommandError):
        call_command("close_month", "3", school="008", out=tmp_path)
    assert capsys.readouterr().err.count("error RD-03") == 3
    assert list(tmp_path.iterdir()) == []


def test_RD10_a_month_that_is_not_over_is_refused(world: World, tmp_path: Path, capsys) -> None:
    with clock.stopped_at(NOW), pytest.raises(CommandError):
        call_command("close_month", "3", school="008", out=tmp_path)
    assert "Month 3 ends on Friday, November 6, 2020" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("month", "school", "said"),
    [
        ("10", "008", "names no reporting month"),
        ("2020-07", "008", "names no reporting month"),
        ("3", "009", "No school has the state code “009”"),
        ("3", "2501-008", "No school has the state code"),
        ("2025-11", "008", "could not be closed"),
    ],
)
def test_what_cannot_be_closed_is_said(world: World, tmp_path: Path, month: str, school: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("close_month", month, school=school, out=tmp_path)


def test_a_month_that_a_worker_holds_is_waited_for(taken_month: World, tmp_path: Path, monkeypatch) -> None:
    lease = take_up(after_the_month(), ask(taken_month.lincoln).pk, at=datetime.now(UTC))
    pauses = []

    def worker_finishes(seconds: float) -> None:
        pauses.append(seconds)
        build_month(after_the_month(), lease, instants=lambda: datetime.now(UTC))

    monkeypatch.setattr("time.sleep", worker_finishes)
    call_command("close_month", "3", school="008", out=tmp_path)
    assert pauses == [1.0]
    assert MonthRun.objects.count() == 1
    assert (tmp_path / NAME).exists()


@pytest.fixture
def package(taken_month: World, tmp_path: Path) -> Path:
    call_command("close_month", "3", school="008", out=tmp_path)
    return tmp_path / NAME


def _refused(path: Path, capsys) -> str:
    with pytest.raises(CommandError):
        call_command("verify_month", path)
    return capsys.readouterr().err


def test_an_unpacked_package_verifies_and_a_file_too_many_or_too_few_does_not(package: Path, capsys) -> None:
    folder = package.parent / "unpacked"
    zipfile.ZipFile(package).extractall(folder)
    call_command("verify_month", folder)
    (folder / "extra.csv").write_text("x")
    assert "“extra.csv”: is not in the manifest." in _refused(folder, capsys)
    (folder / "extra.csv").unlink()
    (folder / "S_2500_008_112020_Calendar.csv").unlink()
    assert "S_2500_008_112020_Calendar.csv: is missing." in _refused(folder, capsys)


def test_a_flipped_byte_is_found_and_its_file_named(package: Path, capsys) -> None:
    folder = package.parent / "unpacked"
    zipfile.ZipFile(package).extractall(folder)
    attendance = folder / "S_2500_008_112020_Attendance.csv"
    content = bytearray(attendance.read_bytes())
    content[200] ^= 1
    attendance.write_bytes(content)
    assert "S_2500_008_112020_Attendance.csv: is not the file of the manifest" in _refused(folder, capsys)


def test_a_damaged_zip_beside_a_good_one_is_named(package: Path, capsys) -> None:
    damaged = bytearray(package.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (package.parent / "damaged.zip").write_bytes(damaged)
    with pytest.raises(CommandError, match="1 of 2 packages"):
        call_command("verify_month", package.parent)
    said = capsys.readouterr()
    assert "damaged.zip: " in said.err
    assert f"{NAME}: verified" in said.out


def test_links_pipes_and_folders_in_a_package_are_refused_and_never_followed(package: Path, capsys) -> None:
    folder = package.parent / "unpacked"
    zipfile.ZipFile(package).extractall(folder)
    (folder / "link").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    said = _refused(folder, capsys)
    assert [f"“{name}”: is not a plain file." in said for name in ("link", "pipe", "folder")] == [True] * 3


def test_a_place_without_a_package_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nothing there can be verified"):
        call_command("verify_month", tmp_path)
    with pytest.raises(CommandError, match="no file or folder"):
        call_command("verify_month", tmp_path / "nowhere")
