"""Locks that the kernel lifts by itself: a pid in a file may be stale or belong to a stranger, a held lock cannot."""

from __future__ import annotations

import fcntl
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from .errors import ServiceError


@dataclass
class Lock:
    """An exclusive lock on a file.

    Processes that were handed its descriptor hold it too: it is free once the last of them has ended.
    So a lock handed to PostgreSQL tells the next start whether a server of the last one is still at work.
    """

    path: Path
    _descriptor: int | None = field(default=None, init=False)

    @property
    def descriptor(self) -> int:
        """The descriptor to hand down to children (`pass_fds`); the lock must be held."""
        assert self._descriptor is not None, f"{self.path} is not locked"
        return self._descriptor

    def acquire(self, timeout: float = 0) -> bool:
        """Whether the lock could be had within `timeout` seconds."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + timeout
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                os.close(descriptor)
                return False
            time.sleep(0.05)
        self._descriptor = descriptor
        return True

    def write(self, text: str) -> None:
        """Leaves a note for whoever finds the lock held."""
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, text.encode(), 0)

    def holder(self) -> int:
        """The pid that the holder wrote. Believe it only while the lock is held by another."""
        time.sleep(0.1)  # one that has only just taken the lock still has to replace the pid of the last holder
        text = self.path.read_text()
        if not text.isdecimal():
            raise ServiceError(f"Something holds {self.path} without saying what it is.")
        return int(text)

    def release(self) -> None:
        """Lets go of it. Closing, not unlocking: children that still run must keep theirs."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
