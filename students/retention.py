"""What every table holds, said once by the app that owns it: until when its rows are kept, and which nothing removes.

The database is told at each migration (`services/holding.py`), disposals go by it, and a test finds every table named.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db.models import Model


class Group(StrEnum):
    """What kind of record a table holds."""

    DOCUMENTATION = "documentation"
    """Attendance documentation: five years at least after the end of its school year (MS-31)."""
    SUPPORT = "support"
    """Case notes, letters and messages: a shorter policy of their own."""
    IDENTITY = "identity"
    """Who a student is and who belongs to her or him: goes when nothing points at the student any more."""
    REFERENCE = "reference"
    """Places, policies, bells, accounts and rights, and what is said about retention itself: kept."""
    WORK = "work"
    """Work in progress and what is derived from records: comes and goes."""


@dataclass(frozen=True)
class Files:
    """Bytes outside the database: the column that names them, and what removes those that no row names any more."""

    column: str
    remove: Callable[[Sequence[str]], None]


@dataclass(frozen=True)
class Kept:
    """A table whose rows belong to school years.

    `last_day` is SQL that finds the last day that a row, `r`, speaks of: the school year of that day is the row's; no
    day means that the row still holds. `record` is SQL for which rows nothing but a disposal removes (MS-31): all
    where it is empty; what is derived, or was never a record, comes and goes. Where `history_keeps` is true a row may
    be taken away by those who entered it, as long as its history keeps what stood.
    """

    model: type[Model]
    group: Group
    last_day: str
    record: str = ""
    history_keeps: bool = False
    files: Files | None = None
    frees_students: bool = False

    @property
    def table(self) -> str:
        """The table's name."""
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        """The column of its primary key."""
        return str(self.model._meta.pk.column)


# What keeps nothing from going: rows of these are derived from records, or rewritten by each import.
NEVER = "false"

_kept: list[Kept] = []
_others: dict[type[Model], Group] = {}


def register(*kept: Kept) -> None:
    """Name tables whose rows belong to school years, those that point at others before them; histories come along."""
    for each in kept:
        _kept.extend(_histories_of(each))
        _kept.append(each)


def register_others(group: Group, *models: type[Model]) -> None:
    """Name tables whose rows belong to no school year; histories come along."""
    for model in models:
        _others[model] = group
        _others.update(dict.fromkeys(_history_models(model), group))


def kept_tables(*groups: Group) -> list[Kept]:
    """Tables whose rows belong to school years, in the order in which they go: the apps above first."""
    order = ["reporting", "interventions", "attendance", "students"]
    return sorted((each for each in _kept if each.group in groups), key=lambda each: order.index(_app(each)))


def classified() -> dict[type[Model], Group]:
    """Every table that is named, with what it holds."""
    return _others | {each.model: each.group for each in _kept}


def _app(kept: Kept) -> str:
    return kept.model._meta.app_label


def _histories_of(kept: Kept) -> Iterator[Kept]:
    """A row's history speaks of the same days; where its day can be found no more, of the day it was written."""
    for model in _history_models(kept.model):
        yield Kept(model, kept.group, f"coalesce({kept.last_day}, r.pgh_created_at::date)")


def _history_models(model: type[Model]) -> list[type[Model]]:
    return [each for each in apps.get_models() if getattr(each, "pgh_tracked_model", None) is model]
