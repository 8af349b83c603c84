"""Every constraint of the month's work, broken once."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db.models import Model

from reporting.models import ChronicCount, Filing, MonthRun
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, World


def run(world: World, **fields: object) -> MonthRun:
    given = {"school": world.lincoln, "school_year": world.year, "month": 2, "submission_id": uuid4()}
    dates = {"starts_on": date(2020, 9, 14), "ends_on": date(2020, 10, 9), "requested_at": NOW}
    return MonthRun(**{**given, **dates, **fields})


def second_unfinished(world: World) -> MonthRun:
    run(world, state="running", lease_token=uuid4(), leased_until=NOW).save()
    return run(world)


def filing(world: World, **fields: object) -> Filing:
    built = run(world, state="done", finished_at=NOW)
    built.save()
    given = {"run": built, "record_set": "Attendance", "sha256": "0" * 64, "event": "filed", "submission_id": uuid4()}
    return Filing(**{**given, "recorded_at": NOW, "recorded_by": world.users["reyes"], **fields})


def second_filing(world: World, **fields: object) -> Filing:
    first = filing(world, **fields)
    first.save()
    again = {"run": first.run, "record_set": first.record_set, "sha256": "0" * 64, "event": first.event}
    ids = {"submission_id": uuid4(), "recorded_at": NOW, "recorded_by": first.recorded_by}
    return Filing(**{**again, **ids, **fields})


def count(world: World, **fields: object) -> ChronicCount:
    given = {"school": world.lincoln, "school_year": world.year, "month": 2, "students": 20, "chronic": 20}
    return ChronicCount(**{**given, "counted_at": NOW, **fields})


def second_count(world: World) -> ChronicCount:
    count(world, chronic=1).save()
    return count(world, chronic=2)


BROKEN: dict[str, Callable[[World], Model]] = {
    "one_unfinished_run_per_school_and_month": second_unfinished,
    "month_run_is_1_to_9": lambda world: run(world, month=10),
    "running_month_has_a_lease": lambda world: run(world, state="running", lease_token=uuid4()),
    "finished_month_says_when": lambda world: run(world, state="done"),
    "one_filing_event_per_request": lambda world: second_filing(world, submission_id=uuid4()),
    "one_acceptance_per_file": lambda world: second_filing(world, event="accepted"),
    "rejection_says_why": lambda world: filing(world, event="rejected"),
    "chronic_absence_is_counted_once": second_count,
    "chronic_are_some_of_the_students": lambda world: count(world, chronic=21),
}

BROKEN_TOO: list[tuple[str, Callable[[World], Model]]] = [
    ("month_run_is_1_to_9", lambda world: run(world, month=0)),
    ("running_month_has_a_lease", lambda world: run(world, state="running", leased_until=NOW)),
    ("finished_month_says_when", lambda world: run(world, state="blocked")),
    ("finished_month_says_when", lambda world: run(world, state="failed")),
]


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_the_constraint_forbids(world: World, name: str) -> None:
    assert_refused_by(name, BROKEN[name](world))


@pytest.mark.parametrize(("name", "build"), BROKEN_TOO)
def test_the_database_refuses_each_way_of_breaking_it(world: World, name: str, build: Callable[[World], Model]) -> None:
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
