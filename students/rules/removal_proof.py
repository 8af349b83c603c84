"""What proves what a disposal removed: a hash over its rows, and one over those of all its steps (MS-31)."""

import hashlib
from collections.abc import Iterable


def rows_digest(rows: Iterable[tuple[int, str]]) -> str:
    """The SHA-256 over rows by id: of each a line with its id and the hash of what stood in it."""
    return _digest(f"{row_id} {sha256}\n" for row_id, sha256 in sorted(rows))


def proof_digest(steps: Iterable[tuple[str, int, int, str]]) -> str:
    """The SHA-256 over the steps of a disposal, in their order: table, number, rows and hash of each on a line."""
    return _digest(f"{table} {batch} {rows} {sha256}\n" for table, batch, rows, sha256 in steps)


def _digest(lines: Iterable[str]) -> str:
    found = hashlib.sha256()
    for line in lines:
        found.update(line.encode())
    return found.hexdigest()
