"""Whether a package is what it says: hashes, counts, every cell, and the sums that its files share."""

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256

from attendance.rules.rates import district_average, printed
from reporting.rules.archives import BadArchive, members_of, shown
from reporting.rules.certified_package import CERTIFICATION, certification_differences
from reporting.rules.layouts import ATTENDANCE, CALENDAR, SUMMARY, RecordSet
from reporting.rules.manifests import BadManifest, ListedFile, Manifest, read_manifest
from reporting.rules.package import MANIFEST, zipped
from reporting.rules.verified import Difference, Files, Rows, first
from reporting.rules.verify_grades import grade_differences
from reporting.rules.verify_members import member_differences
from students.rules.csv_text import read_csv


def verify_zip(content: bytes) -> list[Difference]:
    """Every difference of a zip; any changed byte of it is one, wherever it lies."""
    try:
        members = members_of(content)
    except BadArchive as fault:
        return [Difference("zip", str(fault))]
    found = verify_members(members)
    if not found and zipped(members) != content:
        found.append(Difference("zip", "is not byte for byte the zip that was made, though its files are."))
    return found


def verify_members(members: Mapping[str, bytes]) -> list[Difference]:
    """Every difference of a package's files, by name; of its certification, where it has one."""
    plain = {name: content for name, content in members.items() if name != CERTIFICATION}
    found = _verify_plain(plain)
    if found or CERTIFICATION not in members:
        return found
    manifest = read_manifest(plain[MANIFEST])
    # A folder lists its files by name; what is certified is the zip, in the manifest's order.
    in_order = {name: plain[name] for name in [*(each.name for each in manifest.files), MANIFEST]}
    return list(certification_differences(members[CERTIFICATION], in_order))


def _verify_plain(members: Mapping[str, bytes]) -> list[Difference]:
    if MANIFEST not in members:
        return [Difference(MANIFEST, "is missing: nothing says what the package should hold.")]
    try:
        manifest = read_manifest(members[MANIFEST])
    except BadManifest as fault:
        return [Difference(MANIFEST, str(fault))]
    found = [*_listing(manifest), *_presence(manifest, members)]
    for listed in manifest.files:
        if listed.name in members:
            found += _bytes(listed, members[listed.name])
    # Sums of files that are damaged would only say the same again.
    return found or list(_contents(manifest, members))


def _listing(manifest: Manifest) -> Iterator[Difference]:
    due = [(record_set.name, f"{manifest.stem}_{record_set.name}.csv") for record_set in manifest.layout.record_sets]
    if [(listed.record_set, listed.name) for listed in manifest.files] != due:
        yield Difference(MANIFEST, f"does not list the files of layout {manifest.layout.version} by their names.")


def _presence(manifest: Manifest, members: Mapping[str, bytes]) -> Iterator[Difference]:
    expected = {MANIFEST, *(listed.name for listed in manifest.files)}
    for name in sorted(expected - set(members)):
        yield Difference(name, "is missing.")
    for name in sorted(set(members) - expected):
        yield Difference(shown(name), "is not in the manifest.")


def _bytes(listed: ListedFile, content: bytes) -> Iterator[Difference]:
    if len(content) != listed.size:
        yield Difference(listed.name, f"has {len(content)} bytes, not {listed.size}.")
    if sha256(content).hexdigest() != listed.sha256:
        yield Difference(listed.name, "is not the file of the manifest: its SHA-256 differs.")


def _contents(manifest: Manifest, members: Mapping[str, bytes]) -> Iterator[Difference]:
    files: Files = {}
    for listed in manifest.files:
        rows, faults = _parsed(listed, manifest.layout.record_set(listed.record_set), members[listed.name])
        yield from faults
        files[listed.record_set] = (listed.name, [] if faults else rows)
        if faults:
            return
    yield from _organizations(manifest, files)
    yield from _attendance(manifest, *files[ATTENDANCE], _session_dates(files[CALENDAR][1]))
    yield from _calendar(manifest, *files[CALENDAR])
    yield from _summary(manifest, *files[SUMMARY], Counter(row["AttendanceStatus"] for row in files[ATTENDANCE][1]))
    yield from grade_differences(manifest, files)
    yield from member_differences(manifest, files)


def _parsed(listed: ListedFile, record_set: RecordSet, content: bytes) -> tuple[Rows, list[Difference]]:
    try:
        lines = read_csv(content)
    except ValueError as fault:
        return [], [Difference(listed.name, f"is not CSV in UTF-8 ({str(fault)[:80]}).")]
    if not lines or lines[0] != record_set.header:
        return [], [Difference(listed.name, "has not the columns of its record set.")]
    if len(lines) - 1 != listed.rows:
        return [], [Difference(listed.name, f"has {len(lines) - 1} rows, not {listed.rows}.")]
    return _cells(listed.name, record_set, lines[1:])


def _cells(name: str, record_set: RecordSet, lines: list[list[str]]) -> tuple[Rows, list[Difference]]:
    faults = []
    for number, line in enumerate(lines, start=2):
        if len(line) != len(record_set.columns):
            faults.append(f"row {number} has {len(line)} values, not {len(record_set.columns)}.")
            continue
        for column, cell in zip(record_set.columns, line, strict=True):
            if fault := column.fault(cell):
                faults.append(f"row {number}, {column.name}: {fault}")
    rows = [dict(zip(record_set.header, line, strict=False)) for line in lines]
    return rows, first(name, faults)


def _organizations(manifest: Manifest, files: Files) -> Iterator[Difference]:
    for name, rows in files.values():
        if strangers := {row["OrganizationIdentifier"] for row in rows} - {manifest.organization}:
            yield Difference(name, f"holds rows of {', '.join(sorted(strangers)[:3])}, not of {manifest.organization}.")


def _session_dates(calendar: Rows) -> set[str]:
    held = ("InstructionalDay", "LateArrivalEarlyDismissal")
    return {row["CalendarEventDate"] for row in calendar if row["CalendarEventType"] in held}


def _attendance(manifest: Manifest, name: str, rows: Rows, session: set[str]) -> Iterator[Difference]:
    days = Counter((row["StudentIdentifier"], row["AttendanceEventDate"]) for row in rows)
    twice = [f"student {student} stands twice on {day}." for (student, day), times in days.items() if times > 1]
    yield from first(name, twice)
    closed = sorted({row["AttendanceEventDate"] for row in rows} - session)
    yield from first(name, [f"{day} is not in session in the calendar." for day in closed])
    students = len({row["StudentIdentifier"] for row in rows})
    if (students, len(rows)) != (manifest.students, manifest.student_days):
        counted = f"{manifest.students} students with {manifest.student_days} days"
        yield Difference(name, f"holds {students} students with {len(rows)} days; the manifest counts {counted}.")


def _calendar(manifest: Manifest, name: str, rows: Rows) -> Iterator[Difference]:
    dates = [row["CalendarEventDate"] for row in rows]
    outside = [day for day in dates if not manifest.starts_on <= day <= manifest.ends_on]
    yield from first(name, [f"{day} lies outside the month." for day in outside])
    if len(set(dates)) != len(dates):
        yield Difference(name, "holds a date twice.")
    if len(_session_dates(rows)) != manifest.days_in_session:
        yield Difference(name, f"has not the {manifest.days_in_session} days in session of the manifest.")


def _summary(manifest: Manifest, name: str, rows: Rows, statuses: Counter[str]) -> Iterator[Difference]:
    for number, row in enumerate(rows, start=2):
        yield from _line(manifest, name, number, row, _grades_of(row, rows))
    for column, counted in (
        ("DaysPresent", statuses["Present"]),
        ("DaysAbsentExcused", statuses["ExcusedAbsence"]),
        ("DaysAbsentUnexcused", statuses["UnexcusedAbsence"]),
        ("DaysEnrolled", statuses.total()),
    ):
        for level in ("School", "Grade", "Mode", "GradeMode"):
            summed = sum(int(row[column]) for row in rows if row["SummaryLevel"] == level)
            if summed != counted:
                yield Difference(name, f"{column} by {level} adds up to {summed}; the attendance file has {counted}.")


def _grades_of(row: dict[str, str], rows: Rows) -> Rows:
    """The lines whose averages a line sums: of a school and of a mode, those of its grades (RD-10)."""
    level = {"School": "Grade", "Mode": "GradeMode"}.get(row["SummaryLevel"])
    shared = ("CountedInADA", "InstructionMode")
    return [each for each in rows if each["SummaryLevel"] == level and all(each[it] == row[it] for it in shared)]


def _line(manifest: Manifest, name: str, number: int, row: dict[str, str], grades: Rows) -> Iterator[Difference]:
    session_days = int(row["DaysInSession"])
    # A grade may have school on fewer days than its school; days taught and the lines of the grade agree on how many.
    days_fit = (
        session_days <= manifest.days_in_session if row["GradeLevel"] else session_days == manifest.days_in_session
    )
    if row["ReportingMonth"] != manifest.named or not days_fit:
        yield Difference(name, f"row {number} is of another month or counts other days in session.")
    for column, days in (("AverageDailyAttendance", "DaysPresent"), ("AverageDailyMembership", "DaysEnrolled")):
        due = printed(district_average((int(each[days]), int(each["DaysInSession"])) for each in grades or [row]))
        if row[column] != due:
            yield Difference(name, f"row {number}: {column} is {row[column]}; {row[days]} days make {due}.")
