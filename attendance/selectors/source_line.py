"""Something that somebody told of a student's day, with its two instants and what it was worth."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SourceLine:
    """One thing that was told: what, when it happened and when it was entered, by whom, and whether it counts.

    Both instants are those of the district's clock; `why` says by which rule it counts or does not.
    """

    what: str
    source: str
    why: str
    counts: bool
    happened_at: datetime | None = None
    entered_by: str = ""
    entered_at: datetime | None = None
