"""Which figures of small groups are left out where the students are nobody's to know (RD-63).

A figure left out alone is found again by subtracting its neighbours from their sum, so others go with it: until no
figure left out follows from those that stand and the sums that everybody knows to hold between them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from heapq import heappop, heappush
from itertools import product
from math import gcd
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


def margins(cells: Iterable[tuple[str, ...]]) -> Collection[Sum[tuple[str, ...]]]:
    """Every sum along one dimension of a table whose innermost cells these are: the margins, and the margins' own."""
    return _margins(frozenset(cells))


# Months and weeks of a district are of the same cells.
@lru_cache(maxsize=8)
def _margins(cells: frozenset[tuple[str, ...]]) -> tuple[Sum[tuple[str, ...]], ...]:
    every = {each for cell in cells for each in product(*((value, ALL) for value in cell))}
    parts: dict[tuple[tuple[str, ...], int], set[tuple[str, ...]]] = defaultdict(set)
    for cell in every:
        for place, value in enumerate(cell):
            if value != ALL:
                parts[_margin(cell, place), place].add(cell)
    return tuple(Sum(total, tuple(sorted(held))) for (total, _), held in sorted(parts.items()))


def added_up(innermost: Iterable[tuple[tuple[str, ...], int]]) -> dict[tuple[str, ...], int]:
    """What a table's innermost cells hold, and all its margins: one dimension after the other, so each once."""
    held = dict(innermost)
    for place in range(len(next(iter(held), ()))):
        for cell, number in list(held.items()):
            margin = _margin(cell, place)
            held[margin] = held.get(margin, 0) + number
    return held


def _margin(cell: tuple[str, ...], place: int) -> tuple[str, ...]:
    return (*cell[:place], ALL, *cell[place + 1 :])


def suppressed(sizes: Sizes, sums: Collection[Sum], parts: int = 1) -> frozenset[Cell]:
    """The cells to leave out, of all that a page shows: totals are cells of their own. A group of nobody is shown.

    Sizes are in students, or in so many `parts` of one.

    Every group under ten goes; so do the smallest others, until what is left out of a sum numbers ten at least and no
    cell left out can be worked out exactly from the cells that stand.
    """
    leaving = _Leaving(sizes, sums, SMALLEST_SHOWN * parts)
    for cell, size in sizes.items():
        if 0 < size < leaving.smallest_shown:
            leaving.leave(cell)
    leaving.until_no_sum_tells()
    while leaving.one_more_where_some_follow():
        leaving.until_no_sum_tells()
    return frozenset(leaving.out)


class _Leaving:
    """Cells left out one after the other; what each sum has left out is kept beside it, since there are hundreds."""

    def __init__(self, sizes: Sizes, sums: Collection[Sum], smallest_shown: int) -> None:
        self._sizes, self._sums, self.smallest_shown = sizes, list(sums), smallest_shown
        self.out: set[Cell] = set()
        # Of each sum, how many of its parts are left out and how many students they are.
        self._parts_out = [0] * len(self._sums)
        self._students_out: list[Fraction | int] = [0] * len(self._sums)
        self._with_part, self._with_total = _places(self._sums)
        # The sums to look at, the first first, each once.
        self._waiting = list(range(len(self._sums)))

    def leave(self, cell: Cell) -> None:
        self.out.add(cell)
        for place in self._with_part[cell]:
            self._parts_out[place] += 1
            self._students_out[place] += self._sizes[cell]
        for place in (*self._with_part[cell], *self._with_total[cell]):
            heappush(self._waiting, place)

    def until_no_sum_tells(self) -> None:
        """Leave out the smallest part more of the first sum that tells something, again and again."""
        while self._waiting:
            place = heappop(self._waiting)
            if self._tells(place) and (more := self._smallest(self._sums[place])) is not None:
                self.leave(more)

    def one_more_where_some_follow(self) -> bool:
        """Leave out one more where a cell left out follows from those that stand; whether there was any."""
        concerned = [each for each in self._sums if not self.out.isdisjoint(_members(each))]
        known = follows(concerned, self.out)
        near = [each for each in concerned if not known.isdisjoint(_members(each))]
        # Where all about a cell is left out already, what gives it away stands farther off.
        for each in near + concerned if known else []:
            if (more := self._smallest(each)) is not None:
                self.leave(more)
                return True
        return False

    def _tells(self, place: int) -> bool:
        """Whether a sum tells what is left out of it, or that it is of fewer than ten."""
        parts = self._parts_out[place]
        if self._sums[place].total in self.out:
            return parts == 0
        return parts == 1 or (parts > 1 and self._students_out[place] < self.smallest_shown)

    def _smallest(self, each: Sum) -> Cell | None:
        """The smallest part that still stands, else the total; None where nothing stands that could go."""
        parts = [part for part in each.parts if part not in self.out and self._sizes[part]]
        if parts:
            return min(parts, key=lambda part: (self._sizes[part], repr(part)))
        return each.total if each.total not in self.out and self._sizes[each.total] else None


def _places(sums: Iterable[Sum]) -> tuple[Mapping[Cell, list[int]], Mapping[Cell, list[int]]]:
    """Of each cell the sums that it is a part of, and those whose total it is."""
    with_part: dict[Cell, list[int]] = defaultdict(list)
    with_total: dict[Cell, list[int]] = defaultdict(list)
    for place, each in enumerate(sums):
        with_total[each.total].append(place)
        for part in each.parts:
            with_part[part].append(place)
    return with_part, with_total


def _members(each: Sum) -> tuple[Cell, ...]:
    return (each.total, *each.parts)


# An equation between cells left out: so many times each of them, together nothing that is not known.
Equation = dict[Cell, int]


def follows(sums: Iterable[Sum], out: Collection[Cell]) -> frozenset[Cell]:
    """Those of the cells left out that follow exactly from the sums, all other cells being known."""
    equations = [equation for each in sums if (equation := _equation(each, out))]
    # Short ones first, and solved for the cell that fewest others name: equations stay short.
    named = Counter(cell for equation in equations for cell in equation)
    solved: dict[Cell, Equation] = {}
    naming: dict[Cell, set[Cell]] = defaultdict(set)
    for equation in sorted(equations, key=len):
        _solve(equation, solved, naming, named)
    return frozenset(cell for cell, equation in solved.items() if len(equation) == 1)


def _equation(each: Sum, out: Collection[Cell]) -> Equation:
    equation = {part: 1 for part in each.parts if part in out}
    if each.total in out:
        equation[each.total] = -1
    return equation


def _solve(
    equation: Equation, solved: dict[Cell, Equation], naming: dict[Cell, set[Cell]], named: Mapping[Cell, int]
) -> None:
    """Add an equation to those solved for one cell each, as one does by hand (Gauss and Jordan), in whole numbers.

    `naming` holds, of each cell, which of the solved equations may name it.
    """
    for cell in [cell for cell in equation if cell in solved]:
        _take_out(cell, equation, solved[cell])
    if not equation:
        return
    pivot = min(equation, key=lambda cell: (abs(equation[cell]), named[cell]))
    for other in naming.pop(pivot, ()):
        if pivot in solved[other]:
            _take_out(pivot, solved[other], equation)
            for cell in equation:
                naming[cell].add(other)
    solved[pivot] = equation
    for cell in equation:
        naming[cell].add(pivot)


def _take_out(cell: Cell, equation: Equation, other: Equation) -> None:
    """Take another equation out of one, as many times as leaves nothing of a cell in it."""
    mine, its = equation[cell], other[cell]
    shared = gcd(mine, its)
    times, scale = mine // shared, its // shared
    if scale != 1:
        for each in equation:
            equation[each] *= scale
    for each, value in other.items():
        if left := equation.get(each, 0) - times * value:
            equation[each] = left
        else:
            equation.pop(each, None)
    if scale not in (1, -1) and equation and (most := gcd(*equation.values())) > 1:
        for each in equation:
            equation[each] //= most
