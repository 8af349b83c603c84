"""The weekly list of who completed the assignments of a class and who did not (MS-24b)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from attendance.rules.presence import is_present

COMPLETED, NOT_COMPLETED, NOT_ENTERED = "completed", "not_completed", "not_entered"


@dataclass(frozen=True, slots=True)
class WorkDay:
    """A student's work of one day in a class: minutes assigned, and those that count; None while not entered."""

    day: date
    offered: int
    attended: int | None


def of_day(work: WorkDay, *, percent: int) -> str:
    """Completed at the share of the assigned minutes that makes a day present (RD-22: 151 of 240)."""
    if work.attended is None:
        return NOT_ENTERED
    return COMPLETED if is_present(work.attended, work.offered, percent=percent) else NOT_COMPLETED


def of_week(days: Iterable[str]) -> str:
    """Of a week: completed when every day is; not entered while any day is open, for then nobody can say."""
    found = set(days)
    if NOT_ENTERED in found:
        return NOT_ENTERED
    return NOT_COMPLETED if NOT_COMPLETED in found else COMPLETED
