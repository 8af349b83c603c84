"""A district's figures as a table of schools by grades by modes, month by month; any cell or margin of it is a line.

A cell names its school, grade and mode, or ALL of a kind. Only those counted in ADA are in it (RD-10); chronic absence
is of everybody, in the grade and the mode of the last day (ST-05).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import lcm
from typing import NamedTuple

from reporting.rules.facts import SessionDays
from reporting.rules.figure_lines import Amount, Chronic, district_amount
from reporting.rules.figures import Group, Tally, averages, summed
from reporting.rules.suppression import ALL, Sizes, added_up, margins, suppressed

SchoolMonthKey = tuple[int, int]
# In an address: of days that have no grade or no mode.
NONE_GIVEN = "-"


class Cell(NamedTuple):
    """A place in the table: the school's id as text, the grade, the mode; ALL stands for every one."""

    school: str = ALL
    grade: str = ALL
    mode: str = ALL

    def holds(self, grade: str, mode: str) -> bool:
        """Whether a grade and a mode belong to it."""
        return self.grade in (ALL, grade) and self.mode in (ALL, mode)

    @property
    def asked(self) -> dict[str, str]:
        """The grade and the mode as an address asks for them; what stands for every one is not asked."""
        return {
            name: value or NONE_GIVEN for name, value in (("grade", self.grade), ("mode", self.mode)) if value != ALL
        }


# The cells that are left out, by month.
LeftOut = Mapping[int, frozenset[Cell]]
NOTHING: LeftOut = {}


@dataclass(frozen=True)
class Books:
    """What was counted, by school and month: the ledger's days, the days in session, chronic absence."""

    tallies: Mapping[SchoolMonthKey, Mapping[Group, Tally]]
    days: Mapping[SchoolMonthKey, SessionDays]
    chronic: Mapping[SchoolMonthKey, Mapping[tuple[str, str], Chronic]] = field(default_factory=dict)
    # What was worked out once: a page of a district asks for the same school's month as a line, as the month before, as
    # half of a mean and as a part of its sum.
    worked_out: "dict[tuple[SchoolMonthKey, str, str, bool], Amount | None]" = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def months(self) -> list[int]:
        """The months in which some school was in session, the first first."""
        return sorted({month for _, month in self.days})

    def schools_of(self, cell: Cell, month: int) -> list[int]:
        """The schools of a cell that were in session in a month."""
        return [school for school in self._in_session.get(month, ()) if cell.school in (ALL, str(school))]

    @cached_property
    def _in_session(self) -> dict[int, list[int]]:
        schools = defaultdict(list)
        for school, month in self.days:
            schools[month].append(school)
        return schools


@dataclass(frozen=True)
class Line:
    """A cell's month; `before` is the month before it, and no amount stands where the group is left out (RD-63)."""

    cell: Cell
    month: int
    amount: Amount | None
    chronic: Chronic | None = None
    before: Amount | None = None

    @property
    def is_left_out(self) -> bool:
        """Whether the group is too small to be shown to whoever has no right to its students."""
        return self.amount is None

    @property
    def trend(self) -> str:
        """How many points the rate moved since the month before."""
        return self.amount.points_since(self.before) if self.amount else ""


def amount_in(books: Books, cell: Cell, month: int, *, counted: bool = True) -> Amount | None:
    """The amount of a cell; None where nobody's day is in it. Those apart from ADA where `counted` is false."""
    schools = books.schools_of(cell, month)
    held = [found for school in schools if (found := _amount_of(books, (school, month), cell, counted=counted))]
    if not held:
        return None
    return district_amount(held) if cell.school == ALL else held[0]


def _amount_of(books: Books, place: SchoolMonthKey, cell: Cell, *, counted: bool) -> Amount | None:
    """A school's month in the grade and mode of a cell, over its own days; None where nobody's day is in it."""
    asked = (place, cell.grade, cell.mode, counted)
    if asked not in books.worked_out:
        held = [
            (group.grade, tally)
            for group, tally in books.tallies.get(place, {}).items()
            if group.counted == counted and cell.holds(group.grade, group.mode)
        ]
        days = books.days[place]
        books.worked_out[asked] = (
            Amount(summed(tally for _, tally in held), *averages(held, days), days.school) if held else None
        )
    return books.worked_out[asked]


def chronic_in(books: Books, cell: Cell, month: int) -> Chronic | None:
    """Chronic absence of a cell by the end of a month; None where no school of it is counted."""
    held = [
        books.chronic[school, month] for school in books.schools_of(cell, month) if (school, month) in books.chronic
    ]
    if not held:
        return None
    counts = (each for groups in held for place, each in groups.items() if cell.holds(*place))
    return Chronic(*map(sum, zip(*counts, strict=True)))


def left_out(books: Books, month: int) -> frozenset[Cell]:
    """The cells of a month that those without the right to the students do not see (RD-63)."""
    return _left_out(frozenset(_enrolled(books, month)), frozenset(_counted_for_chronic(books, month)))


# So many students of a month seldom change, and take along the same cells whoever asks: months of a few years.
@lru_cache(maxsize=32)
def _left_out(of_days: frozenset[tuple[Cell, int, int]], of_students: frozenset[tuple[Cell, int]]) -> frozenset[Cell]:
    # Sizes are whole numbers of a common part of a student: a large district has a thousand cells to compare.
    parts = lcm(*(session_days for _, _, session_days in of_days if session_days))
    enrolled = {cell: days * (parts // own) if own else 0 for cell, days, own in of_days}
    students = {cell: number * parts for cell, number in of_students}
    on_a_day, for_chronic = added_up(enrolled.items()), added_up(students.items())
    every = on_a_day | for_chronic
    sizes: Sizes = {cell: _size(on_a_day.get(cell), for_chronic.get(cell)) for cell in every}
    out = suppressed(sizes, margins({*enrolled, *students}), parts)
    return frozenset(Cell(*cell) for cell in every if cell in out)


def with_sums_of_some(out: frozenset[Cell], schools: Collection[int]) -> frozenset[Cell]:
    """The cells left out where only some of the district's schools are added up: sums of one left out, too.

    The district's own cells are weighed as sums of all its schools, which those of some are not (RD-63).
    """
    added = {str(each) for each in schools}
    return out | {Cell(ALL, cell.grade, cell.mode) for cell in out if cell.school in added}


def _enrolled(books: Books, month: int) -> Iterator[tuple[Cell, int, int]]:
    """The innermost cells of those counted in ADA: days enrolled, and the days in session of their grade."""
    for (school, of_month), groups in books.tallies.items():
        if of_month != month:
            continue
        place, own = str(school), books.days.get((school, month))
        for group, tally in groups.items():
            if group.counted:
                yield Cell(place, group.grade, group.mode), tally.enrolled, own.of(group.grade) if own else 0


def _counted_for_chronic(books: Books, month: int) -> Iterator[tuple[Cell, int]]:
    for (school, of_month), groups in books.chronic.items():
        if of_month == month:
            place, is_in_session = str(school), (school, month) in books.days
            for (grade, mode), each in groups.items():
                yield Cell(place, grade, mode), each.students if is_in_session else 0


def _size(on_a_day: int | None, for_chronic: int | None) -> int:
    """How many a group is at the least: on an average day, and for chronic absence."""
    return min(filter(None, (on_a_day, for_chronic)), default=0)


def line_of(books: Books, cell: Cell, month: int, outs: LeftOut = NOTHING) -> Line | None:
    """A cell's month as it is shown; None where nobody's day is in it."""
    amount = amount_in(books, cell, month)
    if amount is None:
        return None
    if cell in outs.get(month, ()):
        return Line(cell, month, None)
    # How far the rate moved would tell the rate of a month that is left out.
    before = None if cell in outs.get(month - 1, ()) else amount_in(books, cell, month - 1)
    return Line(cell, month, amount, chronic_in(books, cell, month), before)


def lines_of(books: Books, cells: Iterable[Cell], month: int, outs: LeftOut = NOTHING) -> list[Line]:
    """Those of some cells of which there is anything to show."""
    return [line for cell in cells if (line := line_of(books, cell, month, outs))]


def grades_and_modes(books: Books, cell: Cell) -> tuple[list[str], list[str]]:
    """The grades and the modes in which a cell's school, or the district, has days in any month."""
    groups = [
        group for (school, _), held in books.tallies.items() if cell.school in (ALL, str(school)) for group in held
    ]
    return sorted({each.grade for each in groups}), sorted({each.mode for each in groups})
