"""A new database is made in one step for each app, and one that took every step before is where a new one is."""

from typing import Any

import psycopg2
import pytest
from django.db import connection, connections
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

APPS_IN_ORDER = ["students", "attendance", "reporting"]


def on_disk() -> dict[tuple[str, str], Migration]:
    return MigrationLoader(None).disk_migrations


def in_one_step() -> list[Migration]:
    found = [
        migration for migration in on_disk().values() if migration.replaces and migration.app_label in APPS_IN_ORDER
    ]
    return sorted(found, key=lambda migration: APPS_IN_ORDER.index(migration.app_label))


def every_step() -> list[Migration]:
    migrations = on_disk()
    return [migrations[replaced] for whole in in_one_step() for replaced in whole.replaces]


def tables_after(migrations: list[Migration]) -> dict[tuple[str, str], Any]:
    """What makemigrations would compare, of each table."""
    state = ProjectState()
    for migration in migrations:
        state = migration.mutate_state(state, preserve=False)
    told = MigrationAutodetector(ProjectState(), state).deep_deconstruct
    return {key: told([table.fields, _given(table.options), table.bases]) for key, table in state.models.items()}


def _given(options: dict[str, Any]) -> dict[str, Any]:
    return {name: option for name, option in options.items() if option != []}


def test_the_one_step_and_every_step_before_come_to_the_same_tables() -> None:
    new, old = tables_after(in_one_step()), tables_after(every_step())
    assert new.keys() == old.keys()
    assert [key for key in new if new[key] != old[key]] == []
    assert len(new) >= 80


@pytest.fixture
def owner(db):
    """The owner's own connection; what it does is undone."""
    settings = connections["owner"].settings_dict
    connected = psycopg2.connect(dbname=settings["NAME"], user=settings["USER"], **settings["OPTIONS"])
    connected.autocommit = True
    with connected.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE before AS TABLE django_migrations")
        yield cursor
        cursor.execute("DELETE FROM django_migrations; INSERT INTO django_migrations TABLE before")
    connected.close()


def still_to_do() -> list[tuple[str, str]]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(migration.app_label, migration.name) for migration, _ in plan]


def test_a_database_that_took_every_step_has_nothing_to_do(owner: psycopg2.extensions.cursor) -> None:
    owner.execute("DELETE FROM django_migrations WHERE name LIKE '%\\_squashed\\_%'")
    assert owner.rowcount == len(APPS_IN_ORDER)
    assert still_to_do() == []


def test_a_database_on_its_way_goes_on_where_it_stopped(owner: psycopg2.extensions.cursor) -> None:
    owner.execute(
        "DELETE FROM django_migrations WHERE name LIKE '%\\_squashed\\_%' OR (app = 'attendance' AND name > '0015')"
    )
    assert still_to_do()[:2] == [
        ("attendance", "0015_documents_of_waived_days"),
        ("attendance", "0016_lms_activity_files"),
    ]
