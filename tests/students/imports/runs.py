"""Imports as somebody brings them in, and a worker who takes them up."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from students import clock
from students.access import Scope, installation_scope, scope_of
from students.models import Role, RoleAssignment, RosterRun, RunOrigin, User
from students.services.imports.applying import apply_run
from students.services.imports.planning import plan_run
from students.services.imports.receiving import receive
from students.services.roster_import import ImportReport, run_import
from tests.students.oneroster.sets import RosterFiles

# The machine's instant, to which leases belong.
REAL = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
MOST = 50_000_000


def archive_of(files: RosterFiles, inside: str = "") -> io.BytesIO:
    """The set as an archive, the same bytes for the same files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.texts().items():
            archive.writestr(zipfile.ZipInfo(f"{inside}{name}", (2020, 10, 27, 2, 0, 0)), text)
    packed.seek(0)
    return packed


def in_a_folder(files: RosterFiles) -> io.BytesIO:
    """The set as an archive of a folder, which the engine does not open."""
    return archive_of(files, "roster/")


def stand(files: RosterFiles) -> ImportReport:
    """Bring the set in at once, so that it stands."""
    with TemporaryDirectory() as folder:
        report = run_import(as_worker(), files.zip(Path(folder) / "before.zip"))
    assert report.written
    return report


def district_files(students: int = 3) -> RosterFiles:
    """A set in which somebody administers the district."""
    files = RosterFiles(students=0)
    files.add_staff("boss", "districtAdministrator", "district")
    for number in range(1, students + 1):
        files.add_student(f"p{number}", f"{100_000_000 + number}")
    return files


def without_students(files: RosterFiles, count: int) -> RosterFiles:
    """The set without its first students."""
    for number in range(1, count + 1):
        files.drop_student(f"p{number}")
    return files


def administrator(name: str = "reyes") -> User:
    """Somebody who administers the district, and came by no roster."""
    user = User.objects.create(username=name, given_name="Inez", family_name="Reyes", password="!")
    RoleAssignment.objects.create(user=user, role=Role.DISTRICT_ADMINISTRATOR, starts_on="2020-08-01")
    return user


def as_(user: User) -> Scope:
    return scope_of(user, clock.now())


def as_worker() -> Scope:
    return installation_scope(clock.now())


def bring(
    files: RosterFiles | io.BytesIO,
    scope: Scope | None = None,
    *,
    origin: RunOrigin = RunOrigin.PAGE,
    submission: UUID | None = None,
) -> RosterRun:
    """Send a set in, as a page does unless told otherwise."""
    source = archive_of(files) if isinstance(files, RosterFiles) else files
    delivered_at = clock.now() if origin == RunOrigin.FOLDER else None
    return receive(
        scope or as_worker(),
        source,
        file_name="roster.zip",
        origin=origin,
        submission_id=submission or uuid4(),
        most_bytes=MOST,
        delivered_at=delivered_at,
    )


def plan(run: RosterRun) -> RosterRun:
    """Let a worker plan it."""
    plan_run(as_worker(), run.pk, instants=lambda: REAL)
    run.refresh_from_db()
    return run


def apply(run: RosterRun) -> RosterRun:
    """Let a worker apply it."""
    apply_run(as_worker(), run.pk, instants=lambda: REAL)
    run.refresh_from_db()
    return run
