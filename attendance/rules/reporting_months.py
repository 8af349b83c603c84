"""RD-70: reporting months are district-wide contiguous date ranges, from the first to the last session day."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple


class MonthRange(NamedTuple):
    """A reporting month (1 to 9) with its first and last day, both inclusive."""

    month: int
    starts_on: date
    ends_on: date


class MonthFault(NamedTuple):
    """A session day whose month breaks RD-70, and how."""

    day: date
    message: str


def month_ranges(days: Iterable[tuple[date, int]]) -> list[MonthRange]:
    """The months of one school year, from the session days of all schools with the month each is put in.

    A month ends the day before the next one's first session day; the last ends on the last session day.
    Raises ValueError with the first fault in words when the months overlap or leave one out.
    """
    pairs = sorted(set(days))
    if faults := month_faults(pairs):
        raise ValueError(faults[0].message)
    starts: dict[int, date] = {}
    for day, month in pairs:
        starts.setdefault(month, day)
    opening = [*starts.items()]
    closing = [start - timedelta(days=1) for _, start in opening[1:]] + [day for day, _ in pairs[-1:]]
    return [MonthRange(month, start, end) for (month, start), end in zip(opening, closing, strict=True)]


def month_faults(days: Iterable[tuple[date, int]]) -> list[MonthFault]:
    """What breaks RD-70 among the session days of one school year; empty when nothing does."""
    pairs = sorted(set(days))
    faults = []
    reached = pairs[0] if pairs else (date.min, 0)
    for (before, earlier), (day, month) in pairwise(pairs):
        if day == before:
            faults.append(MonthFault(day, f"{day} lies in reporting months {earlier} and {month}; it can lie in one."))
        elif month < reached[1]:
            after = f"after {reached[0]} in month {reached[1]}"
            faults.append(MonthFault(day, f"{day} lies in reporting month {month}, {after} (RD-70)."))
        elif month > reached[1] + 1:
            left_out = f"but month {reached[1] + 1} is left out"
            faults.append(MonthFault(day, f"{day} lies in reporting month {month}, {left_out} (RD-70)."))
        reached = max(reached, (day, month), key=lambda pair: pair[1])
    return faults


def month_of(day: date, starts: Mapping[int, date]) -> int | None:
    """The month that a day lies in, by the day each month starts on; None before the first."""
    begun = [(start, month) for month, start in starts.items() if start <= day]
    return max(begun)[1] if begun else None


def boundary_faults(days: Iterable[date], starts: Mapping[int, date]) -> list[MonthFault]:
    """What breaks RD-70 when the months of a school year start on these days; `days` are its session days.

    A month lasts until the day before the next one starts, so that only days before the first can lie in none.
    """
    session = sorted(set(days))
    placed = [(day, month_of(day, starts)) for day in session]
    faults = [MonthFault(day, f"{day} lies in no reporting month (RD-70).") for day, month in placed if month is None]
    faults = faults[:1] + month_faults((day, month) for day, month in placed if month is not None)
    held = {month for _, month in placed}
    return faults or [
        MonthFault(start, f"No school day lies in reporting month {month}, which starts on {start} (RD-70).")
        for month, start in sorted(starts.items())
        if month not in held
    ]
