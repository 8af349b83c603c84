"""What an import would do: one object for the dry run, the command and the page."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from students.oneroster.findings import Findings
from students.oneroster.kinds import Kind
from students.oneroster.sessions import SessionDays

Row = tuple[Any, ...]


class Change(NamedTuple):
    """A stored row as it was and as it shall be, in the columns of its kind."""

    id: int
    old: Row
    new: Row


class Removal(NamedTuple):
    """A stored row that shall go."""

    id: int
    old: Row


@dataclass
class KindPlan:
    """What happens to the records of one kind. `ended` rows get an end, `removed` ones never came to hold."""

    kind: Kind
    created: list[Row] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    ended: list[Change] = field(default_factory=list)
    removed: list[Removal] = field(default_factory=list)
    unchanged: int = 0
    # Undated records all of whose facts end: students of no school, classes without students.
    let_go: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return not (self.created or self.changed or self.ended or self.removed)

    @property
    def counts(self) -> dict[str, int]:
        """Created, changed, ended (removed and let go ones among them) and unchanged."""
        return {
            "created": len(self.created),
            "changed": len(self.changed),
            "ended": len(self.ended) + len(self.removed) + self.let_go,
            "unchanged": self.unchanged,
        }


@dataclass
class Effects:
    """Whose days change and from when, by source ids; what the news of the import is made of."""

    students: set[str] = field(default_factory=set)
    schools: set[str] = field(default_factory=set)
    # Schools all of whose students' days change, by their calendar, bells or schedules.
    whole_schools: set[str] = field(default_factory=set)
    from_date: date | None = None

    def since(self, day: date) -> None:
        """Note the first day of a fact that changes."""
        self.from_date = min(self.from_date or day, day)


@dataclass
class Plan:
    """All kinds in the order they are written, with what was found on the way."""

    findings: Findings
    today: date
    sessions: SessionDays
    kinds: list[KindPlan] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # Why the plan waits for a person: nothing in it is wrong, and much would end.
    held: list[str] = field(default_factory=list)
    effects: Effects = field(default_factory=Effects)

    def of(self, kind: Kind) -> KindPlan:
        """The plan of a kind; an empty one where the files do not speak of it."""
        return next((found for found in self.kinds if found.kind is kind), KindPlan(kind))

    @property
    def is_empty(self) -> bool:
        """Whether the files change nothing."""
        return all(found.is_empty for found in self.kinds)
