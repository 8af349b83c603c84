"""Students in tiers as pages show them: number, of those enrolled, share and trend; and which are left out (RD-63).

Groups are left out by whole rows: a school of which some group is small shows none, so that what subtraction tells is
only the sum of the rows left out. Each of these sums is held to ten, or to nobody, too.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeVar

from attendance.rules.rates import printed_percent, printed_points, share_in_time, share_of_students
from interventions.rules.attendance_weeks import WEEK
from interventions.rules.tier_weeks import DayOfTiers, Reached, TierCount
from reporting.rules.figure_weeks import WEEKS_BACK
from reporting.rules.suppression import SMALLEST_SHOWN

Place = TypeVar("Place", bound=Hashable)
Groups = Sequence[int]
_TREND = 4 * WEEK
_SUNDAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Share:
    """Some of the students enrolled."""

    students: int
    enrolled: int

    @property
    def exact(self) -> Fraction | None:
        """None where nobody is enrolled."""
        return share_of_students(self.students, self.enrolled)

    @property
    def rate(self) -> str:
        """In percent with one decimal; empty where nobody is enrolled."""
        return printed_percent(self.exact)

    def points_since(self, before: "Share | None") -> str:
        """How many points it moved; empty where there is nothing to compare."""
        return printed_points(self.exact, before.exact) if before else ""


@dataclass(frozen=True, slots=True)
class InTime:
    """Steps of cases that fell due before today, and those that were over by their day."""

    due: int = 0
    in_time: int = 0

    @property
    def rate(self) -> str:
        """In percent with one decimal; empty where none was due."""
        return printed_percent(share_in_time(self.in_time, self.due))

    def __add__(self, other: "InTime") -> "InTime":
        return InTime(self.due + other.due, self.in_time + other.in_time)


def share_in(count: TierCount, tier: int) -> Share:
    """The students of a tier, 1 to 3, of all enrolled."""
    return Share(count.of(tier), count.enrolled)


@dataclass(frozen=True)
class TierWeek:
    """A week (Monday and Sunday, both inclusive), judged by its last school day, or today; None without school.

    `reached`: who came to a tier since the last week with school. No counts stand where they are left out.
    """

    starts_on: date
    ends_on: date
    day: date | None
    stood: TierCount | None = None
    reached: Reached | None = None
    last_year: TierCount | None = None
    is_left_out: bool = False


def judged_days(session: Iterable[date], monday: date, today: date) -> dict[int, date]:
    """By number of the week from a Monday: the last day of school of each, and today in the week that runs."""
    days: dict[int, date] = {}
    for day in sorted(session):
        days[(day - monday) // WEEK] = day
    running = (today - monday) // WEEK
    if running in days:
        days[running] = today
    return days


def weeks_of_tiers(
    counted: Mapping[int, DayOfTiers], days: Mapping[int, date], monday: date, left_out: Iterable[int] = ()
) -> list[TierWeek]:
    """The weeks of a year from the first with school to the last, by number; `monday` begins 0 (the year before).

    The weeks of the year before stand beside them where they were counted.
    """
    out, held = frozenset(left_out), sorted(number for number in days if number >= WEEKS_BACK)
    weeks = []
    for number in range(held[0], held[-1] + 1) if held else ():
        starts_on, now = monday + number * WEEK, counted.get(number)
        before = counted.get(number - WEEKS_BACK) if number - WEEKS_BACK not in out else None
        shown = None if number in out else now
        weeks.append(
            TierWeek(
                starts_on,
                starts_on + _SUNDAY,
                days.get(number),
                shown.stood if shown else None,
                shown.reached if shown else None,
                before.stood if before else None,
                is_left_out=number in out and now is not None,
            )
        )
    return weeks


def four_weeks_ago(weeks: Sequence[TierWeek], today: date) -> TierWeek | None:
    """The last week of this year that was judged four weeks ago or before."""
    held = [week for week in weeks if week.day and week.day <= today - _TREND and week.stood]
    return held[-1] if held else None


def rows_left_out(rows: Mapping[Place, Groups]) -> frozenset[Place]:
    """The rows of a table that are not shown to whoever may not know whom a small group is of (RD-63).

    Each row is of disjoint groups. Out go rows with a group under ten; and the smallest others, until of each group
    those left out are together ten, or nobody, and more than one row is left out.
    """
    out = {place for place, groups in rows.items() if has_small(groups)}
    while tells(rows[place] for place in out):
        standing = [place for place, groups in rows.items() if place not in out and any(groups)]
        if not standing:
            break
        out.add(min(standing, key=lambda place: (sum(rows[place]), repr(place))))
    return frozenset(out)


def has_small(groups: Groups) -> bool:
    """Whether some group is of fewer than ten, and not of nobody."""
    return any(0 < each < SMALLEST_SHOWN for each in groups)


def tells(left_out: Iterable[Groups]) -> bool:
    """Whether the sums of rows that are left out, found by subtracting those that stand, tell of one or of a few."""
    held = [groups for groups in left_out if any(groups)]
    return len(held) == 1 or any(0 < sum(of_a_kind) < SMALLEST_SHOWN for of_a_kind in zip(*held, strict=True))


def total_is_told(rows: Mapping[Place, Groups], out: frozenset[Place]) -> bool:
    """Whether the sum of all rows may stand above them."""
    total = [sum(of_a_kind) for of_a_kind in zip(*rows.values(), strict=True)]
    return not has_small(total) and not tells(groups for place, groups in rows.items() if place in out)
