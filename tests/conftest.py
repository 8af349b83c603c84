"""Fixtures: the owner makes, migrates and empties the database; the code under test runs as the application's role."""

from collections.abc import Iterator

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from students import clock
from tests.world import NOW, World, make_world

# How long an example takes says something of the machine and its other work, and nothing of the rule.
settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared machine")


# Tables in which the migrations themselves put rows.
SEEDED = ["attendance_attendancepolicy", "interventions_carepolicy", "interventions_plannedaction"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest go first, so that no worker is left with one of them when the others are done."""
    items.sort(key=lambda item: not _takes_long(item))


def _takes_long(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(each) for each in ("browser", "slow")) or "/demo/" in str(item.path)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> None:
    """Migrate the tests' own cluster once, as the owner."""
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)
        connections["owner"].close()
        with _owner() as owner, owner.cursor() as cursor:
            cursor.execute("CREATE SCHEMA kept")
            for table in SEEDED:
                cursor.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}")
        owner.close()


def _owner() -> psycopg2.extensions.connection:
    settings = connections["owner"].settings_dict
    return psycopg2.connect(dbname=settings["NAME"], user=settings["USER"], **settings["OPTIONS"])


def _empty_as_owner(self: TransactionTestCase) -> None:
    """Empty every table but the migrations' own rows, which stand again as they were made; the application's role may
    not TRUNCATE.
    """
    owner = _owner()
    with owner, owner.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables WHERE schemaname = 'public' "
            "AND tablename NOT IN ('django_migrations', 'django_content_type')"
        )
        cursor.execute(f"TRUNCATE {cursor.fetchone()[0]}")
        for table in SEEDED:
            cursor.execute(f"INSERT INTO {table} SELECT * FROM kept.{table}")
    owner.close()


TransactionTestCase._fixture_teardown = _empty_as_owner


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    """Every test reads the same clock: Tuesday 27 October 2020, 10:00 in Mississippi."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def world(db) -> World:
    """The named cast, in two schools of one district."""
    return make_world()


@pytest.fixture
def committed_world(transactional_db) -> World:
    """The same cast, committed, for tests with connections of their own."""
    return make_world()
