"""One child process: started in a session of its own, logged to a file, stopped with a time limit."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .account import Account
from .errors import ServiceError
from .locks import Lock
from .parent_death import signal_on_parent_death

LAST_LINES = 20
START_TIMEOUT = 90  # seconds; PostgreSQL's recovery after a killed run may take its time


@dataclass(frozen=True)
class Command:
    """How to start one child, and how to end it."""

    name: str
    arguments: Sequence[str | Path]
    log: Path
    folder: Path
    environment: Mapping[str, str]
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_timeout: float = 2  # seconds; a whole run must be gone within 15
    # What it gets when we are gone and nobody is left to lose patience with it.
    orphan_signal: signal.Signals = signal.SIGTERM


class Process:
    """A running child, which never outlives us."""

    def __init__(self, command: Command, locks: Sequence[Lock]) -> None:
        """Starts it; it and its own children hold the locks until the last of them has ended."""
        self.command = command
        with command.log.open("wb") as output:
            self._popen = subprocess.Popen(
                [str(argument) for argument in command.arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=command.folder,
                env=dict(command.environment),
                start_new_session=True,  # Ctrl-C in the terminal is for the supervisor alone, which keeps the order
                pass_fds=[lock.descriptor for lock in locks],
                preexec_fn=signal_on_parent_death(command.orphan_signal),
                **(command.account.popen_arguments() if command.account else {}),
            )

    @property
    def pid(self) -> int:
        """Its process id, and the id of its process group."""
        return self._popen.pid

    def exit_code(self) -> int | None:
        """None while it runs; negative when a signal ended it."""
        return self._popen.poll()

    def output(self) -> str:
        """All that it has written so far."""
        return self.command.log.read_text(errors="replace")

    def failure(self, what: str) -> ServiceError:
        """An error that says what befell it, with the end of its output."""
        lines = self.output().splitlines()[-LAST_LINES:] or ["(it wrote nothing)"]
        end = "\n".join(f"    {line}" for line in lines)
        return ServiceError(
            f"{self.command.name} {what}{self._how_it_ended()}. The end of {self.command.log}:\n\n{end}"
        )

    def stop(self) -> None:
        """Asks it to end, waits `stop_timeout` seconds, then kills it and everything in its process group."""
        if self.exit_code() is None:
            self._popen.send_signal(self.command.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self._popen.wait(self.command.stop_timeout)
        with suppress(ProcessLookupError, PermissionError):  # macOS answers EPERM for a group that has ended
            os.killpg(self.pid, signal.SIGKILL)
        self._popen.wait()

    def _how_it_ended(self) -> str:
        code = self.exit_code()
        if code is None:
            return ""
        return f" (exit code {code})" if code >= 0 else f" (signal {signal.Signals(-code).name})"
