"""Fixtures: the owner migrates the database, a superuser empties it; the code under test is the application's role."""

import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck, settings

from students import clock
from tests.attendance.acts import open_both_schools
from tests.kept_rows import TestDatabase
from tests.world import NOW, World, make_world

# How long an example takes says something of the machine and its other work, and nothing of the rule.
settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared machine")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than processors: a worker often waits, for its browser, a process that starts, or the clock."""
    return int(os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS", 0)) or (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest go first, so that no worker is left with one of them when the others are done."""
    items.sort(key=lambda item: not _takes_long(item))


def _takes_long(item: pytest.Item) -> bool:
    if any(item.get_closest_marker(each) for each in ("browser", "slow")):
        return True
    # The demo is loaded there; four hundred students are saved from many sides at once; a month is closed forty times.
    long = {"test_concurrency.py", "test_deadlocks.py", "test_edit_checks.py"}
    return "/demo/" in str(item.path) or item.path.name in long


@dataclass(frozen=True)
class Copied:
    """A world that is made once, in as long as it takes to copy it five times."""

    rows: str
    pickled: bytes

    def __call__(self) -> World:
        """Its rows in this test's transaction, and whatever a test may want to name."""
        with connection.cursor() as cursor:
            cursor.execute(self.rows)
        return pickle.loads(self.pickled)


@dataclass(frozen=True)
class Worlds:
    """The world before any day is opened, and with both schools' days opened through today."""

    new: Copied
    opened: Copied
    database: TestDatabase
    later: dict[str, Copied] = field(default_factory=dict)

    def kept(self, name: str, grown: Callable[[World], object]) -> World:
        """The new world and what `grown` makes of it, committed: made the first time, and copied from then on."""
        if name in self.later:
            self.database.put(self.later[name].rows)
            return pickle.loads(self.later[name].pickled)
        world = self.new()
        grown(world)
        self.later[name] = Copied(self.database.keep(name), pickle.dumps(world))
        return world


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[Worlds]:
    """Migrate the tests' own cluster once, as the owner, and make the worlds that most tests begin with."""
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)
        connections["owner"].close()
        database = TestDatabase()
        TransactionTestCase._fixture_teardown = lambda _: database.empty()
        worlds = _worlds(database)
    yield worlds
    database.close()


def _worlds(database: TestDatabase) -> Worlds:
    with clock.stopped_at(NOW):
        world = make_world()
        new = Copied(database.keep("world"), pickle.dumps(world))
        open_both_schools(world)
    # The ledger's trigger notes again whose days the copied rows change.
    opened = Copied(database.keep("opened", but={"interventions_dayschanged"}), new.pickled)
    database.empty()
    return Worlds(new, opened, database)


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_hashed_quickly() -> Iterator[None]:
    """The real way takes half a second for each, which is its point."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    """Every test reads the same clock: Tuesday 27 October 2020, 10:00 in Mississippi."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def world(db, django_db_setup) -> World:
    """The named cast, in two schools of one district."""
    return django_db_setup.new()


@pytest.fixture
def opened_world(db, django_db_setup) -> World:
    """The same, with both schools' days opened through today."""
    return django_db_setup.opened()


@pytest.fixture
def committed_world(transactional_db, django_db_setup) -> World:
    """The same cast, committed, for tests with connections of their own."""
    return django_db_setup.new()
