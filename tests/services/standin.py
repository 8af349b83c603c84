"""A stand-in for the site, small and without Django, run by the real supervisor with real servers and processes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from attendance_site.services.folders import sweep

ROOT = Path(__file__).resolve().parent.parent.parent
GONE_WITHIN = 15  # seconds, from the wish to end to the last process

MANAGE = """
import sys
print("Did", *sys.argv[1:])
"""
WSGI = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"sign in"]
"""
CELERY = """
import os, time
from celery import Celery
app = Celery("standin", broker=os.environ["REDIS_URL"].replace("unix://", "redis+socket://"))
app.conf.broker_connection_retry_on_startup = True
@app.task(name="slow")
def slow(note):
    open(note, "w").write("begun")
    time.sleep(120)
"""
# The supervisor as it is, with another project to run.
MAIN = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from attendance_site.services import __main__, foreground, supervisor
foreground.PROJECT = supervisor.PROJECT = Path({project!r})
sys.exit(__main__.main())
"""


@dataclass
class StandIn:
    """A project in a folder of its own that the servers' account can reach."""

    project: Path = field(default_factory=lambda: _new_project())
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.write_files()

    @property
    def data(self) -> Path:
        return self.project / ".data"

    def run(
        self, *arguments: str, environment: dict[str, str] | None = None, under: Sequence[str] = ()
    ) -> subprocess.Popen[str]:
        """Starts `python -m attendance_site.services ARGUMENTS` for this project, as the child of `under` if given."""
        main = MAIN.format(root=str(ROOT), project=str(self.project))
        process = subprocess.Popen(
            [*under, sys.executable, "-c", main, *arguments, "--data", str(self.data)],
            cwd="/",
            env=_clean_environment() | (environment or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
            # Whoever runs the tests may ignore it (nohup does), and a child would inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL) and None,
        )
        self.started.append(process)
        return process

    def services(self) -> subprocess.Popen[str]:
        """A run of `services` that answers."""
        process = self.run("services")
        read_until(process, "Ctrl-C stops them")
        return process

    def demo(self, port: int) -> subprocess.Popen[str]:
        """A run of `demo` that answers."""
        process = self.run("demo", "--port", str(port))
        read_until(process, "is open")
        return process

    def services_environment(self) -> dict[str, str]:
        lines = (self.data / "services.env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if not line.startswith("#"))

    def write_files(self) -> None:
        """Its program, as it was before a test changed it."""
        package = self.project / "attendance_site"
        package.mkdir(exist_ok=True)
        (package / "__init__.py").touch()
        (package / "wsgi.py").write_text(WSGI)
        (package / "celery.py").write_text(CELERY)
        (self.project / "manage.py").write_text(MANAGE)
        (self.project / "note").unlink(missing_ok=True)

    def end_all(self) -> None:
        """Ends the runs that a test left."""
        while self.started:
            process = self.started.pop()
            if process.poll() is None:
                process.terminate()
            process.communicate(timeout=GONE_WITHIN)

    def remove(self) -> None:
        self.end_all()
        sweep(self.project)
        shutil.rmtree(self.project)


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """The supervisor and everything below it."""
    supervisor = psutil.Process(process.pid)
    return [supervisor, *supervisor.children(recursive=True)]


def require_gone(processes: list[psutil.Process]) -> None:
    """Fails with the names of those still there after fifteen seconds."""
    deadline = time.monotonic() + GONE_WITHIN
    while left := [process for process in processes if _lives(process)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


def read_until(process: subprocess.Popen[str], text: str) -> str:
    """What it says up to and with the line that holds `text`; fails when it ends first."""
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if text in line:
            return said
    raise AssertionError(f"It ended without saying {text!r}:\n{said}")


def wait_until(holds: Callable[[], bool], timeout: float = 10) -> None:
    deadline = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def kill(processes: list[psutil.Process]) -> None:
    """SIGKILL to all, as a machine that runs out of memory might."""
    for process in processes:
        if process.is_running():
            process.send_signal(signal.SIGKILL)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _new_project() -> Path:
    project = Path(tempfile.mkdtemp(prefix="stand-in-"))
    project.chmod(0o755)
    return project


def _clean_environment() -> dict[str, str]:
    ours = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "CLOCK_FILE", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if name not in ours}
