"""PostgreSQL and Redis together, as a project needs them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .account import Account
from .binaries import find_binaries
from .children import Children
from .postgres import Postgres
from .redis_server import Redis


@dataclass(frozen=True)
class Servers:
    """Both servers, not started yet."""

    postgres: Postgres
    redis: Redis

    @classmethod
    def at(cls, data: Path, sockets: Path, logs: Path, account: Account | None, *, durable: bool) -> Servers:
        """Servers with their data in `data`, run as `account` from the installed wheels."""
        programs = find_binaries(account)
        return cls(
            Postgres(programs.postgres, data / "postgres", sockets, logs / "postgres.log", account, durable),
            Redis(programs.redis, data / "redis", sockets, logs / "redis.log", account, durable),
        )

    def start(self, children: Children) -> None:
        """Returns once both answer. No other server may be running on their data."""
        self.postgres.prepare()
        self.redis.prepare()
        postgres = children.start(self.postgres.command())
        redis = children.start(self.redis.command())
        children.wait_until(lambda _: self.redis.answers(), redis)
        children.wait_until(lambda _: self.postgres.answers(), postgres)
        self.postgres.make_roles_and_database()

    def environment(self) -> dict[str, str]:
        """Their addresses, as the variables that settings read."""
        return {
            "DATABASE_URL": self.postgres.url,
            "DATABASE_OWNER_URL": self.postgres.owner_url,
            "REDIS_URL": self.redis.url,
        }
