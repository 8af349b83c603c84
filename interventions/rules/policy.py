"""What a district goes by when absences add up: the policy's figures as plain values, an argument of every rule."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class CarePolicy:
    """The policy in force on a day. Absences are distinct school days; a criterion that is None is not used."""

    starts_on: date = date(2020, 7, 1)
    tier_1_absences: int = 5
    tier_2_absences: int = 6
    tier_3_absences: int = 11
    counts_excused: bool = True
    counts_suspended: bool = True
    disengaged_is_tier_3: bool = True
    grace_school_days: int = 0
    tardies_watched: int = 5
    absent_days_running: int | None = 5
    weeks_without_interaction: int | None = 2
    absent_percent: int | None = 50
    absent_window_days: int = 20
    absent_fewest_days: int = 10
    failed_contacts: int | None = 3
    truancy_absences: tuple[int, ...] = (5, 10, 12)
    notice_school_days: int = 2
    notice_calendar_days: int = 5
    notice_clock_days: int = 7
    enrollment_days: int = 15

    @property
    def tiers(self) -> dict[int, int]:
        """The fewest absences of each tier."""
        return {1: self.tier_1_absences, 2: self.tier_2_absences, 3: self.tier_3_absences}

    @property
    def days_seen(self) -> int:
        """How many of a student's last session days the criteria look at: days that say nothing may break a run."""
        return max(self.absent_window_days, 2 * (self.absent_days_running or 0))

    @property
    def figures(self) -> dict[str, Any]:
        """All of it as JSON knows values; `policy_of` reads it back."""
        return asdict(self) | {
            "starts_on": self.starts_on.isoformat(),
            "truancy_absences": list(self.truancy_absences),
        }


def policy_of(figures: Mapping[str, Any]) -> CarePolicy:
    """A policy from its figures."""
    given = {
        "starts_on": date.fromisoformat(figures["starts_on"]),
        "truancy_absences": tuple(figures["truancy_absences"]),
    }
    return CarePolicy(**{**figures, **given})


# The figures of the two sources.
SOURCES = CarePolicy()


class NoCarePolicy(Exception):
    """No policy is in force on a day, so nobody can be said to have crossed anything."""


def policy_on(day: date, policies: Sequence[CarePolicy]) -> CarePolicy:
    """The policy in force on a day: the latest that has begun. Raises NoCarePolicy before the first."""
    begun = [policy for policy in policies if policy.starts_on <= day]
    if not begun:
        raise NoCarePolicy(f"No policy for tiers is in force on {day}.")
    return max(begun, key=lambda policy: policy.starts_on)
