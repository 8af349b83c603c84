"""Which mode of instruction holds for a student on a date, in all classes and in one (RD-21, RD-23)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

IN_PERSON, SYNC_ONLINE = "in_person", "sync_online"
ASYNC_ONLINE, OFFLINE_DIGITAL, OFFLINE_PACKETS = "async_online", "offline_digital", "offline_packets"
LIVE = frozenset({IN_PERSON, SYNC_ONLINE})
OFFLINE = frozenset({OFFLINE_DIGITAL, OFFLINE_PACKETS})
OWN_TIME = OFFLINE | {ASYNC_ONLINE}


@dataclass(frozen=True, slots=True)
class ModeFact:
    """A mode from one date to another, both inclusive, on some weekdays (0 is Monday) or rotation days, or all.

    With a `section_id` it holds in that class alone.
    """

    mode: str
    starts_on: date
    ends_on: date | None
    weekdays: tuple[int, ...] = ()
    rotation_days: tuple[str, ...] = ()
    reason: str = ""
    section_id: int | None = None

    def covers(self, day: date, rotation_day: str) -> bool:
        """Whether the fact speaks of a day."""
        if day < self.starts_on or (self.ends_on is not None and day > self.ends_on):
            return False
        if self.weekdays and day.weekday() not in self.weekdays:
            return False
        return not self.rotation_days or rotation_day in self.rotation_days

    @property
    def is_quarantine(self) -> bool:
        """Whether the student is away for as long as a quarantine lasts."""
        return self.reason == "quarantine"

    @property
    def is_plan(self) -> bool:
        """Whether it holds on some days of the week or rotation alone, as a hybrid plan does."""
        return bool(self.weekdays or self.rotation_days)


@dataclass(frozen=True, slots=True)
class DayModes:
    """How a student is taught on a day, and in which classes otherwise."""

    mode: str
    in_quarantine: bool
    of_sections: tuple[tuple[int, str], ...] = ()

    def of_section(self, section_id: int) -> str:
        """The mode of one class."""
        return dict(self.of_sections).get(section_id, self.mode) if self.of_sections else self.mode


_ALL_IN_PERSON = DayModes(IN_PERSON, in_quarantine=False)


def modes_on(
    day: date,
    facts: Collection[ModeFact],
    *,
    day_kind: str,
    rotation_day: str = "",
    virtual_day_mode: str = SYNC_ONLINE,
) -> DayModes:
    """The modes of a session day. Nobody is in person on a virtual day: there the plan's fallback holds.

    A quarantine holds in every class.
    """
    if not facts:
        return DayModes(virtual_day_mode, in_quarantine=False) if day_kind == "virtual" else _ALL_IN_PERSON
    fact = decisive(day, facts, rotation_day=rotation_day)
    in_quarantine = fact is not None and fact.is_quarantine

    def held(mode: str) -> str:
        return virtual_day_mode if mode == IN_PERSON and day_kind == "virtual" else mode

    own: dict[int, ModeFact] = {}
    if not in_quarantine:
        for each in sorted(facts, key=lambda fact: (fact.is_plan, fact.starts_on)):
            if each.section_id is not None and each.covers(day, rotation_day):
                own[each.section_id] = each
    sections = tuple((section_id, held(each.mode)) for section_id, each in sorted(own.items()))
    return DayModes(held(fact.mode if fact else IN_PERSON), in_quarantine, sections)


def mode_on(day: date, facts: Collection[ModeFact], *, day_kind: str, rotation_day: str = "") -> str:
    """The mode on a session day where the plan says nothing else: the fact that goes first, else in person."""
    return modes_on(day, facts, day_kind=day_kind, rotation_day=rotation_day).mode


def decisive(day: date, facts: Iterable[ModeFact], *, rotation_day: str = "") -> ModeFact | None:
    """The fact that goes first on a day for the student's classes together; None where none covers it.

    A quarantine, else the student's own virtual mode, else the later of the plan and the own in-person mode.
    """
    covering = [fact for fact in facts if fact.section_id is None and fact.covers(day, rotation_day)]
    if quarantine := _latest(fact for fact in covering if fact.is_quarantine):
        return quarantine
    own = _latest(fact for fact in covering if not fact.is_plan)
    plan = _latest(fact for fact in covering if fact.is_plan)
    if own is None or plan is None or own.mode != IN_PERSON:
        return own or plan
    return own if own.starts_on > plan.starts_on else plan


def _latest(facts: Iterable[ModeFact]) -> ModeFact | None:
    return max(facts, key=lambda fact: fact.starts_on, default=None)
