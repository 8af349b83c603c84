"""A worker as it runs in a district, beside a test."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def running_worker() -> Iterator[None]:
    """A worker that has said it takes tasks, killed at the end."""
    options = ["--pool", "solo", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    command = [sys.executable, "-m", "celery", "-A", "attendance_site", "worker", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert any(" ready." in line for line in process.stdout or [])
            yield
        finally:
            process.kill()
