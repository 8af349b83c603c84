"""Until when a family may ask for a correction, and whether what it asked about is another now."""

from dataclasses import dataclass
from datetime import date, timedelta

# Calendar days: what is older the office looks into with the family. Marks of a closed month need an amendment anyway.
DAYS_BACK = 14
# Open at a time of one account about one child.
MOST_OPEN = 5


@dataclass(frozen=True, slots=True)
class Stood:
    """What a class was marked, or how a day was judged, with the minutes attended."""

    status: str
    minutes: int


def first_day_to_ask_about(today: date) -> date:
    """The earliest day, inclusive."""
    return today - timedelta(days=DAYS_BACK)


def is_corrected(before: Stood, now: Stood | None) -> bool:
    """Whether what stood when a family asked is another now; what is gone, as by a void class, is another too."""
    return before != now
