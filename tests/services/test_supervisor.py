from __future__ import annotations

import os
import signal
import sys

import psutil
import psycopg2
import pytest
import redis

from .standin import StandIn, family, kill, read_until, require_gone, wait_until

pytestmark = pytest.mark.slow

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL]


def _named(processes: list[psutil.Process], name: str) -> psutil.Process:
    """The first of that name: a server comes before the processes it forks."""
    return next(process for process in processes if process.name() == name)


def test_both_answer_at_the_addresses_it_leaves_for_commands(stand_in: StandIn) -> None:
    stand_in.services()
    found = stand_in.services_environment()
    assert set(found) == {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY"}
    psycopg2.connect(found["DATABASE_URL"]).close()
    psycopg2.connect(found["DATABASE_OWNER_URL"]).close()
    assert redis.Redis.from_url(found["REDIS_URL"]).ping()
    assert (stand_in.data / "services.env").stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_whichever_signal_ends_it_and_the_data_outlive_it(stand_in: StandIn) -> None:
    for runs, number in enumerate(SIGNALS, start=1):
        run = stand_in.services()
        found = stand_in.services_environment()
        assert _count_runs(found["DATABASE_OWNER_URL"]) == runs
        assert redis.Redis.from_url(found["REDIS_URL"]).incr("runs") == runs
        processes = family(run)
        run.send_signal(number)
        require_gone(processes)
        assert run.wait() == (0 if number != signal.SIGKILL else -signal.SIGKILL)
        assert (stand_in.data / "services.env").exists() is (number == signal.SIGKILL)


def _count_runs(url: str) -> int:
    """How many runs the database has seen, this one included."""
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS runs (n serial); INSERT INTO runs DEFAULT VALUES")
        cursor.execute("SELECT count(*) FROM runs")
        return cursor.fetchone()[0]


def test_a_second_run_is_refused_and_says_which_process_has_it(stand_in: StandIn) -> None:
    first = stand_in.services()
    second = stand_in.run("services")
    said, _ = second.communicate(timeout=10)
    assert second.returncode == 1
    assert f"already running here (process {first.pid})" in said
    assert "make demo-stop" in said
    assert first.poll() is None


def test_stop_returns_once_all_have_ended(stand_in: StandIn) -> None:
    supervisor, *children = family(stand_in.services())
    stop = stand_in.run("stop")
    assert stop.communicate(timeout=20)[0] == "Stopped.\n"
    assert not any(child.is_running() for child in children)
    require_gone([supervisor])


def test_stop_does_not_trust_the_pid_of_a_run_that_is_over(stand_in: StandIn) -> None:
    (stand_in.data / "supervisor.lock").write_text(str(os.getpid()))
    stop = stand_in.run("stop")
    assert stop.communicate(timeout=10)[0] == "Nothing is running here.\n"
    assert stop.returncode == 0


def test_a_server_that_dies_ends_the_run_and_is_named(stand_in: StandIn) -> None:
    run = stand_in.services()
    processes = family(run)
    _named(processes, "redis-server").kill()
    said, _ = run.communicate(timeout=15)
    assert run.returncode == 1
    assert f"Redis ended unexpectedly (signal SIGKILL). The end of {stand_in.data}/logs/" in said
    require_gone(processes)


def test_after_everything_was_killed_the_next_start_works_and_sweeps(stand_in: StandIn) -> None:
    run = stand_in.services()
    folder = stand_in.services_environment()["REDIS_URL"].removeprefix("unix://").removesuffix("/redis.sock")
    processes = family(run)
    kill(processes)
    require_gone(processes)
    pid_file = stand_in.data / "postgres" / "postmaster.pid"
    # The pid now belongs to a stranger who lives: PostgreSQL by itself would refuse to start.
    pid_file.write_text(pid_file.read_text().replace(str(_pid_in(pid_file)), str(os.getpid()), 1))
    stand_in.services()
    assert not os.path.exists(folder)


def _pid_in(pid_file: os.PathLike[str]) -> int:
    with open(pid_file) as file:
        return int(file.readline())


def test_a_start_waits_for_what_a_killed_run_left(stand_in: StandIn) -> None:
    run = stand_in.services()
    redis_server = _named(family(run), "redis-server")
    redis_server.suspend()  # it cannot heed the signal that it gets on its parent's death
    run.kill()
    following = stand_in.run("services")
    read_until(following, "Waiting for the last run to end")
    redis_server.resume()
    read_until(following, "Ctrl-C stops them")


def test_a_half_made_cluster_is_made_anew(fresh: StandIn) -> None:
    half = fresh.data / "postgres.new"
    half.mkdir(parents=True)
    fresh.data.chmod(0o711)
    (half / "PG_VERSION").write_text("18\n")
    fresh.services()
    assert not half.exists()


def test_a_cluster_of_another_version_is_refused_and_left_alone(fresh: StandIn) -> None:
    cluster = fresh.data / "postgres"
    cluster.mkdir(parents=True)
    fresh.data.chmod(0o711)
    (cluster / "PG_VERSION").write_text("16\n")
    run = fresh.run("services")
    said, _ = run.communicate(timeout=10)
    assert run.returncode == 1
    assert "was made by PostgreSQL 16; this one is 18" in said
    assert (cluster / "PG_VERSION").read_text() == "16\n"


def test_an_address_of_someone_elses_database_is_not_touched(stand_in: StandIn) -> None:
    run = stand_in.run("services", environment={"DATABASE_URL": "postgresql://someone@db.example/real"})
    assert "DATABASE_URL is set" in read_until(run, "Ctrl-C stops them")
    assert "example" not in stand_in.services_environment()["DATABASE_URL"]


def test_it_ends_with_the_make_that_started_it_when_asked_to(stand_in: StandIn) -> None:
    make = [sys.executable, "-c", "import subprocess, sys; subprocess.run(sys.argv[1:])"]
    run = stand_in.run("services", "--with-parent", under=make)
    read_until(run, "Ctrl-C stops them")
    processes = family(run)
    run.kill()
    require_gone(processes)
    wait_until(lambda: not (stand_in.data / "services.env").exists())


def test_forget_deletes_the_data_and_refuses_while_they_are_in_use(fresh: StandIn) -> None:
    run = fresh.services()
    refused = fresh.run("forget")
    assert "already running" in refused.communicate(timeout=10)[0]
    run.terminate()
    run.wait(15)
    assert fresh.run("forget").wait(10) == 0
    assert not fresh.data.exists()
