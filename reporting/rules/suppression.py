"""Which figures of small groups are left out where the students are nobody's to know (RD-63).

A figure left out alone is found again by subtracting its neighbours from their sum, so others go with it: until no
figure left out follows from those that stand and the sums that everybody knows to hold between them.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from fractions import Fraction
from itertools import product
from typing import Generic, NamedTuple, TypeVar

# A group under this is small.
SMALLEST_SHOWN = 10
# Stands for every value of a dimension in the place of one.
ALL = "*"

Cell = Hashable
Place = TypeVar("Place", bound=Hashable)
Sizes = Mapping[Cell, Fraction | int]


class Sum(NamedTuple, Generic[Place]):
    """A figure that is the sum of others, as everybody knows who reads the page."""

    total: Place
    parts: tuple[Place, ...]


def margins(cells: Iterable[tuple[str, ...]]) -> list[Sum[tuple[str, ...]]]:
    """Every sum along one dimension of a table whose innermost cells these are: the margins, and the margins' own."""
    every = {each for cell in cells for each in product(*((value, ALL) for value in cell))}
    parts: dict[tuple[tuple[str, ...], int], set[tuple[str, ...]]] = defaultdict(set)
    for cell in every:
        for place, value in enumerate(cell):
            if value != ALL:
                parts[(*cell[:place], ALL, *cell[place + 1 :]), place].add(cell)
    return [Sum(total, tuple(sorted(held))) for (total, _), held in sorted(parts.items())]


def suppressed(sizes: Sizes, sums: Collection[Sum]) -> frozenset[Cell]:
    """The cells to leave out, of all that a page shows: totals are cells of their own. A group of nobody is shown.

    Every group under ten goes; so do the smallest others, until what is left out of a sum numbers ten at least and no
    cell left out can be worked out exactly from the cells that stand.
    """
    out = {cell for cell, size in sizes.items() if 0 < size < SMALLEST_SHOWN}
    while more := _to_hide_too(sizes, sums, out):
        out.add(more)
    return frozenset(out)


def _to_hide_too(sizes: Sizes, sums: Collection[Sum], out: set[Cell]) -> Cell | None:
    for each in sums:
        if _tells(sizes, each, out) and (more := _smallest(sizes, each, out)) is not None:
            return more
    known = follows(sums, out)
    near = [each for each in sums if known.intersection(_members(each))]
    # Where all about a cell is left out already, what gives it away stands farther off.
    farther = [each for each in sums if out.intersection(_members(each))] if known else []
    for each in near + farther:
        if (more := _smallest(sizes, each, out)) is not None:
            return more
    return None


def _tells(sizes: Sizes, each: Sum, out: set[Cell]) -> bool:
    """Whether a sum tells what is left out of it, or that it is of fewer than ten."""
    parts = [part for part in each.parts if part in out]
    if each.total in out:
        return len(parts) == 0
    return bool(parts) and (len(parts) == 1 or sum(sizes[part] for part in parts) < SMALLEST_SHOWN)


def _members(each: Sum) -> tuple[Cell, ...]:
    return (each.total, *each.parts)


def _smallest(sizes: Sizes, each: Sum, out: set[Cell]) -> Cell | None:
    """The smallest part that still stands, else the total; None where nothing stands that could go."""
    parts = [part for part in each.parts if part not in out and sizes[part]]
    if parts:
        return min(parts, key=lambda part: (sizes[part], repr(part)))
    return each.total if each.total not in out and sizes[each.total] else None


def follows(sums: Iterable[Sum], out: Collection[Cell]) -> frozenset[Cell]:
    """Those of the cells left out that follow exactly from the sums, all other cells being known."""
    reduced: dict[Cell, dict[Cell, Fraction]] = {}
    for each in sums:
        row = {part: Fraction(1) for part in each.parts if part in out}
        if each.total in out:
            row[each.total] = Fraction(-1)
        _reduce(reduced, row)
    return frozenset(pivot for pivot, row in reduced.items() if len(row) == 1)


def _reduce(reduced: dict[Cell, dict[Cell, Fraction]], row: dict[Cell, Fraction]) -> None:
    """Add an equation to those solved for one cell each, as one does by hand (Gauss and Jordan)."""
    for pivot in [cell for cell in row if cell in reduced]:
        _subtract(row, reduced[pivot], row[pivot])
    if not row:
        return
    pivot, leading = next(iter(row.items()))
    row = {cell: value * _inverse(leading) for cell, value in row.items()}
    for other in reduced.values():
        if pivot in other:
            _subtract(other, row, other[pivot])
    reduced[pivot] = row


def _inverse(value: Fraction) -> Fraction:
    return value**-1


def _subtract(row: dict[Cell, Fraction], other: Mapping[Cell, Fraction], times: Fraction) -> None:
    for cell, value in other.items():
        left = row.get(cell, Fraction(0)) - times * value
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
