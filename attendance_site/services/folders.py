"""The folders of a running set of services: where their data lie, and the private folder of their sockets."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import stat
import string
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .account import Account, give_to, is_open_to_everyone
from .errors import ServiceError
from .locks import Lock

PROJECT = Path(__file__).resolve().parent.parent.parent
PREFIX = "first-bell-"
MARKER = "owner"
POSTGRES_SOCKET = ".s.PGSQL.5432"
# sockaddr_un.sun_path with its closing zero: a longer path is cut in silence, and the socket is elsewhere.
LONGEST_SOCKET_PATH = 103 if sys.platform == "darwin" else 107
FALLBACK = Path("/tmp")


@dataclass(frozen=True)
class ServiceFolder:
    """A short folder, closed to others, for the sockets (and, for temporary services, the data).

    Its marker names the project it belongs to and is locked by everything that runs in it, so that a later start can
    tell the leavings of a killed one from a folder in use.
    """

    path: Path
    lock: Lock

    @classmethod
    def make(cls, project: Path, account: Account | None) -> ServiceFolder:
        """A new folder of `project` that only `account` (and root) can enter."""
        path = _new_folder(account)
        lock = Lock(path / f"{MARKER}.new")
        lock.acquire()
        lock.write(str(project))
        lock.path.rename(path / MARKER)  # seen by others only once it is locked
        give_to(path, account)
        return cls(path, lock)

    def remove(self) -> None:
        """Deletes the folder; nothing may be running in it any more."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.lock.release()


def sweep(project: Path) -> None:
    """Deletes the folders that killed runs of this project left; never one in use or another project's."""
    for marker in _markers():
        lock = Lock(marker)
        try:
            if marker.read_text() != str(project) or not lock.acquire():
                continue
        except OSError:  # another account's, or just being removed
            continue
        shutil.rmtree(marker.parent, ignore_errors=True)
        lock.release()


def private_root(project: Path) -> Path:
    """A folder of root's own outside the project, for what the servers' account must reach in spite of a closed one."""
    root = Path("/var/tmp") / f"{PREFIX}{hashlib.sha256(str(project).encode()).hexdigest()[:12]}"
    root.mkdir(mode=0o711, exist_ok=True)
    found = root.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise ServiceError(f"{root} exists and belongs to someone else. Remove it and start again.")
    root.chmod(0o711)
    return root


def data_root(data: Path, account: Account | None) -> Path:
    """Where the servers keep their data: `data` itself, unless their account cannot reach it."""
    data.mkdir(parents=True, exist_ok=True, mode=0o711 if account else 0o700)
    if account is None or is_open_to_everyone(data):
        return data
    return private_root(data)


def _new_folder(account: Account | None) -> Path:
    for parent in _parents():
        path = parent / f"{PREFIX}{_random_name()}"
        too_long = len(os.fsencode(path / POSTGRES_SOCKET)) >= LONGEST_SOCKET_PATH
        if too_long or (account is not None and not is_open_to_everyone(parent)):
            continue
        path.mkdir(mode=0o700)
        return path
    raise ServiceError(
        f"The temporary folder {tempfile.gettempdir()} has too long a path for a socket "
        f"({LONGEST_SOCKET_PATH} bytes at most), or is closed to the servers. Set TMPDIR=/tmp and start again."
    )


def _parents() -> list[Path]:
    """The system's temporary folder, and /tmp where that one will not do. Resolved: macOS has /tmp as a link."""
    return list(dict.fromkeys(folder.resolve() for folder in (Path(tempfile.gettempdir()), FALLBACK)))


def _markers() -> Iterator[Path]:
    for parent in _parents():
        yield from parent.glob(f"{PREFIX}*/{MARKER}")


def _random_name() -> str:
    """Six characters; lower case, because the host of a URL is folded to lower case on its way to a client."""
    return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(6))
