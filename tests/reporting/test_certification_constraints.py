"""Every constraint of what people sign for a month, broken once."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db.models import Model

from reporting.models import Acknowledgement, Approval, Certification, MonthRun
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, World


def run(world: World, **fields: object) -> MonthRun:
    given = {"school": world.lincoln, "school_year": world.year, "month": 2, "submission_id": uuid4()}
    dates = {"starts_on": date(2020, 9, 14), "ends_on": date(2020, 10, 9), "requested_at": NOW}
    return MonthRun(**{**given, **dates, "state": "done", "finished_at": NOW, **fields})


def acknowledgement(world: World, **fields: object) -> Acknowledgement:
    known = {"acknowledged_by": world.users["okafor"], "acknowledged_by_name": "Ruth Okafor", "acknowledged_at": NOW}
    of = {"school": world.lincoln, "school_year": world.year, "month": 2, "code": "short_day", "digest": "0" * 64}
    return Acknowledgement(**{**of, **known, "reason": "Ice", **fields})


def approval(world: World, **fields: object) -> Approval:
    approved = run(world)
    approved.save()
    signed = {"approved_by": world.users["okafor"], "approved_by_name": "Ruth Okafor", "approved_at": NOW}
    return Approval(**{"run": approved, **signed, **fields})


def certification(world: World, **fields: object) -> Certification:
    approved = approval(world)
    approved.save()
    of = {"school": world.lincoln, "school_year": world.year, "month": 2, "package_sha256": "0" * 64}
    signed = {"certified_by": world.users["reyes"], "certified_by_name": "Ana Reyes", "certified_at": NOW}
    chained = {"sequence": 1, "run": approved.run, "approval": approved, "content": "{}"}
    chained["hash"] = str(fields.get("sequence", 1)) * 64
    return Certification(**{**of, **signed, **chained, **fields})


def saved(row: Model) -> Model:
    row.save()
    return row


def after(world: World, first: dict | None = None, **fields: object) -> Certification:
    """One that follows another."""
    before = saved(certification(world, **(first or {})))
    follows = {"sequence": 2, "previous_hash": before.hash, "amends": before}
    return certification(world, **{**follows, **fields})


def third(world: World, **fields: object) -> Certification:
    """One that follows two, of which the second amends the first."""
    second = saved(after(world))
    return certification(world, **{"sequence": 3, "previous_hash": second.hash, "amends": second, **fields})


def same_acknowledged_twice(world: World) -> Acknowledgement:
    saved(acknowledgement(world))
    return acknowledgement(world, reason="Another reason")


def amended_twice(world: World) -> Certification:
    row = third(world)
    row.amends = Certification.objects.get(sequence=1)
    return row


BROKEN: dict[str, Callable[[World], Model]] = {
    "one_acknowledgement_of_the_same_warnings": same_acknowledged_twice,
    "acknowledgement_says_why": lambda world: acknowledgement(world, reason=""),
    "approval_names_who_approved": lambda world: approval(world, approved_by_name=""),
    "one_certification_a_place": lambda world: third(world, sequence=2),
    "chain_of_certifications_never_forks": lambda world: third(world, previous_hash="1" * 64),
    "certification_follows_another_or_is_the_first": lambda world: certification(world, previous_hash="2" * 64),
    "one_first_certification_a_month": lambda world: after(world, amends=None),
    "certification_is_amended_once": amended_twice,
    "cancelled_month_says_by_whom": lambda world: run(world, state="cancelled"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_the_constraint_forbids(world: World, name: str) -> None:
    assert_refused_by(name, BROKEN[name](world))


def test_the_database_refuses_a_second_link_without_a_first_and_a_name_where_nothing_was_cancelled(
    world: World,
) -> None:
    assert_refused_by("certification_follows_another_or_is_the_first", certification(world, sequence=2))
    assert_refused_by(
        "certification_follows_another_or_is_the_first", certification(world, sequence=0, previous_hash="2" * 64)
    )
    assert_refused_by("cancelled_month_says_by_whom", run(world, cancelled_by=world.users["okafor"]))


def test_a_month_is_certified_and_amended_twice_and_another_month_beside(world: World) -> None:
    last = saved(third(world))
    saved(certification(world, sequence=4, previous_hash=last.hash, month=3))
    saved(acknowledgement(world))
    saved(acknowledgement(world, digest="1" * 64))
    assert Certification.objects.count() == 4
