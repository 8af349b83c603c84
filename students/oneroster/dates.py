"""Dates at the border: OneRoster's end dates are exclusive, ours are inclusive. Converted here alone."""

from datetime import date, timedelta


def last_day(end: date | None) -> date | None:
    """The last day of a span that OneRoster ends before `end`; None stays open."""
    return end - timedelta(days=1) if end else None
