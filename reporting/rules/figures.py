"""A month's membership and attendance by grade and mode (RD-10). Only `attendance.rules.rates` divides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from attendance.rules.rates import average_daily, district_average, printed
from reporting.rules.facts import StudentDay


class Group(NamedTuple):
    """Who is counted together. `counted` is false for pre-kindergarten and self-contained special education."""

    counted: bool
    grade: str
    mode: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Student-days."""

    present: int = 0
    excused: int = 0
    unexcused: int = 0
    undetermined: int = 0

    @property
    def enrolled(self) -> int:
        """Days of membership."""
        return self.present + self.excused + self.unexcused + self.undetermined

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.present + other.present,
            self.excused + other.excused,
            self.unexcused + other.unexcused,
            self.undetermined + other.undetermined,
        )


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


def tallied(days: Iterable[StudentDay]) -> dict[Group, Tally]:
    """The ledger's rows of a month, counted by who they are of."""
    counts: dict[Group, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for day in days:
        counts[Group(day.counted_in_ada, day.grade, day.mode)][day.status] += 1
    return {group: Tally(**statuses) for group, statuses in counts.items()}


def figures(tallies: Mapping[Group, Tally], session_days: int) -> Figures:
    """The school's own figures: the sum of its grades' averages, those apart left out."""
    grades = _together(tallies, lambda group: (group.counted, group.grade))
    counted = [tally for (is_counted, _), tally in grades.items() if is_counted]
    apart = [tally for (is_counted, _), tally in grades.items() if not is_counted]
    return Figures(
        session_days,
        _sum(counted),
        _sum(apart),
        _averages_summed([tally.present for tally in counted], session_days),
        _averages_summed([tally.enrolled for tally in counted], session_days),
    )


def summary_lines(tallies: Mapping[Group, Tally], session_days: int) -> list[SummaryLine]:
    """Every line of the summary: school, grades, modes, grades by mode; those counted first, those apart after."""
    return [
        line for counted in (True, False) for line in _lines_of(_only(tallies, counted), session_days, counted=counted)
    ]


def _only(tallies: Mapping[Group, Tally], counted: bool) -> dict[Group, Tally]:
    return {group: tally for group, tally in tallies.items() if group.counted == counted}


def _lines_of(tallies: Mapping[Group, Tally], session_days: int, *, counted: bool) -> list[SummaryLine]:
    if not tallies:
        return []
    lines = []
    for level, key in (
        ("school", lambda group: ("", "")),
        ("grade", lambda group: (group.grade, "")),
        ("mode", lambda group: ("", group.mode)),
        ("grade_mode", lambda group: (group.grade, group.mode)),
    ):
        for (grade, mode), tally in sorted(_together(tallies, key).items()):
            ada, adm = average_daily(tally.present, session_days), average_daily(tally.enrolled, session_days)
            lines.append(SummaryLine(level, counted, grade, mode, session_days, tally, ada, adm))
    return lines


def _together(tallies: Mapping[Group, Tally], key) -> dict:  # type: ignore[no-untyped-def]
    together: dict = defaultdict(Tally)
    for group, tally in tallies.items():
        together[key(group)] += tally
    return dict(together)


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _averages_summed(days: Iterable[int], session_days: int) -> Fraction | None:
    parts = [(each, session_days) for each in days]
    return district_average(parts) if parts else average_daily(0, session_days)
