"""Tiers of support by absences: exactly 5 (MD-05), more than 5 (MD-06), more than 10 or disengaged (MD-07, RD-40)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from interventions.rules.policy import SOURCES, CarePolicy

EXCUSED, UNEXCUSED, SUSPENDED = "excused", "unexcused", "suspended"


@dataclass(frozen=True, slots=True)
class AbsentDay:
    """A school day on which the ledger has a student absent, and the kind of the absence."""

    date: date
    kind: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A tier that the absences reached on a day, and how many they were as of that day."""

    tier: int
    on: date
    absences: int


def tier_for(absences: int, disengaged: bool = False, *, policy: CarePolicy = SOURCES) -> int:
    """The tier, 0 to 3, of so many absences of the school year. Raises ValueError for fewer than none."""
    if absences < 0:
        raise ValueError(f"Nobody is absent on {absences} days.")
    if disengaged and policy.disengaged_is_tier_3:
        return 3
    return max((tier for tier, least in policy.tiers.items() if absences >= least), default=0)


def counted(absent: Sequence[AbsentDay], policy: CarePolicy) -> list[date]:
    """The distinct dates that count towards a tier, in order: excused and suspended ones as the policy says (RD-40)."""
    left_out = set()
    if not policy.counts_excused:
        left_out.add(EXCUSED)
    if not policy.counts_suspended:
        left_out.add(SUSPENDED)
    return sorted({day.date for day in absent if day.kind not in left_out})


def unlawful(absent: Sequence[AbsentDay]) -> list[date]:
    """The distinct unexcused dates, in order, suspensions left out (ST-02, RD-41)."""
    return sorted({day.date for day in absent if day.kind == UNEXCUSED})


def reached(dates: Sequence[date], policy: CarePolicy) -> list[Reached]:
    """Every tier that the dates, distinct and in order, have reached, with the date that did it."""
    return [
        Reached(tier, dates[least - 1], least) for tier, least in sorted(policy.tiers.items()) if len(dates) >= least
    ]


def acts_on(crossed_on: date, session_days: Sequence[date], grace_school_days: int) -> date | None:
    """The day on which a case follows: so many school days after the crossing.

    The session days are in order. None while the calendar does not reach that far.
    """
    if not grace_school_days:
        return crossed_on
    after = [day for day in session_days if day > crossed_on]
    return after[grace_school_days - 1] if len(after) >= grace_school_days else None
