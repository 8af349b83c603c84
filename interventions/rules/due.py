"""When a step is due, counted in school days."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date


def school_days_left(due_on: date, today: date, session_days: Sequence[date]) -> int:
    """School days after today up to the due day, inclusive; below zero those by which it is overdue.

    The session days are in order. 0 on the due day itself; a step that fell due on a weekend is overdue from the next
    school day on.
    """
    return bisect_right(session_days, due_on) - bisect_right(session_days, today)
