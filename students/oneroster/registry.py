"""Where the apps above register the files they own, so that one plan covers all files, all or nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from students.oneroster.draft import Draft
from students.oneroster.plan import Plan
from students.oneroster.tables import FileSpec


@dataclass(frozen=True)
class Extension:
    """What an app adds to the import."""

    files: tuple[FileSpec, ...]
    # Works out its files' rows, faults to the draft's findings.
    read: Callable[[Draft], None]
    # Compares them with what is stored and adds to the plan.
    plan: Callable[[Draft, Plan], None]
    # The session days of each school by its source id, as they will stand.
    session_days: Callable[[Draft], dict[str, set[date]]]
    # Of facts of a kind about to be removed, by id, those on which something entered by people hangs.
    still_used: Callable[[str, Sequence[int]], set[int]]
    # Of student, class and two days, both inclusive (source ids): the pairs of which a class was taken in between
    # without the student.
    taken_without: Callable[[Sequence[tuple[str, str, date, date]]], set[tuple[str, str]]]
    # Lets go of what is only derived from facts about to be removed.
    release: Callable[[str, Sequence[int]], None]


_extensions: list[Extension] = []


def register(extension: Extension) -> None:
    """Add an app's files to every import."""
    _extensions.append(extension)


def extensions() -> Iterable[Extension]:
    """All that is registered, in order."""
    return tuple(_extensions)


def further_files() -> tuple[FileSpec, ...]:
    """The files that the apps above own."""
    return tuple(spec for extension in _extensions for spec in extension.files)


def still_used(kind: str, ids: Sequence[int]) -> set[int]:
    """Of facts about to be removed, those on which something entered by people hangs."""
    return set().union(*(extension.still_used(kind, ids) for extension in _extensions))


def taken_without(joined: Sequence[tuple[str, str, date, date]]) -> set[tuple[str, str]]:
    """Students and classes of which a meeting was taken between two days, both inclusive, without the student."""
    return set().union(*(extension.taken_without(joined) for extension in _extensions))


def release(kind: str, ids: Sequence[int]) -> None:
    """Let go of what is only derived from facts about to be removed."""
    for extension in _extensions:
        extension.release(kind, ids)
