"""How far the taking of a class meeting is (RD-25): a state of the board, by the clock and the calendar."""

from datetime import date

TAKEN, VOID, TO_COME, NOW, DUE, LATE, OVERDUE = "taken", "void", "to_come", "now", "due", "late", "overdue"
NOT_TAKEN = (NOW, DUE, LATE, OVERDUE)


def completion(state: str, day: date, starts: int, ends: int, *, today: date, minute: int, window: int) -> str:
    """The state of a meeting at a minute of today; `state` is taken, void or expected, the end exclusive.

    Not taken, it is on now, due once it is over, late once its day is, and overdue after `window` calendar days.
    """
    if state in (TAKEN, VOID):
        return state
    if day < today:
        return OVERDUE if (today - day).days > window else LATE
    if day > today or minute < starts:
        return TO_COME
    return NOW if minute < ends else DUE
