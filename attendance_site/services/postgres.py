"""PostgreSQL 18 from the wheel's programs: a cluster of our own, on a Unix socket only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from .account import Account, give_to
from .binaries import Binaries
from .errors import ServiceError
from .locks import Lock
from .process import Process

MAJOR_VERSION = "18"
START_TIMEOUT = 60  # seconds; recovery after a killed run reads the log that it left
DATABASE = "first_bell"
OWNER_ROLE = "first_bell_owner"
APPLICATION_ROLE = "first_bell"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
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


class Postgres:
    """A cluster in `data` whose socket lies in `sockets`. Make the cluster, start, wait until it answers, stop."""

    def __init__(
        self, binaries: Binaries, data: Path, sockets: Path, log: Path, account: Account | None, *, durable: bool = True
    ) -> None:
        self._bin = binaries.postgres_bin
        self._data = data
        self._sockets = sockets
        self._log = log
        self._account = account
        self._durable = durable

    @property
    def url(self) -> str:
        """The database as the application's role."""
        return self._url(APPLICATION_ROLE)

    @property
    def owner_url(self) -> str:
        """The database as the role that owns and migrates it."""
        return self._url(OWNER_ROLE)

    def start(self, locks: Sequence[Lock]) -> Process:
        """Starts the server, having made its cluster where there is none. `locks` must prove that none runs on it."""
        self._make_cluster()
        (self._data / "postmaster.pid").unlink(missing_ok=True)  # its pid may by now be a stranger's
        settings = SETTINGS | ({} if self._durable else NOT_DURABLE)
        options = [f"--{name}={value}" for name, value in settings.items()]
        return Process(
            "PostgreSQL",
            [self._bin / "postgres", "-D", self._data, "-k", self._sockets, *options],
            log=self._log,
            folder=Path("/"),
            environment=_environment(),
            account=self._account,
            locks=locks,
            stop_signal=signal.SIGINT,  # "fast": open transactions are rolled back, then it ends
            stop_timeout=5,
        )

    def wait_until_ready(self, process: Process) -> None:
        """Returns once it answers and has its roles and database; raises ServiceError when it ends or takes too long."""
        deadline = time.monotonic() + START_TIMEOUT
        while not self._answers():
            process.require_running()
            if time.monotonic() > deadline:
                raise ServiceError(f"PostgreSQL did not answer within {START_TIMEOUT} s. See {self._log}.")
            time.sleep(0.05)
        self._psql(ROLES_AND_DATABASE)

    def _make_cluster(self) -> None:
        if self._data.exists():
            self._require_our_version()
            return
        making = self._data.with_name(f"{self._data.name}.new")  # renamed when whole: a killed start leaves no half one
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700, parents=True)
        give_to(making, self._account)
        self._initdb(making)
        making.rename(self._data)

    def _initdb(self, folder: Path) -> None:
        command = [str(self._bin / "initdb"), "-D", str(folder), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
        command += ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        if not self._durable:
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
            **(self._account.popen_arguments() if self._account else {}),
        )
        if done.returncode != 0:
            raise ServiceError(f"PostgreSQL could not make its data folder {folder}:\n\n{done.stdout}")

    def _require_our_version(self) -> None:
        version = (self._data / "PG_VERSION").read_text().strip()
        if version != MAJOR_VERSION:
            raise ServiceError(
                f"{self._data} was made by PostgreSQL {version}; this one is {MAJOR_VERSION}. "
                "Dump it with the old one, or move the folder away to begin anew."
            )

    def _answers(self) -> bool:
        command = [str(self._bin / "pg_isready"), "--quiet", "-h", str(self._sockets)]
        return subprocess.run(command, env=_environment(), check=False).returncode == 0

    def _psql(self, script: str) -> None:
        command = [str(self._bin / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(self._sockets)]
        done = subprocess.run(
            [*command, "-U", "postgres", "-d", "postgres"],
            check=False,
            input=script,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode != 0:
            raise ServiceError(f"PostgreSQL could not make its roles and database:\n\n{done.stdout}")

    def _url(self, role: str) -> str:
        # The form that libpq and django-environ both read: the latter does not decode %2F in the place of a host.
        return f"postgresql://{role}@/{DATABASE}?host={self._sockets}"


def _environment() -> dict[str, str]:
    """Nothing of ours: PGDATA, PGPORT and their kin would redirect it, LANG would change its messages."""
    return {"PATH": os.defpath, "LC_ALL": "C"}
