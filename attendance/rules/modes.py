"""Which mode of instruction holds for a student on a date (RD-23, as far as live modes go)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

IN_PERSON, SYNC_ONLINE = "in_person", "sync_online"


@dataclass(frozen=True, slots=True)
class ModeFact:
    """A mode from one date to another, both inclusive, on some weekdays (0 is Monday) or rotation days, or all."""

    mode: str
    starts_on: date
    ends_on: date | None
    weekdays: tuple[int, ...] = ()
    rotation_days: tuple[str, ...] = ()
    reason: str = ""

    def covers(self, day: date, rotation_day: str) -> bool:
        """Whether the fact speaks of a day."""
        if day < self.starts_on or (self.ends_on is not None and day > self.ends_on):
            return False
        if self.weekdays and day.weekday() not in self.weekdays:
            return False
        return not self.rotation_days or rotation_day in self.rotation_days

    @property
    def precedence(self) -> tuple[bool, bool, date, bool]:
        """A quarantine before the student's own virtual mode, that before a plan by days; then the later fact."""
        by_plan = bool(self.weekdays or self.rotation_days)
        own_virtual = not by_plan and self.mode != IN_PERSON
        return self.reason == "quarantine", own_virtual, self.starts_on, by_plan


def mode_on(day: date, facts: Iterable[ModeFact], *, day_kind: str, rotation_day: str = "") -> str:
    """The mode on a session day: the fact that goes first, else in person; nobody is in person on a virtual day."""
    covering = [fact for fact in facts if fact.covers(day, rotation_day)]
    mode = max(covering, key=lambda fact: fact.precedence).mode if covering else IN_PERSON
    return SYNC_ONLINE if mode == IN_PERSON and day_kind == "virtual" else mode
