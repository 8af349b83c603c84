"""The site's own processes: its commands, the web server, the worker and beat."""

from __future__ import annotations

import http.client
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from signal import SIGKILL

from .errors import ServiceError
from .process import Command, Process

HOST = "127.0.0.1"
FIRST_PAGE = "/accounts/login/"


@dataclass(frozen=True)
class Site:
    """The Django project in the folder `project`, with the environment its processes are given."""

    project: Path
    data: Path
    environment: Mapping[str, str]

    def manage(self, name: str, *arguments: str) -> Command:
        """A command of manage.py."""
        return self._python(f"manage.py {name}", "manage.py", name, *arguments, log=name)

    def web(self, port: int) -> Command:
        """The web server: two processes of four threads."""
        options = ["--bind", f"{HOST}:{port}", "--workers", "2", "--worker-class", "gthread", "--threads", "4"]
        # Its control socket would lie in the home folder, one for all projects.
        options += ["--graceful-timeout", "2", "--no-control-socket"]
        web = self._python("The web server", "-m", "gunicorn", *options, "attendance_site.wsgi", log="web")
        return replace(web, stop_timeout=3)

    def worker(self) -> Command:
        """The worker, with two processes of its own."""
        options = ["--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
        # Told to end it finishes its task first. With nobody left to limit that it must go at once, and its processes
        # with it; work is a row with a lease, which the next worker takes up.
        return replace(self._celery("The worker", "worker", *options), stop_timeout=3, orphan_signal=SIGKILL)

    def beat(self) -> Command:
        """The timetable of the nightly and hourly work."""
        return self._celery("Beat", "beat", "--schedule", str(self.data / "beat-schedule"), "--pidfile", "")

    def _celery(self, name: str, role: str, *options: str) -> Command:
        return self._python(name, "-m", "celery", "-A", "attendance_site", role, *options, log=role)

    def _python(self, name: str, *arguments: str, log: str) -> Command:
        log_file = self.data / "logs" / f"{log}.log"
        return Command(name, [sys.executable, *arguments], log_file, self.project, self.environment)


def require_free(port: int) -> None:
    """Raises ServiceError, with what to run instead, when another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise ServiceError(
                f"Port {port} cannot be used: {error.strerror}. Run `PORT={port + 1} make demo`."
            ) from None


def web_answers(port: int) -> bool:
    """Whether the sign-in page comes."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", FIRST_PAGE)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def worker_answers(process: Process) -> bool:
    """Whether the worker has said that it takes tasks."""
    return " ready." in process.output()
