"""Spans of days, both ends inclusive; no end is open."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar


class Span(NamedTuple):
    """A first and a last day."""

    starts_on: date
    ends_on: date | None


Dated = TypeVar("Dated", bound=Any)


def overlapping(facts: Iterable[Dated]) -> Iterator[tuple[Dated, Dated]]:
    """Pairs of facts (with `starts_on` and `ends_on`) that share a day, the earlier first."""
    ordered = sorted(facts, key=lambda fact: fact.starts_on)
    if len(ordered) < 2:
        return
    furthest = ordered[0]
    for _, fact in pairwise(ordered):
        if furthest.ends_on is None or fact.starts_on <= furthest.ends_on:
            yield furthest, fact
        if furthest.ends_on is not None and (fact.ends_on is None or fact.ends_on > furthest.ends_on):
            furthest = fact


def merged(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Closed spans that overlap or touch, made one."""
    whole: list[tuple[date, date]] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1] + timedelta(days=1):
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole
