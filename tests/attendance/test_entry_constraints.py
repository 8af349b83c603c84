"""Every constraint of the counted entries, and of classes known to be in own time, broken once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from attendance.models import EntryCount, OwnTimeClass
from tests.broken_constraints import assert_refused_by
from tests.world import TODAY, World


def count(world: World, **fields: object) -> EntryCount:
    given = {"school": world.lincoln, "kind": "class", "date": TODAY, "due_on": TODAY, "in_time": 1, "late": 0}
    return EntryCount(**{**given, "open": 0, "students": 0, **fields})


def second_count(world: World) -> EntryCount:
    count(world).save()
    return count(world, open=1)


def second_class(world: World) -> OwnTimeClass:
    OwnTimeClass.objects.create(section=world.sections["1"], school=world.lincoln, date=TODAY)
    return OwnTimeClass(section=world.sections["1"], school=world.lincoln, date=TODAY)


BROKEN: dict[str, Callable[[World], EntryCount | OwnTimeClass]] = {
    "one_row_of_a_class_in_own_time": second_class,
    "entries_are_counted_once": second_count,
    "entry_is_due_on_its_day_or_later": lambda world: count(world, due_on=TODAY - timedelta(days=1)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_it_with_words(world: World, name: str) -> None:
    assert_refused_by(name, BROKEN[name](world))
