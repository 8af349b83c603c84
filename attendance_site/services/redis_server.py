"""Redis 6.2 from the wheel's program, with a configuration of our own, on a Unix socket only."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Sequence
from pathlib import Path

from .account import Account, give_to
from .binaries import Binaries
from .errors import ServiceError
from .locks import Lock
from .process import Process

START_TIMEOUT = 20  # seconds
SOCKET = "redis.sock"


class Redis:
    """A server with its data in `data` and its socket in `sockets`."""

    def __init__(
        self, binaries: Binaries, data: Path, sockets: Path, log: Path, account: Account | None, *, durable: bool = True
    ) -> None:
        self._program = binaries.redis_server
        self._data = data
        self._socket = sockets / SOCKET
        self._log = log
        self._account = account
        self._durable = durable

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    def start(self, locks: Sequence[Lock]) -> Process:
        """Starts the server; its data folder is made where there is none."""
        self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
        give_to(self._data, self._account)
        options = [part for name, value in self._configuration().items() for part in (f"--{name}", value)]
        return Process(
            "Redis",
            [self._program, *options],
            log=self._log,
            folder=Path("/"),
            environment={"PATH": os.defpath, "LC_ALL": "C"},
            account=self._account,
            locks=locks,
            stop_timeout=3,
        )

    def wait_until_ready(self, process: Process) -> None:
        """Returns once it answers; raises ServiceError when it ends or takes too long."""
        deadline = time.monotonic() + START_TIMEOUT
        while not self._answers():
            process.require_running()
            if time.monotonic() > deadline:
                raise ServiceError(f"Redis did not answer within {START_TIMEOUT} s. See {self._log}.")
            time.sleep(0.02)

    def _configuration(self) -> dict[str, str]:
        return {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "daemonize": "no",
            "databases": "1",
            "save": "",
            "appendonly": "yes" if self._durable else "no",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",  # a message is never dropped to make room
            "dir": str(self._data),
        }

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            try:
                client.connect(str(self._socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")  # while it loads its file it answers -LOADING
            except OSError:
                return False
