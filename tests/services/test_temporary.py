from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import environ
import psutil
import psycopg2
import psycopg2.errors
import pytest
import redis

from attendance_site.services.folders import sweep
from attendance_site.services.temporary import TemporaryServices, temporary_services

from .standin import ROOT, read_until, require_gone

pytestmark = pytest.mark.slow

HELD = """
import sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from attendance_site.services.temporary import temporary_services
with temporary_services(Path({project!r})) as services:
    print(services.database_url, flush=True)
    {then}
"""


@pytest.fixture(scope="module")
def services() -> Iterator[TemporaryServices]:
    with temporary_services() as running:
        yield running


def _folder(url: str) -> Path:
    return Path(parse_qs(urlsplit(url).query)["host"][0])


def _one(url: str, query: str) -> object:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def _mentioning(text: str) -> list[psutil.Process]:
    """The processes with `text` in their command line."""
    running = psutil.process_iter(["cmdline"])
    return [process for process in running if text in " ".join(process.info["cmdline"] or [])]


def test_the_roles_are_the_application_and_the_owner(services: TemporaryServices) -> None:
    assert _one(services.database_url, "SELECT current_user") == "first_bell"
    assert _one(services.database_owner_url, "SELECT current_user") == "first_bell_owner"


def test_the_application_can_make_no_table_and_no_database(services: TemporaryServices) -> None:
    for statement in ("CREATE TABLE public.mine (n int)", "CREATE DATABASE mine", "CREATE ROLE mine"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            _one(services.database_url, statement)


def test_the_owner_can_make_tables_and_the_tests_databases(services: TemporaryServices) -> None:
    _one(services.database_owner_url, "CREATE TABLE public.ours (n int)")
    _one(services.database_owner_url, "CREATE DATABASE test_first_bell")


def test_neither_role_is_a_superuser(services: TemporaryServices) -> None:
    for url in (services.database_url, services.database_owner_url):
        assert _one(url, "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user") is False


def test_it_is_version_18_with_one_collation_everywhere(services: TemporaryServices) -> None:
    assert _one(services.database_url, "SHOW server_version").startswith("18.")
    assert _one(services.database_url, "SELECT upper('peña')") == "PEÑA"
    locale = "SELECT concat(datlocprovider, ' ', datlocale) FROM pg_database WHERE datname = current_database()"
    assert _one(services.database_url, locale) == "b C.UTF-8"


def test_nothing_listens_on_the_network(services: TemporaryServices) -> None:
    assert _one(services.database_url, "SHOW listen_addresses") == ""
    assert redis.Redis.from_url(services.redis_url).config_get("port") == {"port": "0"}


def test_the_log_of_the_database_names_no_child(services: TemporaryServices) -> None:
    _one(services.database_owner_url, "CREATE TABLE public.pupils (name text PRIMARY KEY)")
    _one(services.database_owner_url, "INSERT INTO public.pupils VALUES ('Marisol Vega')")
    with pytest.raises(psycopg2.errors.UniqueViolation):
        _one(services.database_owner_url, "INSERT INTO public.pupils VALUES ('Marisol Vega')")
    log = (_folder(services.database_url) / "postgres.log").read_text()
    assert "pupils_pkey" in log
    assert "Marisol" not in log


def test_the_sockets_lie_in_a_folder_closed_to_others(services: TemporaryServices) -> None:
    assert _folder(services.database_url).stat().st_mode & 0o777 == 0o700


def test_django_and_libpq_read_the_same_address(services: TemporaryServices) -> None:
    parsed = environ.Env.db_url_config(services.database_url)
    assert (parsed["NAME"], parsed["USER"]) == ("first_bell", "first_bell")
    assert parsed["OPTIONS"] == {"host": str(_folder(services.database_url))}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the servers another account")
def test_root_does_not_run_the_servers(services: TemporaryServices) -> None:
    mark = str(_folder(services.database_url))
    assert {process.username() for process in _mentioning(mark)} == {"nobody"}


def test_they_run_beside_others_and_leave_nothing(services: TemporaryServices) -> None:
    with temporary_services() as more:
        folder = _folder(more.database_url)
        assert folder != _folder(services.database_url)
        family = _mentioning(str(folder))
        assert len(family) >= 2
    require_gone(family)
    assert not folder.exists()


@pytest.mark.parametrize("then", ["1/0", "import os; os._exit(0)"])
def test_nothing_runs_on_however_the_program_ends(tmp_path: Path, then: str) -> None:
    program = HELD.format(root=str(ROOT), project=str(tmp_path), then=f"print(sys.stdin.readline()); {then}")
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as program:
        read_until(program, "postgresql://")
        family = psutil.Process(program.pid).children(recursive=True)
        program.communicate("end\n")
    require_gone(family)
    sweep(tmp_path)  # os._exit leaves no time to tidy up


def test_a_killed_program_leaves_only_a_folder_that_the_next_one_sweeps(tmp_path: Path) -> None:
    program = HELD.format(root=str(ROOT), project=str(tmp_path), then="time.sleep(60)")
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as killed:
        folder = _folder(read_until(killed, "postgresql://").strip())
        family = psutil.Process(killed.pid).children(recursive=True)
        killed.send_signal(signal.SIGKILL)
    require_gone(family)
    assert folder.exists()
    with temporary_services(tmp_path):
        assert not folder.exists()
