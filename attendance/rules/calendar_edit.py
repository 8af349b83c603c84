"""What a day of the calendar becomes when some of what it says is changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

IN_SESSION = frozenset({"IN", "LAED"})


@dataclass(frozen=True, slots=True)
class DayValues:
    """What the calendar says of a day; `bell_schedule` by its name, which may ring otherwise in each school."""

    event_type: str
    name: str = ""
    day_kind: str = ""
    rotation_day: str = ""
    bell_schedule: str = ""
    attendance_frequency: str = "daily"
    dismissal_time: time | None = None

    @property
    def in_session(self) -> bool:
        """Whether school is held."""
        return self.event_type in IN_SESSION


def edited(values: DayValues, changes: Mapping[str, Any]) -> DayValues:
    """The values with some of them changed. A day out of session has no kind, rotation, bells or dismissal."""
    changed = replace(values, **changes)
    if changed.in_session:
        return changed
    return replace(changed, day_kind="", rotation_day="", bell_schedule="", dismissal_time=None)


def what_is_missing(values: DayValues) -> str:
    """Why a day could not be held, in words (MS-38); empty when it could."""
    if not values.in_session:
        return ""
    if not values.day_kind:
        return "A day in session needs its kind: traditional, hybrid or virtual (MS-38)."
    return "" if values.bell_schedule else "A day in session needs its bell schedule."
