"""What looking at an installation finds, in words for whoever runs it, and which apps look at records of theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from students.access import Scope


class Level(StrEnum):
    """How bad it is: a warning can be lived with; what is wrong stops the work, or puts records at risk."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One line for whoever runs the installation: what is so and, unless it is well, what to do."""

    level: Level
    what: str
    mend: str = ""


def well(what: str) -> Finding:
    """Nothing to do."""
    return Finding(Level.OK, what)


def warning(what: str, mend: str) -> Finding:
    """Better mended."""
    return Finding(Level.WARNING, what, mend)


def wrong(what: str, mend: str) -> Finding:
    """To be mended first."""
    return Finding(Level.WRONG, what, mend)


Checkup = Callable[[Scope], Iterable[Finding]]

_of_apps_above: list[Checkup] = []


def register(checkup: Checkup) -> None:
    """Add an app's look at records of its own; it is taken once the database answers and is migrated."""
    _of_apps_above.append(checkup)


def registered() -> tuple[Checkup, ...]:
    """Those added so far, in their order."""
    return tuple(_of_apps_above)
