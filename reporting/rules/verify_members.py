"""Whether every day of the attendance file lies in an enrollment that the state is told of."""

from collections import defaultdict
from collections.abc import Iterator

from reporting.rules.layouts import ATTENDANCE, ENROLLMENT, ENROLLMENT_STATUSES
from reporting.rules.manifests import Manifest
from reporting.rules.verified import Difference, Files, Rows, first

Spans = dict[str, list[tuple[str, str]]]
# ISO dates compare as text; nobody is enrolled for longer.
_OPEN = "9999-12-31"


def member_differences(manifest: Manifest, files: Files) -> Iterator[Difference]:
    """Enrollments against themselves, then the days of each student against the enrollments."""
    name, rows = files[ENROLLMENT]
    yield from first(
        name, [fault for number, row in enumerate(rows, start=2) for fault in _faults(manifest, number, row)]
    )
    yield from _outside(*files[ATTENDANCE], _spans(rows))


def _faults(manifest: Manifest, number: int, row: dict[str, str]) -> Iterator[str]:
    entered, left = row["EnrollmentEntryDate"], row["EnrollmentExitDate"]
    if entered > manifest.ends_on or left > manifest.ends_on:
        yield f"row {number}: it speaks of a day after the month."
    if left and left < entered:
        yield f"row {number}: the exit lies before the entry."
    current = row["EnrollmentStatus"] == ENROLLMENT_STATUSES["current"]
    if current == bool(left):
        yield f"row {number}: its status and its exit date contradict each other."


def _spans(rows: Rows) -> Spans:
    """The spans in which each student is a member; who never came is none."""
    spans: Spans = defaultdict(list)
    for row in rows:
        if row["EnrollmentStatus"] != ENROLLMENT_STATUSES["no_show"]:
            spans[row["StudentIdentifier"]].append((row["EnrollmentEntryDate"], row["EnrollmentExitDate"] or _OPEN))
    return spans


def _outside(name: str, rows: Rows, spans: Spans) -> list[Difference]:
    outside = [
        f"student {row['StudentIdentifier']} is not enrolled on {row['AttendanceEventDate']}."
        for row in rows
        if not any(
            entered <= row["AttendanceEventDate"] <= left for entered, left in spans.get(row["StudentIdentifier"], ())
        )
    ]
    return first(name, outside)
