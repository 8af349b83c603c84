"""The processes of one run: started in order, watched, and stopped in the reverse order."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .locks import Lock
from .process import START_TIMEOUT, Command, Process

Pause = Callable[[float], None]


@dataclass
class Children:
    """Every process started here holds `locks`; `pause(seconds)` is called between two looks at them.

    A supervisor's `pause` raises when it has been asked to stop, so that no wait outlives the wish to end.
    """

    locks: Sequence[Lock]
    pause: Pause = time.sleep
    _running: list[Process] = field(default_factory=list)

    def start(self, command: Command) -> Process:
        """Starts a process that is to run until the end."""
        process = Process(command, self.locks)
        self._running.append(process)
        return process

    def wait_until(self, answers: Callable[[Process], bool], process: Process) -> None:
        """Returns once it answers; raises ServiceError when any process ends instead or this one takes too long."""
        deadline = time.monotonic() + START_TIMEOUT
        while not answers(process):
            self.require_running()
            if time.monotonic() > deadline:
                raise process.failure(f"does not answer after {START_TIMEOUT} s")
            self.pause(0.05)

    def run(self, command: Command) -> str:
        """Runs a process to its end and returns what it wrote; raises ServiceError unless its exit code is 0."""
        process = Process(command, self.locks)
        try:
            while process.exit_code() is None:
                self.require_running()
                self.pause(0.05)
        finally:
            process.stop()
        if process.exit_code() != 0:
            raise process.failure("failed")
        return process.output()

    def require_running(self) -> None:
        """Raises ServiceError, with the end of its output, for a process that has ended by itself."""
        for process in self._running:
            if process.exit_code() is not None:
                raise process.failure("ended unexpectedly")

    def stop(self) -> None:
        """Stops the last started first, each within its own time limit."""
        while self._running:
            self._running.pop().stop()
