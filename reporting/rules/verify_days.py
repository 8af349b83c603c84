"""Whether the attendance file and the calendar are of the month, hold every day once, and count what is claimed."""

from collections import Counter
from collections.abc import Iterator

from reporting.rules.manifests import Manifest
from reporting.rules.record_sources import ATTENDANCE, CALENDAR, IN_SESSION
from reporting.rules.verified import Difference, File, Files, Rows


def day_differences(manifest: Manifest, files: Files) -> Iterator[Difference]:
    """The students' days against the calendar, and both against the manifest."""
    yield from _attendance(manifest, files[ATTENDANCE], session_dates(files[CALENDAR].rows))
    yield from _calendar(manifest, files[CALENDAR])


def session_dates(calendar: Rows) -> set[str]:
    """The dates on which school was held."""
    return {row["date"] for row in calendar if row["event_type"] in IN_SESSION}


def _attendance(manifest: Manifest, file: File, session: set[str]) -> Iterator[Difference]:
    days = Counter((row["state_id"], row["date"]) for row in file.rows)
    yield from file.differences(
        [f"student {student} stands twice on {day}." for (student, day), times in days.items() if times > 1]
    )
    closed = sorted({row["date"] for row in file.rows} - session)
    yield from file.differences([f"{day} is not in session in the calendar." for day in closed])
    students = len({row["state_id"] for row in file.rows})
    if (students, len(file.rows)) != (manifest.students, manifest.student_days):
        counted = f"{manifest.students} students with {manifest.student_days} days"
        held = f"{students} students with {len(file.rows)} days"
        yield Difference(file.name, f"holds {held}; the manifest counts {counted}.")


def _calendar(manifest: Manifest, file: File) -> Iterator[Difference]:
    dates = [row["date"] for row in file.rows]
    outside = [day for day in dates if not manifest.starts_on <= day <= manifest.ends_on]
    yield from file.differences([f"{day} lies outside the month." for day in outside])
    if len(set(dates)) != len(dates):
        yield Difference(file.name, "holds a date twice.")
    if len(session_dates(file.rows)) != manifest.days_in_session:
        yield Difference(file.name, f"has not the {manifest.days_in_session} days in session of the manifest.")
