"""Delta sets: what changed between two whole ones, and rows that say so."""

from tests.students.oneroster.sets import RosterFiles

NOON = "2020-10-27T12:00:00.000Z"


def changes(version: str = "1.2") -> RosterFiles:
    """A set of no files yet."""
    empty = RosterFiles(version)
    for name in empty.files:
        empty.files[name] = []
    return empty


def says(delta: RosterFiles, file: str, **row: str) -> dict[str, str]:
    """Add an active row to a delta file."""
    delta.manifest[f"file.{file}"] = "delta"
    return delta.add(file, status="active", dateLastModified=NOON, **row)


def deletes(delta: RosterFiles, file: str, source_id: str, **row: str) -> None:
    """Add a row that ends a record; most of its cells are empty."""
    says(delta, file, sourcedId=source_id, **row)["status"] = "tobedeleted"


def difference(before: RosterFiles, after: RosterFiles) -> RosterFiles:
    """The set of deltas that makes the one set of the other; the district's own files stay whole."""
    delta = changes(before.version)
    for name in after.files:
        if "sourcedId" not in after.header(name)[:1]:
            delta.files[name] = after.files[name]
            continue
        old, new = ({row["sourcedId"]: row for row in files.files[name]} for files in (before, after))
        for key in old.keys() - new.keys():
            deletes(delta, name, key)
        for key, row in new.items():
            if row != old.get(key):
                says(delta, name, **row)
    return delta
