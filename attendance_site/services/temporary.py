"""PostgreSQL and Redis for a test run or a benchmark: quick, forgetful, and gone afterwards."""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from .account import servers_account
from .binaries import find_binaries
from .folders import ServiceFolder, sweep
from .postgres import Postgres
from .redis_server import Redis

PROJECT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class TemporaryServices:
    """The addresses of running services. The database is empty; its owner may make others beside it."""

    database_url: str
    database_owner_url: str
    redis_url: str

    def environment(self) -> dict[str, str]:
        """The same as the variables that settings read."""
        return {
            "DATABASE_URL": self.database_url,
            "DATABASE_OWNER_URL": self.database_owner_url,
            "REDIS_URL": self.redis_url,
        }


@contextmanager
def temporary_services(project: Path = PROJECT) -> Iterator[TemporaryServices]:
    """Services of one's own in a temporary folder, beside whatever else runs; nothing is left when the block ends.

    They are not durable: a crash of the machine loses them. Call it from the main thread, which they end with. When
    this process is killed they end too, and the next call deletes the folder that was left.
    """
    with ExitStack() as stack:
        at_exit = partial(_close_in, os.getpid(), stack)
        atexit.register(at_exit)
        stack.callback(atexit.unregister, at_exit)
        yield _start(project, stack)


def _start(project: Path, stack: ExitStack) -> TemporaryServices:
    sweep(project)
    account = servers_account()
    binaries = find_binaries(account)
    folder = ServiceFolder(project, account)
    stack.callback(folder.remove)
    redis = Redis(binaries, folder.path / "redis", folder.path, folder.path / "redis.log", account, durable=False)
    redis_process = redis.start([folder.lock])
    stack.callback(redis_process.stop)
    postgres = Postgres(
        binaries, folder.path / "postgres", folder.path, folder.path / "postgres.log", account, durable=False
    )
    postgres_process = postgres.start([folder.lock])
    stack.callback(postgres_process.stop)
    redis.wait_until_ready(redis_process)
    postgres.wait_until_ready(postgres_process)
    return TemporaryServices(postgres.url, postgres.owner_url, redis.url)


def _close_in(pid: int, stack: ExitStack) -> None:
    """Closes them at the end of the process that started them, not of one forked from it."""
    if os.getpid() == pid:
        stack.close()
