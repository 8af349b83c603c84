"""A student's attendance by weeks, and before and after something was done: what a case's plot and its table show.

Days on which the ledger has not decided are neither present nor absent, so they count in no share.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from attendance.rules.rates import presence_rate

PRESENT, ABSENT = "present", "absent"
WEEK = timedelta(days=7)
# Session days looked at on each side of a day on which something was done: about a month.
WINDOW_DAYS = 20


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """A session day of a student, and what the ledger says of it."""

    date: date
    status: str


@dataclass(frozen=True, slots=True)
class Share:
    """Days present of the days that are determined; `session_days` are all of them."""

    present: int
    determined: int
    session_days: int

    @property
    def rate(self) -> Fraction | None:
        """The share of the determined days that the student was present; None without one."""
        return presence_rate(self.present, self.determined)

    @property
    def open_days(self) -> int:
        """Session days on which nothing is decided yet."""
        return self.session_days - self.determined


@dataclass(frozen=True, slots=True)
class Week:
    """The session days of a week, by its Monday."""

    monday: date
    share: Share


@dataclass(frozen=True, slots=True)
class BeforeAndAfter:
    """A student's days on both sides of a day, the day itself in neither: that morning belongs to what was before."""

    before: Share
    after: Share


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks_of(days: Sequence[LedgerDay]) -> list[Week]:
    """The weeks in which the student had session days, in order; the days are in order."""
    return [Week(monday, share_of(list(held))) for monday, held in groupby(days, lambda day: monday_of(day.date))]


def before_and_after(days: Sequence[LedgerDay], day: date, window: int = WINDOW_DAYS) -> BeforeAndAfter:
    """The last session days before a day and the first after it, as many as there are and `window` at most each."""
    dates = [each.date for each in days]
    first, after = bisect_left(dates, day), bisect_right(dates, day)
    return BeforeAndAfter(share_of(days[max(0, first - window) : first]), share_of(days[after : after + window]))


def share_of(days: Sequence[LedgerDay]) -> Share:
    """The days present among some days."""
    present = sum(day.status == PRESENT for day in days)
    absent = sum(day.status == ABSENT for day in days)
    return Share(present, present + absent, len(days))
