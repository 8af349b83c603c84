"""What a file of a set must look like, and its rows once read."""

from collections import namedtuple
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from students.oneroster.columns import Column, choice, ignored, sourced_id


@dataclass(frozen=True)
class FileSpec:
    """A file's name without `.csv`, and its columns. `key` are the columns that no two rows share."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    # Whether manifest.csv speaks of it; the district's own files are not OneRoster's.
    in_manifest: bool = True
    # Whether its rows are remembered, so that a set with delta files can be read as if it were whole.
    remembered: bool = False
    # Whether it counts as last sent wherever a set leaves it out, for what hangs on it is worked out from other files.
    lasting: bool = False

    @property
    def file(self) -> str:
        """The file's name as faults give it."""
        return f"{self.name}.csv"

    @cached_property
    def kept(self) -> tuple[Column, ...]:
        """The columns whose values are kept."""
        return tuple(column for column in self.columns if column.kept)

    @cached_property
    def row_type(self) -> Any:
        """A row: the line it stands on, then the kept columns by the file's own names."""
        return namedtuple(f"{self.name}_row", ["line", *[column.attribute for column in self.kept]])


def oneroster(name: str, *columns: Column) -> FileSpec:
    """A OneRoster file: every one starts with the record's id and two columns that only delta files fill."""
    opening = (sourced_id(), choice("status", "active", "tobedeleted", "inactive"), ignored("dateLastModified"))
    return FileSpec(name, (*opening, *columns), key=("sourcedId",), remembered=True)


class Anything:
    """Ids of a file that could not be read: nothing can be said to be missing from it."""

    def __contains__(self, value: object) -> bool:
        return True


@dataclass
class Table:
    """A file's rows without fault, and the line of every id, faulty rows' too, so that one fault does not make ten."""

    spec: FileSpec
    rows: list[Any] = field(default_factory=list)
    lines: dict[Any, int] = field(default_factory=dict)
    # Of a delta file: the ids of records that are to end, with their lines.
    deleted: dict[Any, int] = field(default_factory=dict)
    # Of the file's bytes, where the rows are exactly what they say.
    sha256: str = ""
    # Whether the rows are those remembered, none of them changed or taken out.
    as_remembered: bool = False
    # Set when a fault hid where its rows or columns are.
    unreadable: bool = False

    @property
    def ids(self) -> Container[str]:
        """The ids that rows may refer to."""
        return Anything() if self.unreadable else self.lines

    @property
    def file(self) -> str:
        """The file's name as faults give it."""
        return self.spec.file
