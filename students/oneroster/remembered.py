"""The last whole rows of each file, kept so that a delta can be read as the whole file that it makes.

They hold what the file said and the roster keeps: no password, and no column that is dropped as it is read.
"""

import csv
import hashlib
import io
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from students.models import RosterFile
from students.oneroster.columns import Column
from students.oneroster.findings import EARLIER
from students.oneroster.manifest import FILE as MANIFEST
from students.oneroster.merging import let_go_of_what_hangs, merged
from students.oneroster.roster_set import RosterSet
from students.oneroster.tables import FileSpec, Table


def complete(roster: RosterSet) -> None:
    """Make a set with delta files whole: its deltas merged into what stood, what it leaves out as it was last sent.

    A set of whole files alone stays as it is, but for what counts as last sent wherever it is left out; and guardians
    without the users they are among are read with those last sent.
    """
    wanted = [spec for spec in roster.specs if _is_wanted(spec, roster)]
    stored = {file.name: file for file in RosterFile.objects.filter(name__in=[spec.name for spec in wanted])}
    if _is_in_part(roster) and not _is_of_one_version(roster, stored):
        return
    for spec in wanted:
        if spec.name in roster.deltas:
            _merge(roster, spec, stored)
        elif spec.name in stored:
            roster.tables[spec.name] = _recalled(spec, stored[spec.name])
    if stored:
        let_go_of_what_hangs(roster.tables, roster.specs, roster.findings)


def _is_wanted(spec: FileSpec, roster: RosterSet) -> bool:
    if _is_in_part(roster):
        return spec.name in roster.deltas or (spec.remembered and spec.name not in roster.tables)
    return spec.lasting and spec.name not in roster.tables and "users" in roster.tables


def _is_in_part(roster: RosterSet) -> bool:
    return bool(roster.deltas) or ("guardians" in roster.tables and "users" not in roster.tables)


def _is_of_one_version(roster: RosterSet, stored: dict[str, RosterFile]) -> bool:
    other = {file.version for file in stored.values()} - {"", roster.version}
    if other:
        message = (
            f"The files that stand came as OneRoster {other.pop()}. Before the first delta of another version, send the"
            " whole set once."
        )
        roster.findings.refuse(MANIFEST, message, None, "value", roster.version)
    return not other


def _merge(roster: RosterSet, spec: FileSpec, stored: dict[str, RosterFile]) -> None:
    delta = roster.tables[spec.name]
    if spec.name not in stored:
        message = "The file says only what changed, and no whole one has come in yet. Send it whole (bulk) once."
        roster.findings.refuse(spec.file, message)
        return
    if not delta.unreadable:
        roster.tables[spec.name] = merged(_recalled(spec, stored[spec.name]), delta, roster.findings)


def remember(roster: RosterSet, now: datetime) -> None:
    """Keep the set's files as they now stand; a file that says the same as before is not written."""
    kept = dict(RosterFile.objects.values_list("name", "sha256"))
    changed = []
    for spec in roster.specs:
        if spec.name not in roster.tables or not spec.remembered:
            continue
        table = roster.tables[spec.name]
        if table.as_remembered or (table.sha256 and kept.get(spec.name) == _fingerprint(spec, table.sha256)):
            continue
        text = _text(table)
        sha256 = _fingerprint(spec, table.sha256 or hashlib.sha256(text).hexdigest())
        if kept.get(spec.name) != sha256:
            version = roster.version if spec.in_manifest else ""
            packed = zlib.compress(text, 1)
            changed.append(RosterFile(name=spec.name, version=version, received_at=now, sha256=sha256, rows=packed))
    fields = ["version", "received_at", "sha256", "rows"]
    RosterFile.objects.bulk_create(changed, update_conflicts=True, unique_fields=["name"], update_fields=fields)


def _fingerprint(spec: FileSpec, sha256: str) -> str:
    """Of the rows and of the columns that are kept: where a new version keeps more, the same file is written anew."""
    columns = ",".join(column.name for column in spec.kept)
    return hashlib.sha256(f"{columns}\0{sha256}".encode()).hexdigest()


def _text(table: Table) -> bytes:
    """The rows as CSV, the columns kept and no others."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [column.name for column in table.spec.kept]
    # After the line; and "status", which only says how a row came.
    places = [place for place, name in enumerate(names, start=1) if name != "status"]
    writer.writerow(names[place - 1] for place in places)
    writer.writerows([_cell(row[place]) for place in places] for row in table.rows)
    return out.getvalue().encode()


def _cell(value: Any) -> Any:
    """A value as a file would give it; what is plain already is left to the writer, which knows words and dates."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, tuple) else value


def _recalled(spec: FileSpec, stored: RosterFile) -> Table:
    table = Table(spec, as_remembered=True)
    table.rows = list(_rows(spec, zlib.decompress(stored.rows).decode()))
    if spec.in_manifest:
        table.lines = dict.fromkeys((row.sourcedId for row in table.rows), EARLIER)
    return table


def _rows(spec: FileSpec, text: str) -> Iterator[Any]:
    cells = csv.reader(io.StringIO(text, newline=""))
    places = {name: place for place, name in enumerate(next(cells))}
    columns = [(column, places.get(column.name)) for column in spec.kept]
    for row in cells:
        yield spec.row_type(EARLIER, *[_value(column, row, place) for column, place in columns])


def _value(column: Column, row: list[str], place: int | None) -> Any:
    cell = "" if place is None else row[place]
    if not cell:
        return column.empty
    return column.read(cell, _said_before) if column.read else cell


def _said_before(message: str) -> None:
    """A warning of a row was given when it came in."""
