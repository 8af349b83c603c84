"""Whether days taught and monthly absences say the same as the summary's lines of each grade."""

from collections.abc import Iterator

from reporting.rules.layouts import DAYS_TAUGHT, MONTHLY_ABSENCES, SUMMARY
from reporting.rules.manifests import Manifest
from reporting.rules.verified import Difference, Files, Rows, first

_SHARED = ("DaysEnrolled", "DaysAbsentExcused", "DaysAbsentUnexcused")


def grade_differences(manifest: Manifest, files: Files) -> Iterator[Difference]:
    """Every grade's days taught and absences, compared with the summary."""
    grades = [row for row in files[SUMMARY][1] if row["SummaryLevel"] == "Grade"]
    yield from _days_taught(manifest, *files[DAYS_TAUGHT], grades)
    yield from _absences(manifest, *files[MONTHLY_ABSENCES], grades)


def _days_taught(manifest: Manifest, name: str, rows: Rows, grades: Rows) -> Iterator[Difference]:
    yield from _of_the_month(manifest, name, rows)
    taught = {row["GradeLevel"]: row["DaysTaught"] for row in rows}
    if len(taught) != len(rows):
        yield Difference(name, "holds a grade twice.")
    due = {row["GradeLevel"]: row["DaysInSession"] for row in grades}
    yield from first(name, [f"grade {grade or '(none)'} is missing." for grade in sorted(due.keys() - taught.keys())])
    strangers = sorted(taught.keys() - due.keys())
    yield from first(name, [f"grade {grade} is in no line of the summary." for grade in strangers])
    other = sorted(grade for grade in due.keys() & taught.keys() if due[grade] != taught[grade])
    yield from first(
        name, [f"grade {grade} has {taught[grade]} days taught; the summary has {due[grade]}." for grade in other]
    )


def _absences(manifest: Manifest, name: str, rows: Rows, grades: Rows) -> Iterator[Difference]:
    yield from _of_the_month(manifest, name, rows)
    if sorted(map(_shared, rows)) != sorted(map(_shared, grades)):
        yield Difference(name, "does not say of each grade what the summary says.")
    wrong = [
        f"row {number}: DaysAbsent is not the sum of excused and unexcused."
        for number, row in enumerate(rows, start=2)
        if int(row["DaysAbsent"]) != int(row["DaysAbsentExcused"]) + int(row["DaysAbsentUnexcused"])
    ]
    yield from first(name, wrong)


def _shared(row: dict[str, str]) -> tuple[str, ...]:
    return (row["GradeLevel"], row["CountedInADA"], *(row[column] for column in _SHARED))


def _of_the_month(manifest: Manifest, name: str, rows: Rows) -> Iterator[Difference]:
    if any(row["ReportingMonth"] != manifest.named for row in rows):
        yield Difference(name, f"holds rows of another month than {manifest.named}.")
