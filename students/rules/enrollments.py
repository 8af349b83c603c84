"""Rules of enrollment over time (RD-09, RD-11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Membership:
    """An enrollment in a school, both ends inclusive."""

    school_id: int
    starts_on: date
    ends_on: date | None
    is_primary: bool = True

    def holds_on(self, day: date) -> bool:
        """Whether the student is enrolled on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class TwoPrimaryEnrollments(Exception):
    """A student has two primary enrollments on one day (RD-09)."""


def primary_on(day: date, memberships: Iterable[Membership]) -> Membership | None:
    """The enrollment a day belongs to; None when not enrolled. Raises TwoPrimaryEnrollments."""
    held = [each for each in memberships if each.is_primary and each.holds_on(day)]
    if len(held) > 1:
        raise TwoPrimaryEnrollments(f"Two primary enrollments on {day}.")
    return held[0] if held else None


def last_day_before_transfer(received_on: date, session_days: Iterable[date]) -> date | None:
    """The exit date of the sending school: its last session day before the transfer (RD-09); None if there is none."""
    return max((day for day in session_days if day < received_on), default=None)


def begins_on(given: date | None, *, today: date) -> date:
    """RD-11: the begin date given; else the day of the import, never earlier."""
    return given or today
