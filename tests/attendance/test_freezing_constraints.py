"""Every constraint of frozen months and of the amendment list, broken once."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, models, transaction

from attendance.models import AmendedDay, FrozenMonth
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, TODAY, YEAR_STARTS, YESTERDAY, World


def frozen(world: World, **fields: object) -> FrozenMonth:
    return FrozenMonth(
        **{"school": world.lincoln, "starts_on": YEAR_STARTS, "ends_on": YESTERDAY, "frozen_at": NOW, **fields}
    )


def amended(world: World, **fields: object) -> AmendedDay:
    given = {"school": world.lincoln, "date": YESTERDAY, "what": "calendar", "reason": "Fog.", "amended_at": NOW}
    return AmendedDay(**{**given, "change": 1, **fields})


BROKEN: dict[str, Callable[[World], models.Model]] = {
    "a_month_is_frozen_once": frozen,
    "frozen_months_do_not_overlap": lambda world: frozen(world, starts_on=YESTERDAY, ends_on=TODAY),
    "frozen_month_ends_after_start": lambda world: frozen(world, starts_on=TODAY, ends_on=YESTERDAY),
    "amended_day_says_why": lambda world: amended(world, reason=""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_the_constraint_forbids(world: World, name: str) -> None:
    frozen(world).save()
    assert_refused_by(name, BROKEN[name](world))


def test_the_month_after_and_the_same_month_of_another_school_are_frozen_too(world: World) -> None:
    for each in (frozen(world), frozen(world, starts_on=TODAY, ends_on=TODAY), frozen(world, school=world.washington)):
        each.validate_constraints()
        each.save()


@pytest.mark.parametrize("build", [frozen, amended])
def test_neither_is_ever_changed_or_taken_back(world: World, build: Callable[[World], models.Model]) -> None:
    row = build(world)
    row.save()
    for act in (row.delete, row.save):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
