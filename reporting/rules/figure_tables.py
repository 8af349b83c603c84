"""A district's figures as a table of schools by grades by modes, month by month; any cell or margin of it is a line.

A cell names its school, grade and mode, or ALL of a kind. Only those counted in ADA are in it (RD-10); chronic absence
is of everybody, in the grade and the mode of the last day (ST-05).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import product
from typing import NamedTuple

from attendance.rules.rates import district_average
from reporting.rules.facts import SessionDays
from reporting.rules.figure_lines import Amount, Chronic, amount_of, district_amount
from reporting.rules.figures import Figures, Group, Tally, figures
from reporting.rules.suppression import ALL, margins, suppressed

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
    worked_out: "dict[tuple[SchoolMonthKey, str, str, bool], Figures | None]" = field(
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
    held = [found for school in schools if (found := _figures_of(books, (school, month), cell, counted=counted))]
    if not held:
        return None
    return district_amount(held) if cell.school == ALL else amount_of(held[0])


def _figures_of(books: Books, place: SchoolMonthKey, cell: Cell, *, counted: bool) -> Figures | None:
    """A school's month in the grade and mode of a cell; None where nobody's day is in it."""
    asked = (place, cell.grade, cell.mode, counted)
    if asked not in books.worked_out:
        groups = {
            Group(True, group.grade, group.mode): tally
            for group, tally in books.tallies.get(place, {}).items()
            if group.counted == counted and cell.holds(group.grade, group.mode)
        }
        books.worked_out[asked] = figures(groups, books.days[place]) if groups else None
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
    enrolled, chronic = _enrolled(books, month), _counted_for_chronic(books, month)
    return _left_out(_known_by(enrolled), _known_by(chronic))


# So many students of a month seldom change, and take along the same cells whoever asks: months of a few years.
@lru_cache(maxsize=32)
def _left_out(of_days: "_Known", of_students: "_Known") -> frozenset[Cell]:
    enrolled, chronic = _told(of_days), _told(of_students)
    sums = margins({*enrolled, *chronic})
    days, students = _added_up(enrolled), _added_up(chronic)
    every = {Cell(*cell) for each in sums for cell in (each.total, *each.parts)}
    out = suppressed({cell: _size(days.get(cell, {}), students.get(cell, {})) for cell in every}, sums)
    return frozenset(cell for cell in every if cell in out)


def with_sums_of_some(out: frozenset[Cell], schools: Collection[int]) -> frozenset[Cell]:
    """The cells left out where only some of the district's schools are added up: sums of one left out, too.

    The district's own cells are weighed as sums of all its schools, which those of some are not (RD-63).
    """
    added = {str(each) for each in schools}
    return out | {Cell(ALL, cell.grade, cell.mode) for cell in out if cell.school in added}


# Of a cell, so many days enrolled over so many days in session; or students, where nothing is divided.
_Counts = dict[int, int]
_Known = frozenset[tuple[Cell, frozenset[tuple[int, int]]]]
_UNDIVIDED = 1


def _known_by(counts: Mapping[Cell, _Counts]) -> _Known:
    return frozenset((cell, frozenset(held.items())) for cell, held in counts.items())


def _told(known: _Known) -> dict[Cell, _Counts]:
    return {cell: dict(held) for cell, held in known}


def _enrolled(books: Books, month: int) -> dict[Cell, _Counts]:
    """The innermost cells of those counted in ADA: days enrolled by the days in session of their grade."""
    held: dict[Cell, _Counts] = defaultdict(lambda: defaultdict(int))
    for (school, of_month), groups in books.tallies.items():
        for group, tally in groups.items() if of_month == month else ():
            if group.counted:
                own = books.days.get((school, month))
                held[Cell(str(school), group.grade, group.mode)][own.of(group.grade) if own else 0] += tally.enrolled
    return held


def _counted_for_chronic(books: Books, month: int) -> dict[Cell, _Counts]:
    return {
        Cell(str(school), *place): {_UNDIVIDED: each.students if (school, month) in books.days else 0}
        for (school, of_month), groups in books.chronic.items()
        if of_month == month
        for place, each in groups.items()
    }


def _added_up(innermost: Mapping[Cell, _Counts]) -> dict[Cell, _Counts]:
    """Every margin too, in one pass: whole numbers, of which there are thousands in a large district."""
    held: dict[Cell, _Counts] = defaultdict(lambda: defaultdict(int))
    for cell, counts in innermost.items():
        for margin in product(*((value, ALL) for value in cell)):
            for divisor, number in counts.items():
                held[Cell(*margin)][divisor] += number
    return held


def _size(enrolled: _Counts, students: _Counts) -> Fraction | int:
    """How many a group is at the least: on an average day, and for chronic absence."""
    membership = district_average((days, session_days) for session_days, days in enrolled.items())
    sizes = [membership or 0, students.get(_UNDIVIDED, 0)]
    return min((size for size in sizes if size), default=0)


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
