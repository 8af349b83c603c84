"""What a calendar offers: instructional days (MS-01), days under the minimum (MS-02), shortened days (ST-07)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

SHORTENED_DAYS_ALLOWED = 2
SHORTEST_PERCENT = 60


@dataclass(frozen=True, slots=True)
class OfferedDay:
    """A day in session of one school: the instructional minutes it offers, and the minimum due that day.

    `is_cut`: the calendar itself calls it a late arrival or an early dismissal, or it has an hour of dismissal.
    """

    date: date
    minutes: int
    minimum: int
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Shortened:
    """Days shorter than a normal one, in order; `beyond` are those after the second, `too_short` under 60% (ST-07)."""

    normal_minutes: int
    days: Sequence[date] = ()
    beyond: Sequence[date] = ()
    too_short: Sequence[date] = ()


def under_minimum(days: Iterable[OfferedDay]) -> list[date]:
    """Days that offer fewer minutes than the minimum, day by day and never averaged (MS-02)."""
    return sorted(day.date for day in days if day.minutes < day.minimum)


def shortened(days: Iterable[OfferedDay]) -> Shortened:
    """The year's shortened days (ST-07): two may be cut down to 60% of a normal day, a third is a finding.

    A normal day is what most days in session offer that nothing cuts short, the longer one of two as frequent.
    A day counts as shortened when it offers less and the calendar says so, or when it offers 60% or less in any case:
    the shorter bells of every Wednesday are a schedule, and no shortened days.
    """
    held = sorted(days, key=lambda day: day.date)
    normal = _normal_minutes(held)
    cut = [day for day in held if _is_shortened(day, normal)]
    return Shortened(
        normal,
        days=tuple(day.date for day in cut),
        beyond=tuple(day.date for day in cut[SHORTENED_DAYS_ALLOWED:]),
        too_short=tuple(day.date for day in cut if day.minutes * 100 < normal * SHORTEST_PERCENT),
    )


def _normal_minutes(days: Sequence[OfferedDay]) -> int:
    whole = [day.minutes for day in days if not day.is_cut] or [day.minutes for day in days]
    return max(Counter(whole).items(), key=lambda found: (found[1], found[0]), default=(0, 0))[0]


def _is_shortened(day: OfferedDay, normal: int) -> bool:
    if day.minutes >= normal:
        return False
    return day.is_cut or day.minutes * 100 <= normal * SHORTEST_PERCENT
