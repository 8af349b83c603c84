"""What may be asked for as an audit packet, and what its file is called."""

from datetime import date, timedelta

# A school year with its summer: a longer packet is two.
LONGEST = timedelta(days=366)
# Long enough for an auditor's visit; a packet is a copy, and copies of children's records do not lie about.
KEPT_FOR = timedelta(days=30)


def span_fault(starts_on: date, ends_on: date, today: date) -> str:
    """Why a span, both ends inclusive, cannot be asked for, in words; empty where it can."""
    if ends_on < starts_on:
        return "The last day lies before the first."
    if ends_on > today:
        return "A packet ends today at the latest: nothing is known of days to come."
    if ends_on - starts_on >= LONGEST:
        return "A packet covers a year at most. Ask for two."
    return ""


def last_day_kept(made_on: date) -> date:
    """The last day on which a packet's bytes are there."""
    return made_on + KEPT_FOR


def packet_name(kind: str, number: int, place: str, starts_on: date, ends_on: date) -> str:
    """What a packet's file is called: its number and dates, and of a child no name and no state id."""
    days = f"{starts_on:%Y%m%d}" if starts_on == ends_on else f"{starts_on:%Y%m%d}-{ends_on:%Y%m%d}"
    return "_".join(each for each in ("audit", kind, place, days, f"packet{number}") if each) + ".zip"
