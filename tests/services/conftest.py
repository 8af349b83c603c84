from __future__ import annotations

from collections.abc import Iterator

import pytest

from .standin import StandIn


@pytest.fixture(scope="session")
def project() -> Iterator[StandIn]:
    made = StandIn()
    yield made
    made.remove()


@pytest.fixture
def stand_in(project: StandIn) -> Iterator[StandIn]:
    """The stand-in, stopped. Tests share its data: making a cluster is what takes longest."""
    project.write_files()
    yield project
    project.end_all()


@pytest.fixture
def fresh() -> Iterator[StandIn]:
    """A stand-in that has never run."""
    made = StandIn()
    yield made
    made.remove()
