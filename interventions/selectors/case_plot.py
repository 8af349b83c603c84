"""What a case's plot shows: attendance by weeks, and what was done when, as places in a drawing and as a table."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from attendance.models import DailyAttendance
from attendance.rules.rates import printed_percent
from interventions.models import Case
from interventions.rules.attendance_weeks import WEEK, LedgerDay, Share, Week, monday_of, weeks_of
from students.access import Scope

# The drawing, in its own units: the lanes of what was done stand below the line, their names to its left.
LEFT, RIGHT, TOP, HEIGHT = 104, 792, 14, 130
WIDTH = RIGHT - LEFT
_MIDDLE_OF_WEEK = timedelta(days=2)
_FEWEST_WEEKS = 4
_BESIDE = 13


class Lane(StrEnum):
    """Where a mark stands, by what it tells of."""

    CROSSING = "crossing"
    STEP = "step"
    CONTACT = "contact"


LANES = {Lane.CROSSING: 172, Lane.STEP: 198, Lane.CONTACT: 224}


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was done or reached on a day; not `held`: withdrawn, not needed, or nobody was reached."""

    lane: Lane
    day: date
    words: str
    held: bool = True


@dataclass(frozen=True, slots=True)
class Point:
    """A week's share in the drawing; the words are read out beside it."""

    x: int
    y: int
    words: str


@dataclass(frozen=True, slots=True)
class PlotMark:
    """A happening in the drawing."""

    lane: Lane
    x: int
    y: int
    held: bool
    words: str


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week as the table has it."""

    monday: date
    present: int
    determined: int
    session_days: int
    rate: str
    done: Sequence[str]

    @property
    def open_days(self) -> int:
        """Session days on which nothing is decided yet."""
        return self.session_days - self.determined


@dataclass(frozen=True)
class Plot:
    """The drawing and its table; a line is broken where nothing is decided of a week."""

    lines: Sequence[Sequence[Point]]
    marks: Sequence[PlotMark]
    months: Sequence[tuple[int, date]]
    rows: Sequence[WeekRow]

    @property
    def points(self) -> Sequence[Point]:
        """Every week that has a share."""
        return [point for line in self.lines for point in line]

    @property
    def drawn(self) -> Sequence[str]:
        """The lines as an SVG has them."""
        return [" ".join(f"{point.x},{point.y}" for point in line) for line in self.lines if len(line) > 1]


def days_of_case(scope: Scope, case: Case) -> list[LedgerDay]:
    """The session days of a case's student in the case's year up to today, in order; the caller took it from scope."""
    until = min(scope.today, case.year.ends_on or scope.today)
    rows = DailyAttendance.objects.filter(student=case.student_id, date__range=(case.year.starts_on, until))
    return [LedgerDay(day, status) for day, status in rows.order_by("date").values_list("date", "status")]


def plot_of(scope: Scope, days: Sequence[LedgerDay], happenings: Sequence[Happening]) -> Plot | None:
    """The plot of days that the caller took from the scope, and of what happened from the first of them on.

    None without a day.
    """
    return plot_of_weeks(scope, weeks_of(days), happenings)


def plot_of_weeks(scope: Scope, weeks: Sequence[Week], happenings: Sequence[Happening]) -> Plot | None:
    """The same of weeks, of one student or of many; None without a week."""
    if not weeks:
        return None
    axis = _Axis(weeks[0].monday, max([weeks[-1].monday, *(monday_of(each.day) for each in happenings)]))
    shown = [each for each in happenings if axis.holds(each.day)]
    return Plot(
        lines=_lines(axis, weeks),
        marks=_marks(axis, shown),
        months=axis.months,
        rows=_rows(weeks, shown),
    )


@dataclass(frozen=True)
class _Axis:
    """Days along the drawing, from one Monday to the week of another."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return max((self.last - self.first).days + WEEK.days, _FEWEST_WEEKS * WEEK.days)

    @property
    def months(self) -> list[tuple[int, date]]:
        """Where each month begins that lies wholly on the axis; the first is named where the axis begins."""
        starts = [self.first]
        while (after := _next_month(starts[-1])) <= self.last:
            starts.append(after)
        if len(starts) > 1 and (starts[1] - starts[0]).days < WEEK.days:
            starts.pop(0)
        return [(self.x(each), each) for each in starts]

    def holds(self, day: date) -> bool:
        return self.first <= day < self.first + timedelta(days=self.days)

    def x(self, day: date) -> int:
        return LEFT + (day - self.first).days * WIDTH // self.days


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _lines(axis: _Axis, weeks: Sequence[Week]) -> list[list[Point]]:
    lines: list[list[Point]] = [[]]
    for week in weeks:
        rate = week.share.rate
        if rate is None:
            lines.append([])
            continue
        words = f"{week.monday:%b} {week.monday.day}: {week.share.present}/{week.share.determined}"
        lines[-1].append(Point(axis.x(week.monday + _MIDDLE_OF_WEEK), TOP + HEIGHT - int(rate * HEIGHT), words))
    return [line for line in lines if line]


def _marks(axis: _Axis, happenings: Sequence[Happening]) -> list[PlotMark]:
    """Two of one day and lane stand beside each other, or the later would hide the earlier."""
    beside: Counter[tuple[Lane, int]] = Counter()
    marks = []
    for each in sorted(happenings, key=lambda each: each.day):
        x = axis.x(each.day)
        words = f"{each.day:%b} {each.day.day}: {each.words}"
        marks.append(PlotMark(each.lane, x + beside[each.lane, x] * _BESIDE, LANES[each.lane], each.held, words))
        beside[each.lane, x] += 1
    return marks


def _rows(weeks: Sequence[Week], happenings: Sequence[Happening]) -> list[WeekRow]:
    """The latest week first; what was done in a week without school stands in a row of its own."""
    done: dict[date, list[str]] = defaultdict(list)
    for each in sorted(happenings, key=lambda each: each.day):
        done[monday_of(each.day)].append(f"{each.day:%b} {each.day.day}: {each.words}")
    shares = {week.monday: week.share for week in weeks}
    return [_row(monday, shares, done) for monday in sorted(shares.keys() | done.keys(), reverse=True)]


def _row(monday: date, shares: dict[date, Share], done: dict[date, list[str]]) -> WeekRow:
    share = shares.get(monday)
    if share is None:
        return WeekRow(monday, 0, 0, 0, "", done[monday])
    rate = printed_percent(share.rate)
    return WeekRow(monday, share.present, share.determined, share.session_days, rate, done.get(monday, []))
