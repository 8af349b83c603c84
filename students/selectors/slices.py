"""Parts of a long list, each going on after the last row of the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Position = tuple[int | str, ...]
Row = TypeVar("Row")
Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """Rows of a list; `after` is the position of the last one where there are more."""

    rows: Sequence[Row]
    after: Position | None


@dataclass(frozen=True)
class Window:
    """How many rows to read, and after which position."""

    limit: int
    after: Position | None = None

    def of(self, found: QuerySet[Record], *keys: str) -> Slice[Record]:
        """The rows in order of `keys`, which together name one row; a minus before a key turns it round."""
        if self.after is not None:
            found = found.filter(_beyond(keys, self.after))
        rows = list(found.order_by(*keys)[: self.limit + 1])
        if len(rows) <= self.limit:
            return Slice(rows, None)
        rows = rows[: self.limit]
        return Slice(rows, tuple(_plain(getattr(rows[-1], key.removeprefix("-"))) for key in keys))


def _beyond(keys: Sequence[str], after: Position) -> Q:
    """Rows after a position. The first key is bounded by itself as well, so that an index is entered there."""
    first, beyond = keys[0].removeprefix("-"), "lt" if keys[0].startswith("-") else "gt"
    if len(keys) == 1:
        return Q(**{f"{first}__{beyond}": after[0]})
    later = Q(**{f"{first}__{beyond}": after[0]}) | Q(**{first: after[0]}) & _beyond(keys[1:], after[1:])
    return Q(**{f"{first}__{beyond}e": after[0]}) & later


def _plain(value: date | int) -> int | str:
    return value.isoformat() if isinstance(value, date) else value
