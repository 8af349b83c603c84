"""Every constraint of the month's work, broken once."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from reporting.models import MonthRun
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, World


def run(world: World, **fields: object) -> MonthRun:
    given = {"school": world.lincoln, "school_year": world.year, "month": 2, "submission_id": uuid4()}
    dates = {"starts_on": date(2020, 9, 14), "ends_on": date(2020, 10, 9), "requested_at": NOW}
    return MonthRun(**{**given, **dates, **fields})


def second_unfinished(world: World) -> MonthRun:
    run(world, state="running", lease_token=uuid4(), leased_until=NOW).save()
    return run(world)


BROKEN: dict[str, Callable[[World], MonthRun]] = {
    "one_unfinished_run_per_school_and_month": second_unfinished,
    "month_run_is_1_to_9": lambda world: run(world, month=10),
    "running_month_has_a_lease": lambda world: run(world, state="running", lease_token=uuid4()),
    "finished_month_says_when": lambda world: run(world, state="done"),
}

BROKEN_TOO: list[tuple[str, Callable[[World], MonthRun]]] = [
    ("month_run_is_1_to_9", lambda world: run(world, month=0)),
    ("running_month_has_a_lease", lambda world: run(world, state="running", leased_until=NOW)),
    ("finished_month_says_when", lambda world: run(world, state="blocked")),
    ("finished_month_says_when", lambda world: run(world, state="failed")),
]


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_the_constraint_forbids(world: World, name: str) -> None:
    assert_refused_by(name, BROKEN[name](world))


@pytest.mark.parametrize(("name", "build"), BROKEN_TOO)
def test_the_database_refuses_each_way_of_breaking_it(
    world: World, name: str, build: Callable[[World], MonthRun]
) -> None:
    assert_refused_by(name, build(world))


@pytest.mark.parametrize("month", [1, 9])
def test_the_first_and_the_last_month_can_be_built(world: World, month: int) -> None:
    row = run(world, month=month)
    row.validate_constraints()
    row.save()


def test_a_month_can_be_built_again_once_it_is_done_and_beside_another_schools(world: World) -> None:
    run(world, state="done", finished_at=NOW).save()
    run(world).save()
    run(world, school=world.washington).save()
    assert MonthRun.objects.count() == 3
