"""The wish to stop: Ctrl-C, SIGTERM or a closed terminal, noticed between two steps and never in the midst of one."""

from __future__ import annotations

import signal
import time
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Someone asked us to stop."""


class StopRequest:
    """Remembers the signal that asked us to stop; further ones change nothing, for stopping is bounded in time."""

    def __init__(self) -> None:
        """Begins to listen; `nohup` is respected."""
        self._asked = False
        for number in SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._ask)

    def pause(self, seconds: float) -> None:
        """Waits; raises Stopped when we have been asked to stop before or meanwhile."""
        deadline = time.monotonic() + seconds
        while not self._asked and time.monotonic() < deadline:
            time.sleep(min(0.1, seconds))  # a signal does not cut a sleep short
        if self._asked:
            raise Stopped

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True
