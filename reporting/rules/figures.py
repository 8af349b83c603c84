"""A month's membership and attendance by grade and mode (RD-10). Only `attendance.rules.rates` divides."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from attendance.rules.rates import average_daily, district_average, printed
from reporting.rules.facts import SessionDays, StudentDay

Key = tuple[str, str]


class Group(NamedTuple):
    """Who is counted together. `counted` is false for pre-kindergarten and self-contained special education."""

    counted: bool
    grade: str
    mode: str


class Tally(NamedTuple):
    """Student-days."""

    present: int = 0
    excused: int = 0
    unexcused: int = 0
    undetermined: int = 0

    @property
    def enrolled(self) -> int:
        """Days of membership."""
        return self.present + self.excused + self.unexcused + self.undetermined

    @property
    def absent(self) -> int:
        """Days absent, for whatever reason."""
        return self.excused + self.unexcused

    def __add__(self, other: "Tally") -> "Tally":  # type: ignore[override]
        """Both together, not one behind the other as other tuples."""
        return summed((self, other))


def summed(tallies: Iterable[Tally]) -> Tally:
    """Student-days together; a large district has thousands of tallies, so each kind is added up at once."""
    return Tally(*map(sum, zip(*tallies, strict=True)))


class Averaged:
    """Whatever has the two averages prints them alike."""

    __slots__ = ()
    ada: Fraction | None
    adm: Fraction | None

    @property
    def printed_ada(self) -> str:
        """ADA with two decimals; empty for no data."""
        return printed(self.ada)

    @property
    def printed_adm(self) -> str:
        """ADM with two decimals; empty for no data."""
        return printed(self.adm)


@dataclass(frozen=True, slots=True)
class SummaryLine(Averaged):
    """One line of the summary: its level is school, grade, mode or grade_mode."""

    level: str
    counted: bool
    grade: str
    mode: str
    session_days: int
    tally: Tally
    ada: Fraction | None
    adm: Fraction | None


@dataclass(frozen=True, slots=True)
class Figures(Averaged):
    """A school's month in figures; provisional while a day is undetermined or still to come (RD-10)."""

    session_days: int
    counted: Tally
    apart: Tally
    ada: Fraction | None
    adm: Fraction | None

    @property
    def undetermined(self) -> int:
        """Student-days that are neither present nor absent yet, of all students."""
        return self.counted.undetermined + self.apart.undetermined


def known_as(status: str, absence_kind: str) -> str:
    """What the state knows a day of the ledger as: a suspension is an unexcused absence there (ST-02)."""
    if status != "absent":
        return status
    return "excused" if absence_kind == "excused" else "unexcused"


def tallied(days: Iterable[StudentDay]) -> dict[Group, Tally]:
    """The ledger's rows of a month, counted by who they are of."""
    counts: dict[Group, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for day in days:
        counts[Group(day.counted_in_ada, day.grade, day.mode)][day.status] += 1
    return {group: Tally(**statuses) for group, statuses in counts.items()}


def exact(average: Fraction | None) -> str:
    """An average as it is kept, 1234/15, so that averages can be added up without a loss; empty for no data."""
    return "" if average is None else str(average)


def figures(tallies: Mapping[Group, Tally], days: SessionDays) -> Figures:
    """The school's own figures: the sum of its grades' averages, each over its own days, those apart left out."""
    counted, apart = _only(tallies, counted=True), _only(tallies, counted=False)
    ada, adm = _averages(counted, days)
    return Figures(days.school, summed(counted.values()), summed(apart.values()), ada, adm)


def summary_lines(tallies: Mapping[Group, Tally], days: SessionDays) -> list[SummaryLine]:
    """Every line of the summary: school, grades, modes, grades by mode; those counted first, those apart after.

    The averages of a school and of a mode are the sums of those of its grades, each over its own days (RD-10).
    """
    return [line for counted in (True, False) for line in _lines_of(_only(tallies, counted), days, counted=counted)]


def _only(tallies: Mapping[Group, Tally], counted: bool) -> dict[Group, Tally]:
    return {group: tally for group, tally in tallies.items() if group.counted == counted}


def _lines_of(tallies: Mapping[Group, Tally], days: SessionDays, *, counted: bool) -> list[SummaryLine]:
    if not tallies:
        return []
    lines = []
    for level, key in (
        ("school", lambda group: ("", "")),
        ("grade", lambda group: (group.grade, "")),
        ("mode", lambda group: ("", group.mode)),
        ("grade_mode", lambda group: (group.grade, group.mode)),
    ):
        by_grade = level in ("grade", "grade_mode")
        for (grade, mode), groups in sorted(_together(tallies, key).items()):
            ada, adm = _averages(groups, days)
            held = days.of(grade) if by_grade else days.school
            lines.append(SummaryLine(level, counted, grade, mode, held, summed(groups.values()), ada, adm))
    return lines


def _together(tallies: Mapping[Group, Tally], key: Callable[[Group], Key]) -> dict[Key, dict[Group, Tally]]:
    together: dict[Key, dict[Group, Tally]] = defaultdict(dict)
    for group, tally in tallies.items():
        together[key(group)][group] = tally
    return dict(together)


def averages(tallies: Iterable[tuple[str, Tally]], days: SessionDays) -> tuple[Fraction | None, Fraction | None]:
    """ADA and ADM of some groups with their grades: each over the days of its grade, then summed."""
    present: dict[int, int] = defaultdict(int)
    enrolled: dict[int, int] = defaultdict(int)
    # Whole numbers first: grades with the same days need one fraction, and a large district has thousands of groups.
    for grade, tally in tallies:
        held = days.of(grade)
        present[held] += tally.present
        enrolled[held] += tally.enrolled
    if not enrolled:
        return average_daily(0, days.school), average_daily(0, days.school)
    return _average(present), _average(enrolled)


def _averages(tallies: Mapping[Group, Tally], days: SessionDays) -> tuple[Fraction | None, Fraction | None]:
    return averages(((group.grade, tally) for group, tally in tallies.items()), days)


def _average(by_days: Mapping[int, int]) -> Fraction | None:
    return district_average((days, held) for held, days in by_days.items())
