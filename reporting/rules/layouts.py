"""Files for the state as data: record sets, their columns, widths and code sets, with a version.

Layouts are files themselves (reporting/layouts/), read by `layout_text`; a district adds another without code.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Form(StrEnum):
    """How a value is written."""

    TEXT = r"(?s).*"
    DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    COUNT = r"0|[1-9][0-9]{0,11}"
    TWO_DECIMALS = r"(0|[1-9][0-9]{0,11})\.[0-9]{2}"
    ORGANIZATION = r"[0-9A-Z]{4}-[0-9A-Z]{3}"
    STATE_ID = r"[0-9]{9}"
    MONTH = r"[0-9]{4}-[0-9]{2}"
    # On the district's clock.
    INSTANT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"

    @property
    def word(self) -> str:
        """What a layout's file calls it."""
        return self.name.lower()


class LayoutFault(ValueError):
    """A value that the layout cannot carry. It is never dropped in silence; the message names column and value."""


@dataclass(frozen=True)
class Column:
    """A column: its name at the state, which of our facts fills it, and what it may hold.

    `codes` maps our values to the state's; a value it does not know is a fault. `width` is in characters.
    """

    name: str
    source: str
    form: Form = Form.TEXT
    required: bool = True
    width: int | None = None
    codes: Mapping[str, str] = field(default_factory=dict)

    def cell(self, value: str) -> str:
        """The state's form of one of our values. Raises LayoutFault where the column cannot carry it."""
        if self.codes and value and value not in self.codes:
            raise LayoutFault(f"{self.name}: the layout has no code for “{value}”.")
        written = self.written(value)
        if fault := self.fault(written):
            raise LayoutFault(f"{self.name}: {fault}")
        return written

    def written(self, value: str) -> str:
        """The state's code for one of our values, or the value where it has none."""
        return self.codes.get(value, value)

    def fault(self, written: str) -> str:
        """What is wrong with a written value, in words; empty when nothing is."""
        if not written:
            return "is empty, and is required." if self.required else ""
        if self.codes and written not in self.codes.values():
            return f"“{written[:40]}” is not in its code set."
        if self.width is not None and len(written) > self.width:
            return f"“{written[:40]}” has more than {self.width} characters."
        return "" if re.fullmatch(self.form, written) else f"“{written[:40]}” is not of its form."

    @property
    def is_told_apart(self) -> bool:
        """Whether our value can be read back from what is written."""
        return len(set(self.codes.values())) == len(self.codes)


@dataclass(frozen=True)
class RecordSet:
    """One file of the package. The state takes it only once it has accepted the record sets named in `after`."""

    name: str
    columns: tuple[Column, ...]
    after: tuple[str, ...] = ()

    @property
    def header(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]

    def record(self, facts: Mapping[str, str]) -> list[str]:
        """One row of the file. Raises LayoutFault where a fact does not fit its column."""
        return [column.cell(facts[column.source]) for column in self.columns]

    def facts(self, record: Sequence[str]) -> dict[str, str]:
        """Our values, by source, of one row of the file; of sources whose codes tell their values apart."""
        return {source: decoded.get(record[at], record[at]) for source, (at, decoded) in self._read_back.items()}

    def column_of(self, source: str) -> Column:
        """The first column that a source fills and can be read back from. Raises KeyError where none is."""
        return self.columns[self._read_back[source][0]]

    @cached_property
    def _read_back(self) -> dict[str, tuple[int, dict[str, str]]]:
        """Where each source is read from, and what its codes mean."""
        found: dict[str, tuple[int, dict[str, str]]] = {}
        for at, column in enumerate(self.columns):
            if column.is_told_apart:
                found.setdefault(column.source, (at, {code: value for value, code in column.codes.items()}))
        return found


@dataclass(frozen=True)
class Layout:
    """A version of the state's layouts; its record sets stand in the order in which they are filed.

    `text` is the file it was read from, to the byte: it travels in every package that was written by it.
    """

    version: str
    record_sets: tuple[RecordSet, ...]
    text: bytes = b""

    def record_set(self, name: str) -> RecordSet:
        """One of the record sets by its name. Raises KeyError for a name the layout has not."""
        return {record_set.name: record_set for record_set in self.record_sets}[name]
