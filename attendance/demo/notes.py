"""What was brought to the office for an absence."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class Note:
    """An excuse of a student (by the place in the list) for days, both inclusive, or for a time span of one day.

    `seen_on` is None while no document was brought.
    """

    pupil: int
    starts_on: date
    ends_on: date
    reason: str
    document_kind: str
    seen_on: date | None
    starts_at: time | None = None
    ends_at: time | None = None

    @property
    def entered_on(self) -> date:
        """The day on which the office entered it: with its document, else when the absence was reported."""
        return self.seen_on or self.starts_on
