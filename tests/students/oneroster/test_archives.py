"""An archive is refused before it is read when it is too large or unfit, and while it is read when it lied."""

import zipfile

import pytest

from students.oneroster import fileset
from students.oneroster.roster_set import read_set
from students.refusals import Refused
from tests.students.oneroster.sets import RosterFiles


def archive(tmp_path, **members):
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name, text in members.items():
            made.writestr(name, text)
    return path


@pytest.mark.parametrize(
    "name", ["roster/orgs.csv", "../orgs.csv", "/etc/orgs.csv", "..", "roster\\orgs.csv", "roster/"]
)
def test_a_name_with_a_folder_in_it_is_refused(tmp_path, name):
    with pytest.raises(Refused, match="folder of the archive"):
        read_set(archive(tmp_path, **{name: "x"}))


def test_what_a_mac_adds_to_an_archive_is_passed_over(tmp_path):
    assert "no manifest.csv" in str(read_set(archive(tmp_path, **{"__MACOSX/._orgs.csv": "x"})).findings.faults[0])


def test_an_archive_over_the_limit_is_refused_unopened(tmp_path, monkeypatch):
    monkeypatch.setattr(fileset, "LARGEST_ARCHIVE", 10)
    path = tmp_path / "set.zip"
    path.write_bytes(b"x" * 11)
    with pytest.raises(Refused, match="larger than 200 MB"):
        read_set(path)


def test_an_archive_that_says_it_unpacks_beyond_the_limit_is_refused_unread(tmp_path, monkeypatch):
    path = RosterFiles().zip(tmp_path / "set.zip")
    monkeypatch.setattr(fileset, "LARGEST_SET", 100)
    with pytest.raises(Refused, match="more than 1 GB"):
        read_set(path)


def test_an_archive_that_lies_about_its_size_is_refused_while_it_is_read(tmp_path):
    path = RosterFiles().zip(tmp_path / "set.zip")
    meter = fileset.Meter(100)
    with (
        pytest.raises(Refused, match="more than its archive says"),
        fileset.opened(path) as files,
        fileset.lines_of(files, "users.csv", meter) as lines,
    ):
        list(lines)


def test_a_folder_beyond_the_limit_is_refused_unread(tmp_path, monkeypatch):
    folder = RosterFiles().folder(tmp_path / "set")
    monkeypatch.setattr(fileset, "LARGEST_SET", 100)
    with pytest.raises(Refused, match="more than 1 GB"):
        read_set(folder)


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "set.zip"
    path.write_bytes(b"not an archive")
    with pytest.raises(Refused, match="not a zip"):
        read_set(path)


def test_a_damaged_archive_is_refused(tmp_path):
    path = RosterFiles().zip(tmp_path / "set.zip")
    with zipfile.ZipFile(path) as made:
        start = made.getinfo("users.csv").header_offset + 60
    damaged = bytearray(path.read_bytes())
    damaged[start : start + 20] = bytes(20)
    path.write_bytes(damaged)
    with pytest.raises(Refused, match="damaged"):
        read_set(path)


def test_an_encrypted_archive_is_refused(tmp_path):
    path = archive(tmp_path, **{"orgs.csv": "x"})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(Refused, match="encrypted"):
        read_set(path)


def test_a_name_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("orgs.csv", "a")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("orgs.csv", "b")
    with pytest.raises(Refused, match="twice"):
        read_set(path)


def test_a_path_that_leads_nowhere_is_refused(tmp_path):
    with pytest.raises(Refused, match="no file or folder"):
        read_set(tmp_path / "nothing")
