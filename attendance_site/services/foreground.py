"""What `make services` and `make demo` run, from the first process to the last."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from .clock import DemoClock
from .environment import secret_key
from .folders import PROJECT
from .site_processes import Site, require_free, web_answers, worker_answers
from .stopping import StopRequest
from .supervisor import Run, say, supervised

OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


def run_services(data: Path, stop: StopRequest) -> None:
    """PostgreSQL and Redis, migrated, for commands run beside them. Ends by raising Stopped or ServiceError."""
    _note_foreign_addresses()
    with supervised(data, stop.pause) as run:
        run = _with(run, SECRET_KEY=secret_key(data / "secret_key"))
        run.children.run(_site(run).manage("migrate"))
        with run.announced():
            say("PostgreSQL and Redis are running. Commands find them: try `.venv/bin/python manage.py check`.")
            say("Ctrl-C stops them.")
            run.watch(lambda: None)


def run_demo(data: Path, port: int, stop: StopRequest) -> None:
    """The demo district and its site on `port`, on a clock of its own. Ends by raising Stopped or ServiceError."""
    _note_foreign_addresses()
    clock = DemoClock(data / "clock.json")
    with supervised(data, stop.pause, lambda: require_free(port)) as run:
        clock.resume(datetime.now(UTC))
        run = _with(run, SECRET_KEY=secret_key(data / "secret_key"), CLOCK_FILE=str(clock.path))
        run = _with(run, SITE_URL=f"http://localhost:{port}", **_mail(data))
        site = _site(run)
        accounts = _prepared(run, site, port)
        with run.announced():
            _open(run, site, port)
            say(accounts)
            say(f"First Bell is open on http://localhost:{port}  -  Ctrl-C stops it.")
            run.watch(lambda: clock.touch(datetime.now(UTC)))


def _prepared(run: Run, site: Site, port: int) -> str:
    """Who can sign in, once everything is there that they will see."""
    say("Preparing the demo district. The first time takes a minute or two ...")
    options = ["--rosters", str(run.data / "rosters"), "--port", str(port)]
    return run.children.run(site.manage("prepare_demo", *options))


def _open(run: Run, site: Site, port: int) -> None:
    """Started in this order they stop in the reverse one: first nobody is let in, last the database closes."""
    worker = run.children.start(site.worker())
    run.children.start(site.beat())
    web = run.children.start(site.web(port))
    run.children.wait_until(lambda _: web_answers(port), web)
    run.children.wait_until(worker_answers, worker)


def _site(run: Run) -> Site:
    inherited = {name: value for name, value in os.environ.items() if name != "CLOCK_FILE"}
    return Site(PROJECT, run.data, inherited | run.environment | {"PYTHONUNBUFFERED": "1"})


def _with(run: Run, **variables: str) -> Run:
    return replace(run, environment=run.environment | variables)


def _mail(data: Path) -> dict[str, str]:
    """Mail goes into files, since a log is no place for what it says of children; or where EMAIL_URL says."""
    if os.environ.get("EMAIL_URL"):
        return {}
    folder = data.resolve() / "mail"
    folder.mkdir(mode=0o700, exist_ok=True)
    # One more slash than an address has: django-environ takes the first as the end of the host.
    return {"EMAIL_URL": f"filemail:///{folder}"}


def _note_foreign_addresses() -> None:
    for name in OURS:
        if os.environ.get(name):
            say(f"{name} is set, but these services are our own and do not touch what it names.")
