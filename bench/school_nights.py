"""Work done for every school of a district by workers, each school a task as in Celery."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from datetime import time as hour
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from students.access import Scope

WORKERS = 2


def in_every_school(day: date, work: Callable[[int, date], int]) -> float:
    """Seconds that it takes the workers, who are ready when the clock starts."""
    with ProcessPoolExecutor(WORKERS, initializer=set_up) as pool:
        schools = pool.submit(_school_ids).result()
        list(pool.map(_nothing, range(WORKERS)))
        began = time.perf_counter()
        list(pool.map(work, schools, [day] * len(schools)))
        return time.perf_counter() - began


def set_up() -> None:
    """Make a new process ready for the models."""
    import django

    django.setup()


def evening(day: date) -> Scope:
    """The installation's own scope, on the evening of a day."""
    from students.access import installation_scope

    return installation_scope(datetime.combine(day, hour(20), UTC))


def pass_over(school_id: int, day: date) -> int:
    """The nightly pass over the tiers of a school; how many students changed."""
    from interventions.services.passes import pass_school

    return pass_school(evening(day), school_id).changed


def warn(school_id: int, day: date) -> int:
    """The early warnings of a school; how many there are."""
    from interventions.services.early_warnings import write_warnings

    return write_warnings(evening(day), school_id)


def count_chronic(school_id: int, day: date) -> int:
    """The chronic absence of a school; how many groups it has."""
    from reporting.services.chronic import count_school

    return count_school(evening(day), school_id)


def find_own_time_classes(school_id: int, day: date) -> int:
    """Which classes of a school nobody meets live; of how many dates there was news."""
    from attendance.services.own_time_classes import find_own_time_classes as find

    return find(evening(day), school_id)


def count_entries(school_id: int, day: date) -> int:
    """What was entered in time, late or not yet in a school; how many dates were counted."""
    from attendance.services.entry_counts import count_entries as count

    return count(evening(day), school_id)


def _nothing(number: int) -> int:
    return number


def _school_ids() -> list[int]:
    from students.models import School

    return list(School.objects.order_by("pk").values_list("pk", flat=True))
