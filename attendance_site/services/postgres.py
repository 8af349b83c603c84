"""PostgreSQL 18 from the wheel's programs: a cluster of our own, on a Unix socket only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .account import Account, give_to
from .errors import ServiceError
from .process import Command

MAJOR_VERSION = "18"
DATABASE = "first_bell"
OWNER_ROLE = "first_bell_owner"
APPLICATION_ROLE = "first_bell"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    # The data lie in memory or on flash. At the old default of 4, gathering a day's facts takes five times as long.
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    # Rows and statements hold children's names: an error says which constraint, not whose row.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}

# Safe to run at every start: a start that was killed half way is made good. What the application's role may do with
# the tables is granted by the migrations, which run as the owner.
ROLES_AND_DATABASE = f"""
SELECT 'CREATE ROLE {OWNER_ROLE} LOGIN CREATEDB'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER_ROLE}') \\gexec
SELECT 'CREATE ROLE {APPLICATION_ROLE} LOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION_ROLE}') \\gexec
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
"""


@dataclass(frozen=True)
class Postgres:
    """A cluster in the folder `data`, with its socket in the folder `sockets`, run as `account`.

    One that is not `durable` is quicker and may be lost with the machine: for tests.
    """

    programs: Path
    data: Path
    sockets: Path
    log: Path
    account: Account | None
    durable: bool = True

    @property
    def url(self) -> str:
        """The database as the application's role."""
        return self._url(APPLICATION_ROLE)

    @property
    def owner_url(self) -> str:
        """The database as the role that owns and migrates it."""
        return self._url(OWNER_ROLE)

    def command(self) -> Command:
        """How to start it. Its cluster must have been made."""
        settings = SETTINGS | ({} if self.durable else NOT_DURABLE)
        options = [f"--{name}={value}" for name, value in settings.items()]
        return Command(
            "PostgreSQL",
            [self.programs / "postgres", "-D", self.data, "-k", self.sockets, *options],
            log=self.log,
            folder=Path("/"),
            environment=_environment(),
            account=self.account,
            stop_signal=signal.SIGINT,  # "fast": open transactions are rolled back, then it ends
            stop_timeout=4,
            orphan_signal=signal.SIGINT,
        )

    def prepare(self) -> None:
        """Makes the cluster where there is none. Call it only when no server can be running on it.

        Raises ServiceError when the folder is another version's, or cannot be made.
        """
        if self.data.exists():
            self._require_our_version()
        else:
            self._make_cluster()
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # left by a killed one; its pid may be a stranger's now

    def answers(self) -> bool:
        """Whether it takes connections: not while it starts, recovers or stops."""
        command = [str(self.programs / "pg_isready"), "--quiet", "-h", str(self.sockets)]
        return subprocess.run(command, env=_environment(), check=False).returncode == 0

    def make_roles_and_database(self) -> None:
        """Makes what is missing of them in a server that answers."""
        command = [str(self.programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(self.sockets)]
        done = subprocess.run(
            [*command, "-U", "postgres", "-d", "postgres"],
            check=False,
            input=ROLES_AND_DATABASE,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode != 0:
            raise ServiceError(f"PostgreSQL could not make its roles and database:\n\n{done.stdout}")

    def _make_cluster(self) -> None:
        making = self.data.with_name(f"{self.data.name}.new")  # renamed when whole: a killed start leaves no half one
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700, parents=True)
        give_to(making, self.account)
        self._initdb(making)
        making.rename(self.data)

    def _initdb(self, folder: Path) -> None:
        command = [
            str(self.programs / "initdb"),
            "-D",
            str(folder),
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
        ]
        command += ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        if not self.durable:
            command.append("--no-sync")
        done = subprocess.run(
            command,
            check=False,
            cwd="/",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **(self.account.popen_arguments() if self.account else {}),
        )
        if done.returncode != 0:
            raise ServiceError(f"PostgreSQL could not make its data folder {folder}:\n\n{done.stdout}")

    def _require_our_version(self) -> None:
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != MAJOR_VERSION:
            raise ServiceError(
                f"{self.data} was made by PostgreSQL {version}; this one is {MAJOR_VERSION}. "
                "Dump it with the old one, or move the folder away to begin anew."
            )

    def _url(self, role: str) -> str:
        # The form that libpq and django-environ both read: the latter does not decode %2F in the place of a host.
        return f"postgresql://{role}@/{DATABASE}?host={self.sockets}"


def _environment() -> dict[str, str]:
    """Nothing of ours: PGDATA, PGPORT and their kin would redirect it, LANG would change its messages."""
    return {"PATH": os.defpath, "LC_ALL": "C"}
