"""One child process: started in a session of its own, logged to a file, stopped with a time limit."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .account import Account
from .errors import ServiceError
from .locks import Lock
from .parent_death import signal_on_parent_death

LAST_LINES = 20


class Process:
    """A child that never outlives us: on our death it gets `stop_signal`, as it does when asked to stop."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        folder: Path,
        environment: Mapping[str, str],
        account: Account | None = None,
        locks: Sequence[Lock] = (),
        stop_signal: signal.Signals = signal.SIGTERM,
        stop_timeout: float = 3,
    ) -> None:
        self.name = name
        self.log = log
        self.stop_signal = stop_signal
        self.stop_timeout = stop_timeout
        with log.open("ab") as output:
            self._popen = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env=dict(environment),
                start_new_session=True,  # Ctrl-C in the terminal is for the supervisor alone, which keeps the order
                pass_fds=[lock.descriptor for lock in locks],
                preexec_fn=signal_on_parent_death(stop_signal),  # noqa: PLW1509 - one system call, no locks
                **(account.popen_arguments() if account else {}),
            )

    @property
    def pid(self) -> int:
        return self._popen.pid

    def has_ended(self) -> bool:
        return self._popen.poll() is not None

    def require_running(self) -> None:
        """Raises ServiceError with the end of the log when the process has ended by itself."""
        if self.has_ended():
            raise ServiceError(
                f"{self.name} ended unexpectedly ({self._how_it_ended()}). The end of {self.log}:\n\n{self.last_lines()}"
            )

    def last_lines(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-LAST_LINES:]
        return "\n".join(f"    {line}" for line in lines) or "    (nothing was written)"

    def stop(self) -> None:
        """Asks it to end, waits `stop_timeout` seconds, then kills it and everything in its process group."""
        if not self.has_ended():
            self._popen.send_signal(self.stop_signal)
            try:
                self._popen.wait(self.stop_timeout)
            except subprocess.TimeoutExpired:
                pass
        self._kill_group()
        self._popen.wait()

    def _kill_group(self) -> None:
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):  # macOS answers EPERM for a group of ended processes
            return

    def _how_it_ended(self) -> str:
        code = self._popen.returncode
        return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
