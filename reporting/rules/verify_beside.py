"""Whether LMS metadata, teachers' schedules and notices of truancy fit the month, its students and its days."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from reporting.rules.manifests import Manifest
from reporting.rules.record_sources import ATTENDANCE, ENROLLMENT, LMS_METADATA, TEACHER_SCHEDULES, TRUANCY_NOTICES
from reporting.rules.verified import Difference, File, Files


def beside_differences(manifest: Manifest, files: Files) -> Iterator[Difference]:
    """Every difference of the record sets that a layout may leave out, where it does not."""
    if LMS_METADATA in files:
        yield from _lms_metadata(files[LMS_METADATA], files[ATTENDANCE])
    if TEACHER_SCHEDULES in files:
        yield from _schedules(manifest, files[TEACHER_SCHEDULES])
    if TRUANCY_NOTICES in files:
        yield from _notices(manifest, files[TRUANCY_NOTICES], files[ENROLLMENT])


def _lms_metadata(file: File, attendance: File) -> Iterator[Difference]:
    held = {(row["state_id"], row["date"]) for row in attendance.rows}
    recorded = {(row["state_id"], row["date"]) for row in file.rows}
    yield from file.differences(
        [f"student {student} has no {day} in the attendance file." for student, day in sorted(recorded - held)]
    )
    lines = Counter(
        tuple(row.get(it, "") for it in ("state_id", "date", "section", "recorded_by")) for row in file.rows
    )
    yield from file.differences(
        [f"student {line[0]} stands twice on {line[1]}." for line, times in lines.items() if times > 1]
    )
    yield from file.differences(
        [f"row {number}: an instant is not of its day." for number, row in enumerate(file.rows, 2) if _is_off(row)]
    )


def _is_off(row: dict[str, str]) -> bool:
    at = [each for each in (row.get("first_at", ""), row.get("last_at", "")) if each]
    return at != sorted(at) or any(not each.startswith(row["date"]) for each in at)


def _schedules(manifest: Manifest, file: File) -> Iterator[Difference]:
    yield from _of_the_month(manifest, file)
    planning = defaultdict(set)
    for row in file.rows:
        planning[row["staff_id"]].add((row["planning_minutes"], row["planning_due"]))
    twice = sorted(teacher for teacher, said in planning.items() if len(said) > 1)
    yield from file.differences([f"teacher {each[:40]} has more than one planning time." for each in twice])


def _notices(manifest: Manifest, file: File, enrollment: File) -> Iterator[Difference]:
    yield from _of_the_month(manifest, file)
    strangers = sorted({row["state_id"] for row in file.rows} - {row["state_id"] for row in enrollment.rows})
    yield from file.differences([f"student {each} is not in the enrollment file." for each in strangers])
    yield from file.differences(
        [f"row {number}: {fault}" for number, row in enumerate(file.rows, 2) for fault in _faults(manifest, row)]
    )


def _faults(manifest: Manifest, row: dict[str, str]) -> Iterator[str]:
    if not any(manifest.starts_on <= row[it] <= manifest.ends_on for it in ("due_on", "reported_on")):
        yield "the notice was neither due nor reported in the month."
    if row["due_on"] < row["crossed_on"] or "" < row["reported_on"] < row["crossed_on"]:
        yield "the notice is older than the absence that it speaks of."


def _of_the_month(manifest: Manifest, file: File) -> Iterator[Difference]:
    if any(row["month"] != manifest.named for row in file.rows):
        yield Difference(file.name, f"holds rows of another month than {manifest.named}.")
