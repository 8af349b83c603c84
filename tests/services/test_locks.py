from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from attendance_site.services.errors import ServiceError
from attendance_site.services.locks import Lock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


def test_a_held_lock_is_refused_and_a_released_one_is_not(path: Path) -> None:
    first, second = Lock(path), Lock(path)
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()


def test_a_child_that_was_handed_the_lock_holds_it_until_it_ends(path: Path) -> None:
    lock = Lock(path)
    lock.acquire()
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, pass_fds=[lock.descriptor]) as child:
        lock.release()
        assert not Lock(path).acquire()
        child.communicate()
        assert Lock(path).acquire(timeout=5)


def test_a_child_that_was_not_handed_the_lock_does_not_hold_it(path: Path) -> None:
    lock = Lock(path)
    lock.acquire()
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, close_fds=False) as child:
        lock.release()
        assert Lock(path).acquire()
        child.communicate()


def test_the_holder_is_named_by_its_last_note(path: Path) -> None:
    path.write_text("1234567")
    lock = Lock(path)
    lock.acquire()
    lock.write("42")
    assert lock.holder() == 42


def test_a_holder_without_a_name_is_reported_and_not_guessed(path: Path) -> None:
    lock = Lock(path)
    lock.acquire()
    with pytest.raises(ServiceError, match="without saying what it is"):
        lock.holder()
