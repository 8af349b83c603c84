"""What the compose file starts exists here: commands, addresses, secrets. It is read line by line, as we write it."""

import json
import os
import re
import subprocess
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import resolve

from attendance_site.services.postgres import APPLICATION_ROLE, DATABASE, OWNER_ROLE
from tests.architecture.sources import ROOT

COMPOSE = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SETTINGS = (ROOT / "attendance_site" / "settings.py").read_text()


def commands(first: str) -> list[list[str]]:
    """The commands of services, and of the image, that begin with a program."""
    lines = re.findall(r"^(?:\s+command: |CMD )(\[.*\])$", COMPOSE + DOCKERFILE, re.MULTILINE)
    return [command for command in map(json.loads, lines) if command[0] == first]


def make_secrets(folder: Path) -> dict[str, str]:
    subprocess.run([ROOT / "docker" / "make-secrets.sh"], env={**os.environ, "SECRETS": str(folder)}, check=True)
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_each_command_of_ours_is_one_that_there_is() -> None:
    [migrate] = commands("python")
    assert migrate[:2] == ["python", "manage.py"]
    assert migrate[2] in get_commands()


def test_the_web_server_serves_an_application_that_there_is() -> None:
    [web] = commands("gunicorn")
    assert callable(import_module(web[-1]).application)


def test_worker_and_beat_are_those_of_the_site() -> None:
    found = commands("celery")
    assert [command[1:4] for command in found] == [["-A", "attendance_site", role] for role in ("worker", "beat")]
    assert import_module("attendance_site.celery").app.conf.beat_schedule


def test_the_web_containers_probe_asks_an_address_that_there_is() -> None:
    [path] = re.findall(r'"GET", "(\S+)"', (ROOT / "docker" / "probe.py").read_text())
    assert resolve(path).url_name == "readyz"


def test_every_variable_that_is_set_is_read() -> None:
    names = set(re.findall(r"^  (?:    )?([A-Z_]+): ", COMPOSE, re.MULTILINE)) - {"POSTGRES_PASSWORD_FILE"}
    read = set(re.findall(r'"([A-Z_]+)"', SETTINGS))
    assert {name.removesuffix("_FILE") for name in names} - read == set()
    assert len(names) >= 9


def test_every_file_that_is_mounted_is_there() -> None:
    mounted = re.findall(r"- (\./\S+?):", COMPOSE)
    assert mounted
    assert [path for path in mounted if not (ROOT / path).exists()] == []


def test_every_secret_is_made_and_every_one_made_is_used(tmp_path: Path) -> None:
    declared = set(re.findall(r"\{file: \./docker/secrets/(\w+)\}", COMPOSE))
    assert set(make_secrets(tmp_path / "made")) == declared
    assert set(re.findall(r"/run/secrets/(\w+)", COMPOSE)) <= declared


def test_the_secrets_fit_each_other_and_are_kept_from_this_machines_other_accounts(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    made = make_secrets(folder)
    assert f"{APPLICATION_ROLE}:{made['application_password']}@" in made["database_url"]
    assert f"{OWNER_ROLE}:{made['owner_password']}@" in made["database_owner_url"]
    assert made["database_url"].endswith(f"/{DATABASE}")
    assert len(made["secret_key"]) >= 50
    assert len(set(made.values())) == len(made)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_made_again_the_secrets_stay_what_they_were(tmp_path: Path) -> None:
    assert make_secrets(tmp_path / "made") == make_secrets(tmp_path / "made")


@pytest.mark.parametrize("role", [OWNER_ROLE, APPLICATION_ROLE])
def test_the_database_script_makes_the_roles_and_the_database(role: str) -> None:
    script = (ROOT / "docker" / "initdb.sh").read_text()
    assert f"CREATE ROLE {role} LOGIN" in script
    assert f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}" in script


def test_neither_image_nor_history_takes_up_the_secrets() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {"docker/secrets", ".env", ".data"} <= set(ignored)
    assert "secrets/" in (ROOT / "docker" / ".gitignore").read_text().split()
    assert "/.env" in (ROOT / ".gitignore").read_text().split()


def test_only_the_migrations_are_ever_the_owner() -> None:
    using = [name for name, body in _services() if "database_owner_url" in body]
    assert using == ["migrate"]


def _services() -> list[tuple[str, str]]:
    [services] = re.findall(r"^services:\n(.*?)^\S", COMPOSE, re.MULTILINE | re.DOTALL)
    parts = re.split(r"^  (\w+):\n", services, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))
