"""What makes a month's check find something, and what mends it: a world for each kind of finding.

A trip is a context: inside, the small world's month 3 has the fault; after it, the fault is mended.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any

from django.db.models import QuerySet

from attendance.services.ledger import rebuild, recompute
from tests.reporting.months import FIRST, LAST, after_the_month
from tests.world import World

Trip = Callable[[World], AbstractContextManager[None]]
TRIPS: dict[str, Trip] = {}


def trips(*codes: str) -> Callable[[Callable[[World], Iterator[None]]], Trip]:
    """Register the world of kinds of findings."""

    def register(make: Callable[[World], Iterator[None]]) -> Trip:
        trip = contextmanager(make)
        TRIPS.update(dict.fromkeys(codes, trip))
        return trip

    return register


def judged(world: World, *names: str, first: date = FIRST, last: date = LAST) -> None:
    """Days of the month are judged anew, so that the ledger is what its facts say: of some students, else of all."""
    if names:
        recompute(after_the_month(), [world.students[each].pk for each in names], first, last)
    else:
        rebuild(after_the_month(), school_ids=[world.lincoln.pk], from_date=first, to_date=last)


@contextmanager
def changed(rows: QuerySet[Any], **values: Any) -> Iterator[None]:
    """Rows say something else for a while."""
    model, before = rows.model, list(rows.values("pk", *values))
    rows.update(**values)
    yield
    for each in before:
        model.objects.filter(pk=each.pop("pk")).update(**each)


@contextmanager
def there(*rows: Any) -> Iterator[None]:
    """Rows stand for a while."""
    for each in rows:
        each.save()
    yield
    for each in reversed(rows):
        type(each).objects.filter(pk=each.pk).delete()
