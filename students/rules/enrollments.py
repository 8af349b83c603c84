"""Rules of enrollment over time (RD-09, RD-11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


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


def joined_on(since: date, *, entered: date | None, left: date | None, today: date) -> date:
    """The day on which a student joined a class, where the begin date given is only the term's first.

    The day after the one on which they left another class of the school, else the day they entered the school, else
    today; each only where it lies after `since`, from when they are known to have been elsewhere, and not after today.
    """
    after_leaving = left + timedelta(days=1) if left else None
    return next((day for day in (after_leaving, entered) if day and since < day <= today), today)
