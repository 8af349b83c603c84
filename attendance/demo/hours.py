"""At which minutes of a school's day a student may come or leave, and what it does to the day (MS-05).

With room to spare on either side, so that a senior's shorter day or a day cut short comes out the same.
"""

from collections.abc import Sequence
from functools import cache

from attendance.demo.schools import DemoSchool

SURELY_TOO_FEW, SURELY_ENOUGH = 44, 80  # of a hundred of the day's minutes, where 63 are needed
LEAST = 50


@cache
def too_late(school: DemoSchool) -> Sequence[int]:
    """Coming then leaves too few minutes for the day."""
    return [
        minute
        for minute in range(school.opens, school.closes)
        if LEAST <= school.minutes(since=minute) <= _share(school, SURELY_TOO_FEW)
    ]


@cache
def too_early(school: DemoSchool) -> Sequence[int]:
    """So does leaving then."""
    return [
        minute
        for minute in range(school.opens, school.closes)
        if LEAST <= school.minutes(until=minute) <= _share(school, SURELY_TOO_FEW)
    ]


@cache
def afternoon(school: DemoSchool) -> Sequence[int]:
    """Leaving then still leaves enough."""
    return [
        minute
        for minute in range(school.opens, school.closes - 10)
        if school.minutes(until=minute) >= _share(school, SURELY_ENOUGH)
    ]


def _share(school: DemoSchool, percent: int) -> int:
    return school.minutes() * percent // 100
