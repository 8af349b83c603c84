from __future__ import annotations

import json
import re
import signal
import socket
import stat
import subprocess
import sys
from datetime import datetime

import pytest

from attendance_site.services.clock import DEMO_START

from .standin import StandIn, family, free_port, read_until, require_gone, wait_until

pytestmark = pytest.mark.slow

SEND_SLOW = "from attendance_site.celery import app; import sys; app.send_task('slow', [sys.argv[1]])"


def test_it_opens_the_site_and_shows_the_accounts(stand_in: StandIn) -> None:
    port = free_port()
    (stand_in.data / "clock.json").unlink(missing_ok=True)
    run = stand_in.run("demo", "--port", str(port), environment={"EMAIL_URL": ""})
    said = read_until(run, "is open")
    assert re.search(rf"Did prepare_demo --rosters \S+ --port {port}", said)
    assert f"http://localhost:{port}" in said
    clock = stand_in.data / "clock.json"
    given = stand_in.services_environment()
    assert given["CLOCK_FILE"] == str(clock)
    assert given["SITE_URL"] == f"http://localhost:{port}"
    # What mail says of children stands in no log.
    assert given["EMAIL_URL"] == f"filemail:///{stand_in.data.resolve()}/mail"
    assert stat.S_IMODE((stand_in.data / "mail").stat().st_mode) == 0o700
    assert datetime.fromisoformat(json.loads(clock.read_text())["demo"]) == DEMO_START
    names = {path.stem for path in (stand_in.data / "logs").iterdir()}
    assert names >= {"prepare_demo", "web", "worker", "beat", "postgres", "redis"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_and_no_port_is_left_even_while_a_task_runs(stand_in: StandIn, number: signal.Signals) -> None:
    port = free_port()
    run = stand_in.demo(port)
    _begin_slow_task(stand_in)
    processes = family(run)
    assert len(processes) >= 10  # gunicorn and celery with their own, PostgreSQL with its, Redis and beat
    run.send_signal(number)
    require_gone(processes)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def _begin_slow_task(stand_in: StandIn) -> None:
    note = stand_in.project / "note"
    command = [sys.executable, "-c", SEND_SLOW, str(note)]
    subprocess.run(command, check=True, cwd=stand_in.project, env=stand_in.services_environment())
    wait_until(note.exists)


def test_a_taken_port_is_named_with_what_to_run_instead(stand_in: StandIn) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = stand_in.run("demo", "--port", str(port))
        said, _ = run.communicate(timeout=10)
    assert run.returncode == 1
    assert f"Port {port}" in said
    assert f"PORT={port + 1} make demo" in said


def test_a_worker_that_dies_ends_the_demo_and_is_named(stand_in: StandIn) -> None:
    run = stand_in.demo(free_port())
    processes = family(run)
    next(process for process in processes if "worker" in process.cmdline()).kill()
    said, _ = run.communicate(timeout=15)
    assert run.returncode == 1
    assert "The worker ended unexpectedly (signal SIGKILL)" in said
    require_gone(processes)


def test_a_command_that_fails_ends_the_demo_with_its_output(stand_in: StandIn) -> None:
    (stand_in.project / "manage.py").write_text("raise ValueError('no such school')")
    run = stand_in.run("demo", "--port", str(free_port()))
    processes = family(run)
    said, _ = run.communicate(timeout=20)
    assert run.returncode == 1
    assert "manage.py prepare_demo failed (exit code 1)" in said
    assert "no such school" in said
    require_gone(processes)


def test_it_can_be_stopped_while_it_still_loads(stand_in: StandIn) -> None:
    (stand_in.project / "manage.py").write_text("import time; time.sleep(120)")
    run = stand_in.run("demo", "--port", str(free_port()))
    read_until(run, "Preparing the demo district")
    processes = family(run)
    run.terminate()
    require_gone(processes)
    assert run.wait() == 0
