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
    def is_quarantine(self) -> bool:
        """Whether the student is online for as long as a quarantine lasts."""
        return self.reason == "quarantine"

    @property
    def is_plan(self) -> bool:
        """Whether it holds on some days of the week or rotation alone, as a hybrid plan does."""
        return bool(self.weekdays or self.rotation_days)


def mode_on(day: date, facts: Iterable[ModeFact], *, day_kind: str, rotation_day: str = "") -> str:
    """The mode on a session day: the fact that goes first, else in person; nobody is in person on a virtual day."""
    fact = decisive(day, facts, rotation_day=rotation_day)
    mode = fact.mode if fact else IN_PERSON
    return SYNC_ONLINE if mode == IN_PERSON and day_kind == "virtual" else mode


def decisive(day: date, facts: Iterable[ModeFact], *, rotation_day: str = "") -> ModeFact | None:
    """The fact that goes first on a day; None where none covers it.

    A quarantine, else the student's own virtual mode, else the later of the plan and the own in-person mode.
    """
    covering = [fact for fact in facts if fact.covers(day, rotation_day)]
    if quarantine := _latest(fact for fact in covering if fact.is_quarantine):
        return quarantine
    own = _latest(fact for fact in covering if not fact.is_plan)
    plan = _latest(fact for fact in covering if fact.is_plan)
    if own is None or plan is None or own.mode != IN_PERSON:
        return own or plan
    return own if own.starts_on > plan.starts_on else plan


def _latest(facts: Iterable[ModeFact]) -> ModeFact | None:
    return max(facts, key=lambda fact: fact.starts_on, default=None)
