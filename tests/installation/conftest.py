"""Installations with one thing broken."""

from collections.abc import Iterator

import psycopg2
import pytest
from django.db import connection, connections

from students import probes
from tests.workers import running_worker

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch) -> None:
    """No worker runs beside these tests, and each would wait for one."""
    monkeypatch.setattr(probes, "SECONDS", 0.2)


@pytest.fixture
def broker_away(settings) -> None:
    """A broker that does not answer."""
    settings.REDIS_URL = NOBODY_LISTENS
    settings.CELERY_BROKER_URL = NOBODY_LISTENS


@pytest.fixture
def worker() -> Iterator[None]:
    """A worker that has said it takes tasks."""
    with running_worker():
        yield


@pytest.fixture
def database_away(transactional_db) -> Iterator[None]:
    """An address at which there is no such database."""
    yield from _connected_otherwise(NAME="no_such_database")


@pytest.fixture
def owner_as_application(transactional_db) -> Iterator[None]:
    """The owner's role in DATABASE_URL too."""
    yield from _connected_otherwise(USER=connections["owner"].settings_dict["USER"])


def _connected_otherwise(**given: str) -> Iterator[None]:
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(given)
    yield
    connection.close()
    connection.settings_dict.update(before)


@pytest.fixture
def may_create(transactional_db) -> Iterator[None]:
    """A schema in which the application's role may make tables."""
    role = connection.settings_dict["USER"]
    _as_owner(f"GRANT CREATE ON SCHEMA public TO {role}")
    yield
    _as_owner(f"REVOKE CREATE ON SCHEMA public FROM {role}")


@pytest.fixture
def may_rewrite_evidence(transactional_db) -> Iterator[None]:
    """A table of evidence that the application's role may change."""
    role = connection.settings_dict["USER"]
    _as_owner(f"GRANT UPDATE ON attendance_submission TO {role}")
    yield
    _as_owner(f"REVOKE UPDATE ON attendance_submission FROM {role}")


def _as_owner(statement: str) -> None:
    settings = connections["owner"].settings_dict
    owner = psycopg2.connect(dbname=settings["NAME"], user=settings["USER"], **settings["OPTIONS"])
    with owner, owner.cursor() as cursor:
        cursor.execute(statement)
    owner.close()


@pytest.fixture
def migration_to_come(db) -> Iterator[None]:
    """The newest migration of attendance as not yet made; only the owner may say so."""
    settings = connections["owner"].settings_dict
    owner = psycopg2.connect(dbname=settings["NAME"], user=settings["USER"], **settings["OPTIONS"])
    owner.autocommit = True
    with owner.cursor() as cursor:
        newest = "SELECT id FROM django_migrations WHERE app = 'attendance' ORDER BY name DESC LIMIT 1"
        cursor.execute(f"DELETE FROM django_migrations WHERE id = ({newest}) RETURNING app, name, applied")
        made = cursor.fetchone()
        yield
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", made)
    owner.close()
