"""What the verification of a package works with."""

from dataclasses import dataclass
from typing import NamedTuple

from reporting.rules.layouts import RecordSet

# Differences of one kind in one file: the first ones are named, the rest counted.
MOST_NAMED = 5

# Our values by source, read back through the layout that the package was written by.
Rows = list[dict[str, str]]


class Difference(NamedTuple):
    """What is not as the package says, and in which of its files."""

    file: str
    what: str


@dataclass(frozen=True)
class File:
    """A file of the package by its name: how it is laid out, and what its rows say."""

    name: str
    record_set: RecordSet
    rows: Rows

    def column(self, source: str) -> str:
        """What the state calls a source."""
        return self.record_set.column_of(source).name

    def written(self, source: str, value: str) -> str:
        """What the state calls a value of a source."""
        return self.record_set.column_of(source).written(value)

    def differences(self, faults: list[str]) -> list[Difference]:
        """The first faults by name, the rest as a count."""
        return first(self.name, faults)


# By record set.
Files = dict[str, File]


def first(name: str, faults: list[str]) -> list[Difference]:
    """The first faults of a file by name, the rest as a count."""
    named = [Difference(name, fault) for fault in faults[:MOST_NAMED]]
    if len(faults) > MOST_NAMED:
        named.append(Difference(name, f"and {len(faults) - MOST_NAMED} more like these."))
    return named
