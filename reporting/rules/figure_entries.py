"""Entry completeness: how much of what was due was entered in time, late or not yet, and who comes first (RD-25).

A class's taking is about its teacher, so groups of classes are never too small to show (RD-63 is about students). A day
in own time is a student's: those are left out where fewer than ten stand behind them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from attendance.rules.rates import printed_percent, printed_points, share_entered
from reporting.rules.suppression import ALL, SMALLEST_SHOWN, margins, suppressed


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries whose last day is over: class meetings, or days of students; `overdue` are some of those `missing`."""

    in_time: int = 0
    late: int = 0
    missing: int = 0
    overdue: int = 0

    @property
    def due(self) -> int:
        """All of them."""
        return self.in_time + self.late + self.missing

    @property
    def share(self) -> Fraction | None:
        """Entered in time, of those due."""
        return share_entered(self.in_time, self.due)

    @property
    def share_by_now(self) -> Fraction | None:
        """Entered in time or late, of those due."""
        return share_entered(self.in_time + self.late, self.due)

    @property
    def rate(self) -> str:
        """Entered in time, in percent with one decimal; empty where nothing was due."""
        return printed_percent(self.share)

    @property
    def rate_by_now(self) -> str:
        """Entered by now, likewise."""
        return printed_percent(self.share_by_now)

    def points_since(self, before: "Entries") -> str:
        """How many percentage points the share in time moved, with a sign; empty where nothing was due in either."""
        return printed_points(self.share, before.share)

    def __add__(self, other: "Entries") -> "Entries":
        return Entries(
            self.in_time + other.in_time,
            self.late + other.late,
            self.missing + other.missing,
            self.overdue + other.overdue,
        )


@dataclass(frozen=True, slots=True)
class EntryLine:
    """The entries of a school (`place` is its id), of a teacher (None: nobody is named), or of all, and those before.

    `order` is what its name is sorted by.
    """

    name: str
    entries: Entries
    before: Entries = field(default_factory=Entries)
    place: int | None = None
    order: str = ""
    is_left_out: bool = False

    @property
    def trend(self) -> str:
        """How many points the rate moved since the time before."""
        return self.entries.points_since(self.before)


def worst_first(lines: Iterable[EntryLine]) -> list[EntryLine]:
    """The least entered in time first, of equals the most due; lines left out come last, by name."""
    return sorted(lines, key=_badness)


def _badness(line: EntryLine) -> tuple[bool, Fraction, int, str]:
    share = line.entries.share
    if line.is_left_out or share is None:
        return True, Fraction(0), 0, line.order
    return False, share, -line.entries.due, line.order


def by_name(lines: Iterable[EntryLine]) -> list[EntryLine]:
    """By name; what nobody is named for comes last."""
    return sorted(lines, key=lambda line: (not line.order, line.order))


class StudentsBehind(NamedTuple):
    """At least so many students stand behind the days in own time of a school's week that lie in a month."""

    school_id: int
    month: int | None
    week: int
    students: int


@dataclass(frozen=True)
class LeftOutWork:
    """Of whose days in own time nothing is shown to those without the right to the students (RD-63).

    `cells` are (school, month), ALL for every one; `schools` are those of which no single week is shown.
    """

    cells: frozenset[tuple[str, str]] = frozenset()
    schools: frozenset[str] = frozenset()

    def hides(self, school: str, month: str) -> bool:
        """Whether a school's month is left out; ALL is the district, or the year."""
        return (school, month) in self.cells

    def hides_weeks(self, school: str) -> bool:
        """Whether weeks are left out: any that is small, or that a month left out could be worked out from.

        The district's weeks less those of its schools would be the weeks of the one left out.
        """
        if school == ALL:
            return bool(self.schools or self.cells)
        return school in self.schools or any(place == school for place, _ in self.cells)


def work_left_out(behind: Iterable[StudentsBehind]) -> LeftOutWork:
    """What is left out of the whole district's days in own time, whichever page is asked for."""
    held = list(behind)
    months: dict[tuple[str, str], int] = defaultdict(int)
    weeks: dict[tuple[str, int], int] = defaultdict(int)
    for each in held:
        school = str(each.school_id)
        month, week = (school, str(each.month or 0)), (school, each.week)
        months[month] = max(months[month], each.students)
        weeks[week] = max(weeks[week], each.students)
    small = frozenset(school for (school, _), students in weeks.items() if students < SMALLEST_SHOWN)
    return LeftOutWork(frozenset(suppressed(_sizes(months), margins(months))), small)  # type: ignore[arg-type]


def _sizes(months: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """Of each cell and margin: students of several schools add up, those of several months may be the same."""
    sizes = dict(months)
    for (school, month), students in months.items():
        sizes[school, ALL] = max(sizes.get((school, ALL), 0), students)
        sizes[ALL, month] = sizes.get((ALL, month), 0) + students
    sizes[ALL, ALL] = max((students for (school, _), students in sizes.items() if school == ALL), default=0)
    return sizes


@dataclass(frozen=True, slots=True)
class EntryWeek:
    """A week by its number; no entries where nothing was due in it."""

    number: int
    entries: Entries


def weeks_between(held: Mapping[int, Entries]) -> Sequence[EntryWeek]:
    """Every week from the first to the last in which something was due."""
    if not held:
        return ()
    return [EntryWeek(number, held.get(number, Entries())) for number in range(min(held), max(held) + 1)]
