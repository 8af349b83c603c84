"""Until when attendance is entered, and how late it is (MS-26, RD-25); a live class is due on its own day."""

from collections.abc import Sequence
from datetime import date, timedelta

from attendance.rules.evidence import turn_in_day
from attendance.rules.modes import OFFLINE
from attendance.rules.plan import DAILY, Plan

NOT_DUE, LATE, OVERDUE = "not_due", "late", "overdue"
# MS-26: attendance is entered weekly at the latest, also where the calendar ends before the work can be handed in.
DAYS_WITHOUT_CALENDAR = 7


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def sunday_of(day: date) -> date:
    """The last day of a day's week."""
    return week_of(day) + timedelta(days=6)


def entry_due(day: date, mode: str, plan: Plan, session_days: Sequence[date]) -> date:
    """The last day, inclusive, for entering in time what a student did in own time on a day.

    It is the weekly turn-in, for until then work may come in; where the plan asks for daily entry the next session
    day, but for offline work, which cannot be known sooner. `session_days` are those of the school, in order.
    """
    if plan.entry_frequency == DAILY and mode not in OFFLINE:
        return next((each for each in session_days if each > day), day + timedelta(days=1))
    sunday = sunday_of(day)
    after = [each for each in session_days if each > sunday]
    latest = sunday + timedelta(days=DAYS_WITHOUT_CALENDAR)
    return turn_in_day(after, plan) or max([latest, *after])


def standing(due_on: date, *, today: date, window: int) -> str:
    """Of what is not entered: not due through `due_on`, then late, and overdue after `window` calendar days."""
    late = days_late(due_on, today)
    if not late:
        return NOT_DUE
    return OVERDUE if late > window else LATE


def asks_reason(due_on: date, today: date) -> bool:
    """Whether changing what was entered wants a reason: it was due by then, and others may have gone by it."""
    return days_late(due_on, today) > 0


def overdue_through(today: date, window: int) -> date:
    """The latest last day for entering in time of what is overdue by today, where it is not entered."""
    return today - timedelta(days=window + 1)


def days_late(due_on: date, entered_on: date) -> int:
    """Calendar days after the last day for entering in time; 0 is in time."""
    return max(0, (entered_on - due_on).days)
