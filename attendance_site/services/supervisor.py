"""One run of a project's services: what it holds, in which order it comes up, and that all of it goes again."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .account import Account, servers_account
from .children import Children, Pause
from .environment import write_environment
from .errors import ServiceError
from .folders import PROJECT, ServiceFolder, data_root, private_root, sweep
from .locks import Lock
from .servers import Servers

LAST_RUN_TIMEOUT = 20  # seconds for what a killed supervisor left to end by itself
STOP_TIMEOUT = 30  # seconds that `stop` waits; the supervisor itself needs 15 at most


def say(text: str) -> None:
    """Tells the person at the terminal, who may have closed it."""
    try:
        print(text, flush=True)
    except OSError:
        return


@dataclass(frozen=True)
class Run:
    """A run whose servers answer. `environment` is what its commands and processes need to find them."""

    data: Path
    children: Children
    environment: dict[str, str]

    @contextmanager
    def announced(self) -> Iterator[None]:
        """Tells commands beside us, in `services.env`, where the services are for as long as the block runs."""
        path = self.data / "services.env"
        write_environment(path, self.environment)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)

    def watch(self, every_second: Callable[[], None]) -> None:
        """Never returns: raises ServiceError when a process ends by itself, or what the pause raises."""
        while True:
            self.children.require_running()
            every_second()
            self.children.pause(1)


@contextmanager
def supervised(data: Path, pause: Pause, require_free: Callable[[], None] = lambda: None) -> Iterator[Run]:
    """Starts PostgreSQL and Redis with their data in `data`, and stops all of the run's processes after the block.

    `require_free` is asked once nothing of the last run is left and before anything is started. Raises ServiceError
    when the project is running already, or something cannot be started.
    """
    account = servers_account()
    root = _data_root(data, account)
    with ExitStack() as stack:
        _hold(stack, data)
        inherited = _outwait_last_run(stack, data)
        sweep(PROJECT)
        require_free()
        folder = ServiceFolder.make(PROJECT, account)
        stack.callback(folder.remove)
        children = Children([inherited, folder.lock], pause)
        stack.callback(children.stop)
        stack.callback(say, "Stopping ...")
        servers = Servers.at(root, folder.path, _logs(data), account, durable=True)
        servers.start(children)
        yield Run(data, children, servers.environment())


def stop_running(data: Path) -> None:
    """Stops the run that goes on in the background, and returns once it has ended."""
    lock = Lock(data / "supervisor.lock")
    if not data.exists() or lock.acquire():
        lock.release()
        say("Nothing is running here.")
        return
    pid = lock.holder()
    os.kill(pid, signal.SIGTERM)
    if not lock.acquire(STOP_TIMEOUT):
        raise ServiceError(f"Process {pid} was asked to stop but has not ended after {STOP_TIMEOUT} s.")
    lock.release()
    say("Stopped.")


def forget(data: Path) -> None:
    """Deletes all data of the services, which must not be running, and root's copies of their programs."""
    if not data.exists():
        return
    account = servers_account()
    with ExitStack() as stack:
        _hold(stack, data)
        _outwait_last_run(stack, data)
        sweep(PROJECT)
        for folder in (data_root(data, account), data, *([private_root(PROJECT)] if account else [])):
            shutil.rmtree(folder, ignore_errors=True)


def _hold(stack: ExitStack, data: Path) -> None:
    """One run for each project. The pid in the file is believed only while its lock is held."""
    lock = Lock(data / "supervisor.lock")
    if not lock.acquire():
        raise ServiceError(
            f"First Bell is already running here (process {lock.holder()}). Stop it with Ctrl-C there, "
            "or with `make demo-stop`."
        )
    stack.callback(lock.release)
    lock.write(str(os.getpid()))


def _outwait_last_run(stack: ExitStack, data: Path) -> Lock:
    """The lock that all children hold: to have it means that none of the last run's is left."""
    lock = Lock(data / "children.lock")
    if not lock.acquire():
        say("Waiting for the last run to end ...")
        if not lock.acquire(LAST_RUN_TIMEOUT):
            raise ServiceError(f"Processes of the last run still hold {lock.path}. End them and start again.")
    stack.callback(lock.release)
    return lock


def _data_root(data: Path, account: Account | None) -> Path:
    root = data_root(data, account)
    if account is not None and root != data and not (root / "postgres").exists():
        say(f"This folder is closed to '{account.name}', who runs the servers for root: their data go to {root}.")
    return root


def _logs(data: Path) -> Path:
    logs = data / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    return logs
