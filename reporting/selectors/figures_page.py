"""The pages of figures: the district's, and a school's, of one month and of the year so far."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from attendance.models import Mode
from attendance.selectors.day_words import mode_words
from reporting.rules.figure_lines import Amount, Mean, mean_of_2_and_3
from reporting.rules.figure_tables import (
    Cell,
    LeftOut,
    Line,
    amount_in,
    grades_and_modes,
    left_out,
    line_of,
    lines_of,
    with_sums_of_some,
)
from reporting.rules.month_names import MonthName, month_name
from reporting.rules.suppression import ALL
from reporting.selectors.figure_weeks import WeekFigures, week_figures
from reporting.selectors.figures import Certified, Read, books_of_every_school, read_figures
from reporting.selectors.months import school_with_months
from students.access import Scope
from students.models import School
from students.refusals import Refused
from students.rules.rights import Right
from students.selectors.places import schools_with_right


@dataclass(frozen=True)
class Asked:
    """What a page is narrowed to; None is every grade and mode, and the newest month.

    `leaves_out` shows it as somebody without the right to the students would see it (RD-63), for publication. A list of
    days may be asked for by dates instead of a month, both inclusive, and by the day of the week, 1 for Monday.
    """

    month: int | None = None
    grade: str | None = None
    mode: str | None = None
    leaves_out: bool = False
    dates: tuple[date, date] | None = None
    weekday: int | None = None

    @property
    def mode_name(self) -> str:
        """What the mode is called; empty for every mode, for none, and for one that there is not."""
        return mode_words(self.mode) if self.mode and self.mode in Mode else ""

    def cell(self, school_id: int | None = None) -> Cell:
        """The cell of a school, or of the district, in this grade and mode."""
        place = ALL if school_id is None else str(school_id)
        return Cell(place, ALL if self.grade is None else self.grade, ALL if self.mode is None else self.mode)


@dataclass(frozen=True)
class Shown:
    """A line with its name: `kind` is month, school, grade, mode or within (a mode of the grade before).

    `certified` are the certified figures of a whole school's month; `moved`: the ledger has moved since.
    `opens` is the school whose days and students this person may look at behind it.
    """

    kind: str
    name: str
    line: Line
    mean: Mean | None = None
    certified: Certified | None = None
    certified_schools: int = 0
    schools: int = 0
    opens: int | None = None

    @property
    def query(self) -> str:
        """What asks for this line's days, as an address does."""
        return urlencode({"month": self.line.month, **self.line.cell.asked})

    @property
    def moved(self) -> bool:
        """Whether the ledger's figures are no longer those that were certified."""
        amount = self.line.amount
        return bool(self.certified and amount and (self.certified.ada, self.certified.adm) != (amount.ada, amount.adm))

    @property
    def is_certified(self) -> bool:
        """Whether every school of it is certified."""
        return 0 < self.schools == self.certified_schools


@dataclass(frozen=True)
class FiguresPage:
    """A page of figures: the chosen month's line, the lines within it, and the line of every month."""

    school: School | None
    year: str
    month: int
    name: MonthName
    starts_on: date
    ends_on: date
    asked: Asked
    head: Shown | None
    within: list[Shown]
    by_month: list[Shown]
    mean: Mean | None
    apart: Amount | None
    months: list[int]
    grades: list[str]
    modes: list[tuple[str, str]]
    counted_at: datetime | None
    weeks: WeekFigures


def district_figures(scope: Scope, asked: Asked) -> FiguresPage:
    """The figures of every school whose months are open to somebody; a constant number of statements.

    Raises Refused where there is no year, no month, or nothing opened.
    """
    schools = list(schools_with_right(scope, Right.FIGURES))
    read = read_figures(scope, schools)
    month, outs = _month(read, asked), outs_of(scope, read, asked)
    cells = {asked.cell(school.pk): school for school in schools}
    lines = lines_of(read.books, cells, month, outs)
    within = [_shown(read, "school", cells[each.cell].name, each, _mean(read, each.cell, outs)) for each in lines]
    return _page(scope, read, asked, month, None, within, outs)


def school_figures(scope: Scope, school_id: int, asked: Asked) -> FiguresPage:
    """A school's figures by grade and mode; a constant number of statements.

    Raises NotInScope, and Refused as above.
    """
    school = school_with_months(scope, school_id)
    read = read_figures(scope, [school])
    month, outs = _month(read, asked), outs_of(scope, read, asked)
    within = _within_school(read, asked, month, school, outs)
    return _page(scope, read, asked, month, school, within, outs)


def _within_school(read: Read, asked: Asked, month: int, school: School, outs: LeftOut) -> list[Shown]:
    whole = Cell(str(school.pk))
    grades, modes = grades_and_modes(read.books, whole)
    grades = [each for each in grades if asked.grade in (None, each)]
    modes = [each for each in modes if asked.mode in (None, each)]
    shown = []
    for grade in grades:
        cells = [Cell(whole.school, grade, ALL), *(Cell(whole.school, grade, mode) for mode in modes)]
        shown += [_within(read, each) for each in lines_of(read.books, cells, month, outs)]
    for_modes = (Cell(whole.school, asked.cell().grade, mode) for mode in modes)
    return shown + [_within(read, each, "mode") for each in lines_of(read.books, for_modes, month, outs)]


def _within(read: Read, line: Line, kind: str = "") -> Shown:
    if kind:
        return _shown(read, kind, _mode_name(line.cell.mode), line)
    if line.cell.mode == ALL:
        return _shown(read, "grade", line.cell.grade, line)
    return _shown(read, "within", _mode_name(line.cell.mode), line)


def _mode_name(mode: str) -> str:
    """A mode's name; empty for days that have none."""
    return mode_words(mode) if mode else ""


def _page(
    scope: Scope, read: Read, asked: Asked, month: int, school: School | None, within: list[Shown], outs: LeftOut
) -> FiguresPage:
    cell = asked.cell(school.pk if school else None)
    by_month = [
        _shown(read, "month", "", line) for each in read.books.months if (line := line_of(read.books, cell, each, outs))
    ]
    grades, modes = grades_and_modes(read.books, Cell(cell.school))
    held = next(each for each in read.months if each.month == month)
    return FiguresPage(
        school=school,
        year=read.year.name,
        month=month,
        name=month_name(month, read.year.starts_on.year),
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        asked=asked,
        head=next((each for each in by_month if each.line.month == month), None),
        within=within,
        by_month=by_month,
        mean=_mean(read, cell, outs),
        apart=None if outs else amount_in(read.books, cell, month, counted=False),
        months=read.books.months,
        grades=grades,
        modes=[(each, _mode_name(each)) for each in modes],
        counted_at=read.counted_at,
        weeks=week_figures(scope, read, cell, outs, opens=not _hides(read, asked)),
    )


def _month(read: Read, asked: Asked) -> int:
    if not read.books.months:
        raise Refused("No school day of a reporting month is over yet. Figures appear on the morning after the first.")
    return asked.month if asked.month in read.books.months else read.books.months[-1]


def _hides(read: Read, asked: Asked) -> bool:
    """Whether small groups are left out: to order, and for whoever has no right to some school's students."""
    return asked.leaves_out or not read.readable.issuperset(school.pk for school in read.schools)


def outs_of(scope: Scope, read: Read, asked: Asked) -> LeftOut:
    """The cells that are not shown to somebody, by month; {} for whoever may know the students of all that was read."""
    if not _hides(read, asked):
        return {}
    # Of the whole district, whoever asks for however little: two pages must leave out the same, or one tells the other.
    books = books_of_every_school(scope, read)
    outs = {month: left_out(books, month) for month in books.months}
    own = {school.pk for school in read.schools}
    if own >= {school for school, _ in books.days}:
        return outs
    return {month: with_sums_of_some(out, own) for month, out in outs.items()}


def _mean(read: Read, cell: Cell, outs: LeftOut) -> Mean | None:
    """The mean of months 2 and 3; None where one of them is left out, which the mean and the other would tell."""
    if any(cell in outs.get(month, ()) for month in (2, 3)):
        return None
    amounts = {month: amount for month in (2, 3) if (amount := amount_in(read.books, cell, month))}
    return mean_of_2_and_3(amounts)


def _shown(read: Read, kind: str, name: str, line: Line, mean: Mean | None = None) -> Shown:
    opens = next((each for each in read.readable if str(each) == line.cell.school), None)
    if line.cell.grade != ALL or line.cell.mode != ALL:
        return Shown(kind, name, line, mean, opens=opens)
    schools = read.books.schools_of(line.cell, line.month)
    certified = [read.certified[each, line.month] for each in schools if (each, line.month) in read.certified]
    own = certified[0] if certified and line.cell.school != ALL else None
    return Shown(kind, name, line, mean, own, len(certified), len(schools), opens)
