"""Whether days taught and monthly absences say the same as the summary's lines of each grade."""

from collections.abc import Iterator

from reporting.rules.manifests import Manifest
from reporting.rules.record_sources import DAYS_TAUGHT, MONTHLY_ABSENCES, SUMMARY
from reporting.rules.verified import Difference, File, Files, Rows

_SHARED = ("grade", "counted", "enrolled", "excused", "unexcused")


def grade_differences(manifest: Manifest, files: Files) -> Iterator[Difference]:
    """Every grade's days taught and absences, compared with the summary."""
    grades = [row for row in files[SUMMARY].rows if row["level"] == "grade"]
    yield from _days_taught(manifest, files[DAYS_TAUGHT], grades)
    yield from _absences(manifest, files[MONTHLY_ABSENCES], grades)


def _days_taught(manifest: Manifest, file: File, grades: Rows) -> Iterator[Difference]:
    yield from _of_the_month(manifest, file)
    taught = {row["grade"]: row["session_days"] for row in file.rows}
    if len(taught) != len(file.rows):
        yield Difference(file.name, "holds a grade twice.")
    due = {row["grade"]: row["session_days"] for row in grades}
    missing = sorted(due.keys() - taught.keys())
    yield from file.differences([f"grade {grade or '(none)'} is missing." for grade in missing])
    strangers = sorted(taught.keys() - due.keys())
    yield from file.differences([f"grade {grade} is in no line of the summary." for grade in strangers])
    other = sorted(grade for grade in due.keys() & taught.keys() if due[grade] != taught[grade])
    yield from file.differences(
        [f"grade {grade} has {taught[grade]} days taught; the summary has {due[grade]}." for grade in other]
    )


def _absences(manifest: Manifest, file: File, grades: Rows) -> Iterator[Difference]:
    yield from _of_the_month(manifest, file)
    if sorted(map(_shared, file.rows)) != sorted(map(_shared, grades)):
        yield Difference(file.name, "does not say of each grade what the summary says.")
    absent, excused, unexcused = (file.column(source) for source in ("absent", "excused", "unexcused"))
    wrong = [
        f"row {number}: {absent} is not the sum of {excused} and {unexcused}."
        for number, row in enumerate(file.rows, start=2)
        if int(row["absent"]) != int(row["excused"]) + int(row["unexcused"])
    ]
    yield from file.differences(wrong)


def _shared(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[source] for source in _SHARED)


def _of_the_month(manifest: Manifest, file: File) -> Iterator[Difference]:
    if any(row["month"] != manifest.named for row in file.rows):
        yield Difference(file.name, f"holds rows of another month than {manifest.named}.")
