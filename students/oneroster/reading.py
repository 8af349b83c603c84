"""Reading one CSV file by its specification: strict about structure, forgiving about small habits."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from students.oneroster.columns import Column, moment
from students.oneroster.fileset import FileSet, Meter, lines_of
from students.oneroster.findings import Findings
from students.oneroster.tables import FileSpec, Table

LONGEST_LINE = 1 << 20
csv.field_size_limit(LONGEST_LINE)
_UNLISTED, _DELETED = object(), object()


class Unreadable(Exception):
    """The file cannot be read on from here; the fault is in the findings."""


def read_table(files: FileSet, spec: FileSpec, meter: Meter, findings: Findings, *, delta: bool = False) -> Table:
    """A file's rows. What is wrong with them goes to the findings; the rows that come back are whole."""
    table = Table(spec)
    with lines_of(files, spec.file, meter) as lines:
        try:
            _read_rows(table, rows_of(lines, spec.file, findings), findings, delta)
        except Unreadable:
            table.unreadable = True
    table.sha256 = meter.file_sha256
    return table


def rows_of(lines: io.TextIOWrapper, file: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """The line a row begins on, and its cells. Raises Unreadable after a fault that hides where cells end."""
    reader = csv.reader(_checked(lines, file, findings), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        findings.refuse(file, f"The line cannot be split into cells: {error}.", line)
        raise Unreadable from error


def _checked(lines: io.TextIOWrapper, file: str, findings: Findings) -> Iterator[str]:
    """The lines, the byte-order mark taken off; a fault for bytes that are not text."""
    for number, line in enumerate(iter(lambda: lines.readline(LONGEST_LINE), ""), start=1):
        if len(line) == LONGEST_LINE:
            findings.refuse(file, "The line is longer than a million characters.", number)
            raise Unreadable
        if number == 1 and line.startswith("\ufeff"):
            findings.warn("A file begins with a byte-order mark; it is passed over.", file, 1)
            line = line[1:]
        if number == 1 and line[-2:] != "\r\n":
            findings.warn("Lines end otherwise than by CR and LF; they are read all the same.", file, 1)
        if "\0" in line or not (line.isascii() or _is_utf8(line)):
            findings.refuse(file, "The line is not UTF-8 text. Export the file in UTF-8.", number)
            raise Unreadable
        yield line


def _is_utf8(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_rows(table: Table, rows: Iterator[tuple[int, list[str]]], findings: Findings, delta: bool) -> None:
    spec = table.spec
    _, header = next(rows, (1, []))
    places = _places(spec, header, findings)
    cells = (_DeltaCells if delta else _Cells)(spec, places, len(header), findings)
    for line, values in rows:
        row = cells.row(line, values)
        if row is _UNLISTED:
            continue
        if row is _DELETED:
            table.deleted[values[places["sourcedId"]]] = line
        elif row is not None:
            table.rows.append(row)
        if spec.key and len(values) == len(header):
            _note_key(table, line, tuple(values[places[name]] for name in spec.key), findings)
    if not table.lines and spec.key:
        findings.warn("A file has a header and no rows; it could be marked absent.", spec.file)


def _note_key(table: Table, line: int, values: tuple[str, ...], findings: Findings) -> None:
    if "" in values:
        return
    key = values[0] if len(values) == 1 else values
    if (first := table.lines.setdefault(key, line)) != line:
        named = ", ".join(table.spec.key)
        findings.refuse(table.file, f"Line {first} has the same {named}.", line, named, " ".join(values))


def _places(spec: FileSpec, header: list[str], findings: Findings) -> dict[str, int]:
    """Where each column stands. Raises Unreadable when the header does not fit the specification."""
    known = {column.name for column in spec.columns}
    faults = [f"The column “{name}” stands twice." for name in sorted({n for n in header if header.count(n) > 1})]
    for column in spec.columns:
        if column.name not in header and _must_stand(spec, column):
            faults.append(f"The column “{column.name}” is missing.")
    for name in header:
        if name in known:
            continue
        if spec.in_manifest or name.startswith("metadata."):
            findings.warn("A column is not one of the format's; it is passed over.", spec.file, 1)
        else:
            faults.append(f"There is no column “{name}” in this file.")
    for fault in faults:
        findings.refuse(spec.file, fault, 1)
    if faults:
        raise Unreadable
    expected = [column.name for column in spec.columns if column.name in header]
    if spec.in_manifest and [name for name in header if name in known] != expected:
        findings.warn("Columns stand in another order than the format's; they are found by name.", spec.file, 1)
    return {name: place for place, name in enumerate(header)}


def _must_stand(spec: FileSpec, column: Column) -> bool:
    return column.required or (spec.in_manifest and not column.optional_header)


def _plain_length(column: Column) -> int:
    """Up to how many characters a filled cell is kept as it stands; 0 where it must be read."""
    return 0 if column.read else column.longest or LONGEST_LINE


class _Cells:
    """Turns the cells of a row into the row's values."""

    def __init__(self, spec: FileSpec, places: dict[str, int], width: int, findings: Findings) -> None:
        self._spec = spec
        self._width = width
        self._findings = findings
        self._read = [(c, places.get(c.name, -1), _plain_length(c)) for c in spec.columns if c.kept]
        self._checked = [(c, places[c.name]) for c in spec.columns if not c.kept and c.read and c.name in places]
        self._status = places["status"] if spec.in_manifest else None
        self._line = 0

    def row(self, line: int, values: list[str]) -> Any:
        """The row; None where a cell was refused, _UNLISTED or _DELETED where the row says that its record is gone."""
        self._line = line
        if len(values) != self._width:
            cells = f"The row has {len(values)} cells and the header {self._width}."
            self._findings.refuse(self._spec.file, cells, line)
            return None
        return self._whole(values)

    def _whole(self, values: list[str]) -> Any:
        faults = self._findings.fault_count
        for column, place in self._checked:
            self._value(column, values[place])
        kept = []
        for column, place, plain_length in self._read:
            cell = values[place] if place >= 0 else ""
            # Most cells are plain words: spare them a call each.
            kept.append(cell if 0 < len(cell) <= plain_length else self._value(column, cell))
        if self._findings.fault_count > faults:
            return None
        if self._status is not None and self._is_unlisted(values[self._status]):
            return _UNLISTED
        return self._spec.row_type(self._line, *kept)

    def _is_unlisted(self, status: str) -> bool:
        if not status:
            return False
        self._findings.warn(
            "A row of a bulk file fills “status”, which bulk files leave empty.", self._spec.file, self._line
        )
        if status.casefold() != "tobedeleted":
            return False
        self._findings.warn("A row says “tobedeleted”; it is read as not listed.", self._spec.file, self._line)
        return True

    def _value(self, column: Column, cell: str) -> Any:
        if not cell:
            if column.required:
                self._refuse(column, cell, "The cell may not be empty.")
            return column.empty
        if column.longest and len(cell) > column.longest:
            return self._refuse(column, cell, f"The cell holds more than {column.longest} characters.")
        if column.read is None:
            return cell
        try:
            return column.read(cell, self._warn)
        except ValueError as error:
            return self._refuse(column, cell, str(error))

    def _warn(self, message: str) -> None:
        self._findings.warn(message, self._spec.file, self._line)

    def _refuse(self, column: Column, cell: str, message: str) -> None:
        self._findings.refuse(self._spec.file, message, self._line, column.name, cell)


class _DeltaCells(_Cells):
    """The rows of a delta file: each says whether its record stands or ends, and when that was last written."""

    def __init__(self, spec: FileSpec, places: dict[str, int], width: int, findings: Findings) -> None:
        super().__init__(spec, places, width, findings)
        named = {column.name: column for column in spec.columns}
        self._opening = [(named[name], places[name]) for name in ("sourcedId", "status", "dateLastModified")]

    def _whole(self, values: list[str]) -> Any:
        faults = self._findings.fault_count
        sourced_id, status, modified = [(column, values[place]) for column, place in self._opening]
        said = status[1].casefold()
        if said not in {"active", "tobedeleted"}:
            self._refuse(*status, "A row of a delta file says active or tobedeleted.")
        self._check_moment(*modified)
        # What else stands in the row of a record that ends is nobody's concern.
        row = _DELETED if said == "tobedeleted" else super()._whole(values)
        if row is _DELETED:
            self._value(*sourced_id)
        return None if self._findings.fault_count > faults else row

    def _is_unlisted(self, status: str) -> bool:
        return False

    def _check_moment(self, column: Column, cell: str) -> None:
        try:
            moment(cell)
        except ValueError:
            self._refuse(column, cell, "A row of a delta file says when it was changed, as YYYY-MM-DDTHH:MM:SS.sssZ.")
