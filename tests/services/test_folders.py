from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from attendance_site.services import folders
from attendance_site.services.account import Account, is_open_to_everyone, servers_account
from attendance_site.services.errors import ServiceError
from attendance_site.services.folders import ServiceFolder, data_root, private_root, sweep

PROJECT = Path("/home/someone/first-bell")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the servers another account")


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A system's temporary folder of our own; pytest's is too long a path and closed to others."""
    with tempfile.TemporaryDirectory(prefix="t-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        monkeypatch.setattr(tempfile, "tempdir", name)
        monkeypatch.setattr(folders, "FALLBACK", folder)
        yield folder


@pytest.fixture
def account() -> Account | None:
    return servers_account()


def test_the_folder_is_closed_to_others_and_belongs_to_the_servers(temporary: Path, account: Account | None) -> None:
    found = ServiceFolder.make(PROJECT, account).path.stat()
    assert found.st_mode & 0o777 == 0o700
    assert found.st_uid == (account.uid if account else os.geteuid())


def test_the_name_survives_the_lower_casing_of_a_host(temporary: Path) -> None:
    name = ServiceFolder.make(PROJECT, None).path.name
    assert name == name.lower()


def test_what_a_killed_run_left_is_swept(temporary: Path) -> None:
    folder = ServiceFolder.make(PROJECT, None)
    folder.lock.release()  # as the kernel does
    sweep(PROJECT)
    assert not folder.path.exists()


def test_a_folder_in_use_is_not_swept(temporary: Path) -> None:
    folder = ServiceFolder.make(PROJECT, None)
    sweep(PROJECT)
    assert folder.path.exists()


def test_another_projects_folder_is_not_swept(temporary: Path) -> None:
    folder = ServiceFolder.make(PROJECT / "copy", None)
    folder.lock.release()
    sweep(PROJECT)
    assert folder.path.exists()


def test_a_folder_without_our_marker_is_not_swept(temporary: Path) -> None:
    strangers = temporary / "first-bell-abc123"
    strangers.mkdir()
    sweep(PROJECT)
    assert strangers.exists()


def test_a_temporary_folder_with_too_long_a_path_is_passed_over(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = temporary / ("d" * 90)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    assert ServiceFolder.make(PROJECT, None).path.parent == temporary


def test_it_says_so_when_no_temporary_folder_is_short_enough(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = temporary / ("d" * 90)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    monkeypatch.setattr(folders, "FALLBACK", deep)
    with pytest.raises(ServiceError, match="TMPDIR=/tmp"):
        ServiceFolder.make(PROJECT, None)


@pytest.mark.parametrize(("length", "fits"), [(107, False), (106, True)])
def test_the_longest_path_of_a_socket_is_106_bytes(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, length: int, fits: bool
) -> None:
    monkeypatch.setattr(folders, "LONGEST_SOCKET_PATH", 107)
    inside = len("/first-bell-abc123/.s.PGSQL.5432")
    exact = temporary / ("d" * (length - inside - len(str(temporary)) - 1))
    exact.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(exact))
    assert (ServiceFolder.make(PROJECT, None).path.parent == exact) is fits


def test_the_data_lie_in_the_project_when_the_servers_can_reach_it(temporary: Path, account: Account | None) -> None:
    temporary.chmod(0o755)
    assert data_root(temporary / "data", account) == temporary / "data"


@as_root
def test_roots_closed_folder_keeps_its_rights_and_the_data_go_elsewhere(
    temporary: Path, account: Account | None
) -> None:
    closed = temporary / "closed"
    closed.mkdir(mode=0o700)
    root = data_root(closed / "data", account)
    try:
        assert root.parent == Path("/var/tmp")
        assert is_open_to_everyone(root)
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        root.rmdir()


@as_root
def test_a_folder_that_someone_else_laid_in_wait_is_refused() -> None:
    root = private_root(PROJECT)
    try:
        os.chown(root, 65534, 65534)
        with pytest.raises(ServiceError, match="belongs to someone else"):
            private_root(PROJECT)
    finally:
        root.rmdir()
