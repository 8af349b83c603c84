"""Whether the summary adds up to the attendance file, and its averages follow from its days (RD-10)."""

from collections import Counter
from collections.abc import Iterator

from attendance.rules.rates import district_average, printed
from reporting.rules.manifests import Manifest
from reporting.rules.record_sources import ATTENDANCE, SUMMARY
from reporting.rules.verified import Difference, File, Files, Rows

_FINER = {"school": "grade", "mode": "grade_mode"}


def summary_differences(manifest: Manifest, files: Files) -> Iterator[Difference]:
    """Every line by itself, then each level's days against the days of the attendance file."""
    file = files[SUMMARY]
    for number, row in enumerate(file.rows, start=2):
        yield from _line(manifest, file, number, row)
    statuses = Counter(row["status"] for row in files[ATTENDANCE].rows)
    for source in ("present", "excused", "unexcused", "enrolled"):
        counted = statuses.total() if source == "enrolled" else statuses[source]
        for level in ("school", "grade", "mode", "grade_mode"):
            summed = sum(int(row[source]) for row in file.rows if row["level"] == level)
            if summed != counted:
                named = f"{file.column(source)} by {file.written('level', level)}"
                yield Difference(file.name, f"{named} adds up to {summed}; the attendance file has {counted}.")


def _line(manifest: Manifest, file: File, number: int, row: dict[str, str]) -> Iterator[Difference]:
    session_days = int(row["session_days"])
    # A grade may have school on fewer days than its school; days taught and the lines of the grade agree on how many.
    days_fit = session_days <= manifest.days_in_session if row["grade"] else session_days == manifest.days_in_session
    if row["month"] != manifest.named or not days_fit:
        yield Difference(file.name, f"row {number} is of another month or counts other days in session.")
    grades = _grades_of(row, file.rows)
    for average, days in (("ada", "present"), ("adm", "enrolled")):
        due = printed(district_average((int(each[days]), int(each["session_days"])) for each in grades or [row]))
        if row[average] != due:
            what = f"{file.column(average)} is {row[average]}; {row[days]} days make {due}."
            yield Difference(file.name, f"row {number}: {what}")


def _grades_of(row: dict[str, str], rows: Rows) -> Rows:
    """The lines whose averages a line sums: of a school and of a mode, those of its grades (RD-10)."""
    level = _FINER.get(row["level"])
    return [each for each in rows if each["level"] == level and all(each[it] == row[it] for it in ("counted", "mode"))]
