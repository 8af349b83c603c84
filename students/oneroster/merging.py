"""A delta file read as the whole file that it makes: what stood before, changed by what it says."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from students.oneroster.findings import EARLIER, Findings
from students.oneroster.tables import Anything, FileSpec, Table

# What a column refers to; `parentSourcedId` names a record of its own file.
_REFERENCES = {
    "orgSourcedId": "orgs",
    "orgSourcedIds": "orgs",
    "primaryOrgSourcedId": "orgs",
    "schoolSourcedId": "orgs",
    "schoolYearSourcedId": "academicSessions",
    "termSourcedIds": "academicSessions",
    "courseSourcedId": "courses",
    "classSourcedId": "classes",
    "agentSourcedIds": "users",
    "guardianSourcedId": "users",
    "studentSourcedId": "users",
    "userSourcedId": "users",
}
# References without which a record still says something.
_BESIDE = frozenset({"agentSourcedIds", "parentSourcedId", "primaryOrgSourcedId", "schoolYearSourcedId"})


def merged(earlier: Table, delta: Table, findings: Findings) -> Table:
    """The file as it stands after a delta: its rows replaced, added and taken out, the others in their places."""
    whole = Table(delta.spec, unreadable=delta.unreadable)
    changed = {row.sourcedId: row for row in delta.rows}
    for row in earlier.rows:
        if row.sourcedId not in delta.deleted:
            whole.rows.append(changed.pop(row.sourcedId, row))
    whole.rows += changed.values()
    whole.lines = {key: line for key, line in {**earlier.lines, **delta.lines}.items() if key not in delta.deleted}
    for key, line in delta.deleted.items():
        if key not in earlier.lines:
            findings.warn("A row deletes a record that is not known; it is passed over.", delta.file, line)
    return whole


def let_go_of_what_hangs(tables: Mapping[str, Table], specs: Iterable[FileSpec], findings: Findings) -> None:
    """Take out rows of earlier sets that refer to a record which is gone; where they can do without it, they stay.

    A row of this set that does so is a fault, and is found where rows are read.
    """
    known = {name: table.ids for name, table in tables.items()}
    for spec in specs:
        if spec.name in tables:
            _settle(tables[spec.name], known, findings)


def _settle(table: Table, known: Mapping[str, Container[str]], findings: Findings) -> None:
    to = _references(table.spec, known)
    kept = []
    for row in table.rows:
        found = _without_gone(row, to) if row.line == EARLIER else row
        if found is None:
            message = "A record that the set does not mention hangs on one that is gone; it ends with it."
            findings.warn(message, table.file)
            if table.spec.in_manifest:
                del table.lines[row.sourcedId]
        else:
            kept.append(found)
        table.as_remembered &= found is row
    table.rows = kept


def _references(spec: FileSpec, known: Mapping[str, Container[str]]) -> list[tuple[str, Container[str]]]:
    targets = {**_REFERENCES, "parentSourcedId": spec.name}
    if spec.name == "demographics":
        targets["sourcedId"] = "users"
    columns = (column.name for column in spec.kept if column.name in targets)
    return [(column, known.get(targets[column], Anything())) for column in columns]


def _without_gone(row: Any, to: list[tuple[str, Container[str]]]) -> Any:
    """The row without references to what is gone; None where it cannot do without one."""
    for column, known in to:
        value = getattr(row, column)
        left: Any = tuple(each for each in value if each in known) if isinstance(value, tuple) else value
        if isinstance(value, str) and value and value not in known:
            left = ""
        if left == value:
            continue
        if not left and column not in _BESIDE:
            return None
        row = row._replace(**{column: left})
    return row
