"""How far the taking of a class meeting is (RD-25): a state of the board, by the clock and the calendar."""

from datetime import date

from attendance.rules.entry_window import LATE as LATE
from attendance.rules.entry_window import OVERDUE as OVERDUE
from attendance.rules.entry_window import standing

TAKEN, VOID, TO_COME, NOW, DUE = "taken", "void", "to_come", "now", "due"
NOT_TAKEN = (NOW, DUE, LATE, OVERDUE)


def completion(state: str, day: date, starts: int, ends: int, *, today: date, minute: int, window: int) -> str:
    """The state of a meeting at a minute of today; `state` is taken, void or expected, the end exclusive.

    Not taken, it is on now, due once it is over, late once its day is, and overdue after `window` calendar days.
    """
    if state in (TAKEN, VOID):
        return state
    if day < today:
        return standing(day, today=today, window=window)
    if day > today or minute < starts:
        return TO_COME
    return NOW if minute < ends else DUE
