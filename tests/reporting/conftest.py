"""Lincoln's month 3, committed, as far as a test needs it: made once, and copied for each test."""

import pytest

from tests.reporting.months import build, take_month
from tests.reporting.signing import certified_month
from tests.world import World


@pytest.fixture
def taken_month(transactional_db, django_db_setup) -> World:
    """The month is taken to its last class, and nobody was absent."""
    return django_db_setup.kept("taken_month", lambda world: take_month(world, world.lincoln))


@pytest.fixture
def built_month(transactional_db, django_db_setup) -> World:
    """It is built too, in the one run that there is."""
    return django_db_setup.kept("built_month", _built)


def _built(world: World) -> None:
    take_month(world, world.lincoln)
    build(world.lincoln)


@pytest.fixture
def signed_month(transactional_db, django_db_setup) -> World:
    """It is built, approved and certified."""
    return django_db_setup.kept("signed_month", certified_month)
