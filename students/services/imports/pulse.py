"""Keeps a lease alive, and tells how far the work is, while the work's one long transaction is open."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import DatabaseError, connection

from students.services.leases import Instants, Lease, LeaseLost, renew

log = logging.getLogger(__name__)

# Several renewals may be missed before the lease runs out.
EVERY_SECONDS = 10


class Pulse:
    """Renews a lease from a thread with a connection of its own: what it writes is seen before the work commits."""

    def __init__(self, lease: Lease, instants: Instants) -> None:
        """Nothing beats yet."""
        self._lease = lease
        self._instants = instants
        self._step = ""
        self._wake, self._stopped = Event(), Event()
        self._thread = Thread(target=self._beat, name=f"pulse of run {lease.run_id}", daemon=True)

    def say(self, step: str) -> None:
        """Tell, at once, that another step begins."""
        self._step = step
        self._wake.set()

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def stop(self) -> None:
        """Beat no more. To be called outside the work's transaction, whose locks the last beat may wait for."""
        self._stopped.set()
        self._wake.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._stopped.is_set():
                self._wake.wait(EVERY_SECONDS)
                self._wake.clear()
                if not self._stopped.is_set():
                    self._renew()
        except LeaseLost:
            # The work finds out for itself at its last write, and is rolled back there.
            log.info("The lease of import run %s is gone or its work has ended.", self._lease.run_id)
        finally:
            connection.close()

    def _renew(self) -> None:
        try:
            renew(self._lease, at=self._instants(), step=self._step)
        except DatabaseError as fault:
            log.warning("The lease of import run %s was not renewed (%s).", self._lease.run_id, type(fault).__name__)


@contextmanager
def beating(lease: Lease, instants: Instants) -> Iterator[Pulse]:
    """A pulse for as long as the block lasts; open the work's transaction inside it."""
    pulse = Pulse(lease, instants)
    pulse.start()
    try:
        yield pulse
    finally:
        pulse.stop()
