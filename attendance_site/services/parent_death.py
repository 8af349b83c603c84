"""Asks Linux to signal us when the process that started us is gone, however it went; elsewhere does nothing."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def signal_on_parent_death(signal_number: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` for a child that must not outlive us, or None where the system offers no such thing.

    `subprocess` calls it after the change of user, which would have cleared the request. The request is tied to the
    thread that forks: start children from the main thread.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def request() -> None:
        prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
        if os.getppid() != parent:  # it died between the fork and the request
            os._exit(1)

    return request


def end_with_parent(signal_number: signal.Signals) -> None:
    """The same for this very process: `signal_number` arrives when our parent (make) is killed."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
