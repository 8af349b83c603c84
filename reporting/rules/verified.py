"""What the verification of a package works with."""

from typing import NamedTuple

# Differences of one kind in one file: the first ones are named, the rest counted.
MOST_NAMED = 5

Rows = list[dict[str, str]]
# The name and the rows of each file, by its record set.
Files = dict[str, tuple[str, Rows]]


class Difference(NamedTuple):
    """What is not as the package says, and in which of its files."""

    file: str
    what: str


def first(name: str, faults: list[str]) -> list[Difference]:
    """The first faults of a file by name, the rest as a count."""
    named = [Difference(name, fault) for fault in faults[:MOST_NAMED]]
    if len(faults) > MOST_NAMED:
        named.append(Difference(name, f"and {len(faults) - MOST_NAMED} more like these."))
    return named
