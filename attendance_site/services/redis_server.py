"""Redis 6.2 from the wheel's program, with a configuration of our own, on a Unix socket only."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from socket import AF_UNIX, socket

from .account import Account, give_to
from .process import Command


@dataclass(frozen=True)
class Redis:
    """A server with its data in the folder `data` and its socket in the folder `sockets`, run as `account`.

    One that is not `durable` keeps nothing: for tests.
    """

    program: Path
    data: Path
    sockets: Path
    log: Path
    account: Account | None
    durable: bool = True

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.sockets / "redis.sock"

    @property
    def url(self) -> str:
        """Its address, as redis-py reads it; kombu wants `redis+socket://` in the place of `unix://`."""
        return f"unix://{self.socket}"

    def command(self) -> Command:
        """How to start it. Its folder must have been made."""
        options = [part for name, value in self._configuration().items() for part in (f"--{name}", value)]
        return Command(
            "Redis",
            [self.program, *options],
            log=self.log,
            folder=Path("/"),
            environment={"PATH": os.defpath, "LC_ALL": "C"},
            account=self.account,
        )

    def prepare(self) -> None:
        """Makes its data folder where there is none."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        give_to(self.data, self.account)

    def _configuration(self) -> dict[str, str]:
        return {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "daemonize": "no",
            "databases": "1",
            "save": "",
            "appendonly": "yes" if self.durable else "no",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",  # a message is never dropped to make room
            "dir": str(self.data),
        }

    def answers(self) -> bool:
        """Whether it serves: not while it reads its data."""
        with socket(AF_UNIX) as client:
            client.settimeout(1)
            try:
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
            except OSError:
                return False
