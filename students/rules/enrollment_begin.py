"""RD-11: when an enrollment begins that a file gives no first day."""

from datetime import date


def begins_on(given: date | None, *, today: date) -> date:
    """The day given; else the day of the import, never earlier."""
    return given or today
