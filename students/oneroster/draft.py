"""What a set of files says, worked out against itself, before anything stored is compared."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from students.oneroster.findings import Findings
from students.oneroster.tables import Table
from students.rules.reconciliation import Claim

Key = tuple[Any, ...]


class Record(NamedTuple):
    """An undated record as a file gives it: its values in the order of its kind, and where it stands."""

    values: tuple[Any, ...]
    file: str
    line: int


@dataclass
class Known:
    """What rows may refer to: from the files, or as stored where the set leaves a file out."""

    orgs: Container[str] = ()
    org_types: dict[str, str] = field(default_factory=dict)
    session_ids: Container[str] = ()
    sessions: dict[str, tuple[date, date]] = field(default_factory=dict)
    courses: Container[str] = ()
    classes: Container[str] = ()
    class_schools: dict[str, str] = field(default_factory=dict)
    class_terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    class_periods: dict[str, tuple[str, ...]] = field(default_factory=dict)
    class_grades: dict[str, tuple[str, ...]] = field(default_factory=dict)
    users: Container[str] = ()
    students: set[str] = field(default_factory=set)
    staff: set[str] = field(default_factory=set)
    # Everybody whose roles could be read: of the others a fault or a warning stands already.
    people: set[str] = field(default_factory=set)

    @property
    def schools(self) -> list[str]:
        """The ids of the schools."""
        return [org for org, kind in self.org_types.items() if kind == "school"]

    def is_first_of_term(self, section: str, day: date) -> bool:
        """Whether a class's term begins on a day, or after it: the date that many systems give to whoever joins."""
        firsts = [self.sessions[term][0] for term in self.class_terms.get(section, ()) if term in self.sessions]
        return bool(firsts) and (day in firsts or day < min(firsts))


class Holding(NamedTuple):
    """A role that somebody holds in an org, from users.csv (1.1) or roles.csv (1.2); the end is exclusive."""

    user: str
    role: str
    org: str
    primary: bool
    begin: date | None
    end: date | None
    file: str
    line: int


@dataclass
class Draft:
    """The set as it shall stand: records by key, claims of dated facts by key, for each kind by name."""

    tables: dict[str, Table]
    known: Known
    findings: Findings
    today: date
    version: str
    records: dict[str, dict[Key, Record]] = field(default_factory=dict)
    claims: dict[str, dict[Key, list[Claim]]] = field(default_factory=dict)
    holdings: list[Holding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def rows(self, name: str) -> list[Any]:
        """The rows of a file; none where the set leaves it out."""
        return self.tables[name].rows if name in self.tables else []

    def refers(self, file: str, line: int, column: str, value: str, to: Container[str]) -> bool:
        """Whether a cell names a record that exists; a fault where it does not. An empty cell refers to nothing."""
        if not value or value in to:
            return True
        self.findings.refuse(file, "No record has this id.", line, column, value)
        return False

    def is_one_of(self, group: Container[str], what: str, file: str, line: int, column: str, person: str) -> bool:
        """Whether a person is a student, or a member of staff; a fault where the roles given say otherwise."""
        if person in group:
            return True
        if person in self.known.people:
            self.findings.refuse(file, f"By the roles given, this person is no {what}.", line, column, person)
        return False

    def refer(self, file: str, line: int, column: str, values: Iterable[str], to: Container[str]) -> bool:
        """The same of several ids in one cell."""
        missing = [value for value in values if not self.refers(file, line, column, value, to)]
        return not missing

    def claim(self, kind: str, key: Key, claim: Claim) -> None:
        """Add a claim; one that ends before it begins holds on no day and is passed over with a warning."""
        if claim.ends_on and claim.starts_on and claim.ends_on < claim.starts_on:
            self.findings.warn(
                "A row holds on no day (it ends where it begins); it is skipped.", claim.file, claim.line
            )
            return
        self.claims.setdefault(kind, {}).setdefault(key, []).append(claim)

    def in_order(self, file: str, line: int, column: str, start: date | None, end: date | None) -> bool:
        """Whether a span does not end before it starts; a fault where it does."""
        if start is None or end is None or end >= start:
            return True
        self.findings.refuse(file, f"The end lies before the start, {start}.", line, column, str(end))
        return False

    def school_of(self, student: str) -> str | None:
        """A school that a student is enrolled in by the files, if they say."""
        return self._schools_of_students.get(student)

    @cached_property
    def _schools_of_students(self) -> dict[str, str]:
        return dict(self.claims.get("school enrollments", {}))
