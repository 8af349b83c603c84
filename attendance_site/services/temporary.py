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
from .children import Children
from .folders import PROJECT, ServiceFolder, sweep
from .servers import Servers


@dataclass(frozen=True)
class TemporaryServices:
    """The addresses of running services. The database is empty; its owner may make others beside it."""

    database_url: str
    database_owner_url: str
    redis_url: str


@contextmanager
def temporary_services(project: Path = PROJECT) -> Iterator[TemporaryServices]:
    """Services of one's own in a temporary folder, beside whatever else runs; nothing is left when the block ends.

    They are not durable: a crash of the machine loses them. Call it from the main thread, with which they end. When
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
    folder = ServiceFolder.make(project, account)
    stack.callback(folder.remove)
    children = Children([folder.lock])
    stack.callback(children.stop)
    servers = Servers.at(folder.path, folder.path, folder.path, account, durable=False)
    servers.start(children)
    return TemporaryServices(servers.postgres.url, servers.postgres.owner_url, servers.redis.url)


def _close_in(pid: int, stack: ExitStack) -> None:
    """Closes them at the end of the process that started them, not of one forked from it."""
    if os.getpid() == pid:
        stack.close()
