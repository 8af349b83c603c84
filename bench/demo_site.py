"""The demo district behind a real web server, on services of its own, for as long as a benchmark runs."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from attendance_site.services.children import Children
from attendance_site.services.clock import DemoClock
from attendance_site.services.folders import PROJECT
from attendance_site.services.site_processes import HOST, Site, web_answers
from attendance_site.services.temporary import TemporaryServices, temporary_services


@contextmanager
def demo_site() -> Iterator[int]:
    """The port of the site; this process has Django set up on the same database, as the application's role.

    The database forgets on a crash (no fsync): the floor saves the same, so that only our own work is compared.
    """
    with ExitStack() as stack:
        services = stack.enter_context(temporary_services())
        data = Path(stack.enter_context(TemporaryDirectory(prefix="first-bell-bench-")))
        (data / "logs").mkdir()
        DemoClock(data / "clock.json").resume(datetime.now(UTC))
        os.environ.update(_environment(services, data))
        children = Children([])
        stack.callback(children.stop)
        port = _start(children, Site(PROJECT, data, dict(os.environ)))
        django.setup()
        yield port


def _environment(services: TemporaryServices, data: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": services.database_url,
        "DATABASE_OWNER_URL": services.database_owner_url,
        "REDIS_URL": services.redis_url,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "CLOCK_FILE": str(data / "clock.json"),
        "EMAIL_URL": "memorymail://",
        # The demo's own names its files by `collectstatic`, which would write beside a running demo's.
        "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "DJANGO_SETTINGS_MODULE": "attendance_site.settings",
    }


def _start(children: Children, site: Site) -> int:
    children.run(site.manage("migrate", "--verbosity", "0"))
    children.run(site.manage("load_demo"))
    port = _free_port()
    children.wait_until(lambda _: web_answers(port), children.start(site.web(port)))
    return port


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
