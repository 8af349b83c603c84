"""Whether every day of the attendance file lies in an enrollment that the state is told of."""

from collections import defaultdict
from collections.abc import Iterator

from reporting.rules.manifests import Manifest
from reporting.rules.record_sources import ATTENDANCE, ENROLLMENT
from reporting.rules.verified import Difference, File, Files, Rows

Spans = dict[str, list[tuple[str, str]]]
# ISO dates compare as text; nobody is enrolled for longer.
_OPEN = "9999-12-31"


def member_differences(manifest: Manifest, files: Files) -> Iterator[Difference]:
    """Enrollments against themselves, then the days of each student against the enrollments."""
    file = files[ENROLLMENT]
    yield from file.differences(
        [fault for number, row in enumerate(file.rows, start=2) for fault in _faults(manifest, number, row)]
    )
    yield from _outside(files[ATTENDANCE], _spans(file.rows))


def _faults(manifest: Manifest, number: int, row: dict[str, str]) -> Iterator[str]:
    entered, left = row["entered_on"], row["left_on"]
    if entered > manifest.ends_on or left > manifest.ends_on:
        yield f"row {number}: it speaks of a day after the month."
    if left and left < entered:
        yield f"row {number}: the exit lies before the entry."
    if (row["standing"] == "current") == bool(left):
        yield f"row {number}: its status and its exit date contradict each other."


def _spans(rows: Rows) -> Spans:
    """The spans in which each student is a member; who never came is none."""
    spans: Spans = defaultdict(list)
    for row in rows:
        if row["standing"] != "no_show":
            spans[row["state_id"]].append((row["entered_on"], row["left_on"] or _OPEN))
    return spans


def _outside(file: File, spans: Spans) -> list[Difference]:
    outside = [
        f"student {row['state_id']} is not enrolled on {row['date']}."
        for row in file.rows
        if not any(entered <= row["date"] <= left for entered, left in spans.get(row["state_id"], ()))
    ]
    return file.differences(outside)
