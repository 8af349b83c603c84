"""Loads the demo district into an empty database, all or nothing: the files by the importer, the marks by COPY."""

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction

from attendance.demo.cast import ACCOUNTS, PASSWORD, SCHOOL_ADMINISTRATOR, TODAY, YEAR_ENDS, YEAR_STARTS
from attendance.demo.marks_table import write_marks
from attendance.demo.notes import Note
from attendance.demo.people import Pupil
from attendance.demo.roster_files import DISTRICT_ID, SCHOOL_ID, school, write_folder
from attendance.demo.year import year_so_far
from attendance.models import CalendarDay, ClassMeeting, DailyAttendance, Excuse, Mark, ModeAssignment, SchoolDays
from attendance.services.ledger import rebuild
from attendance.services.meetings import sync_meetings
from students.access import Scope
from students.models import District, Enrollment, School, SectionEnrollment, Student, User
from students.refusals import Refused
from students.services.planner import analyze
from students.services.roster_import import run_import


@dataclass(frozen=True)
class Loaded:
    """What a load wrote."""

    students: int
    marks: int
    student_days: int


def load(scope: Scope) -> Loaded | None:
    """Load the demo; None where it is loaded already.

    Raises Refused where the database holds another district, or where the clock does not stand in the demo's year.
    """
    district = District.objects.first()
    if district is not None and district.source_id == DISTRICT_ID:
        return None
    if district is not None:
        raise Refused(f"This database holds {district.name}. The demo loads into an empty database only.")
    if not TODAY <= scope.today <= YEAR_ENDS:
        raise Refused(f"The demo begins on {TODAY}, but the clock says {scope.today}. Start it with `make demo`.")
    with transaction.atomic():
        return _load(scope)


def _load(scope: Scope) -> Loaded:
    demo = school()
    with TemporaryDirectory() as folder:
        write_folder(Path(folder), demo)
        report = run_import(scope, Path(folder), dry_run=False)
    if report.refused:
        raise Refused(f"The demo's own files were refused: {report.faults[0]}")
    analyze(CalendarDay, Enrollment, ModeAssignment, SectionEnrollment)
    lincoln = School.objects.get(source_id=SCHOOL_ID).pk
    year = year_so_far(demo.pupils)
    _open_days(scope, lincoln)
    marks = write_marks(scope, lincoln, year.marks, {pupil.source_id: pupil.number for pupil in demo.pupils})
    _write_notes(scope, year.notes, demo.pupils)
    analyze(ClassMeeting, DailyAttendance, Excuse, Mark)
    rebuilt = rebuild(scope, school_ids=[lincoln])
    _let_the_cast_sign_in()
    return Loaded(len(demo.pupils), marks, rebuilt.judged)


def _open_days(scope: Scope, school_id: int) -> None:
    """The class meetings of the year so far; their days are judged once, when the marks stand."""
    SchoolDays.objects.update_or_create(school_id=school_id, defaults={"opened_through": TODAY})
    sync_meetings(scope, school_id, YEAR_STARTS, TODAY)


def _write_notes(scope: Scope, notes: list[Note], pupils: list[Pupil]) -> None:
    student_ids = dict(Student.objects.values_list("source_id", "pk"))
    office = User.objects.get(username=SCHOOL_ADMINISTRATOR.username)
    zone = ZoneInfo(scope.zone)
    Excuse.objects.bulk_create(_excuse(note, student_ids[pupils[note.pupil].source_id], office, zone) for note in notes)


def _excuse(note: Note, student_id: int, office: User, zone: ZoneInfo) -> Excuse:
    return Excuse(
        submission_id=uuid5(NAMESPACE_URL, f"demo excuse {note.pupil} {note.starts_on}"),
        student_id=student_id,
        starts_on=note.starts_on,
        ends_on=note.ends_on,
        starts_at=note.starts_at,
        ends_at=note.ends_at,
        reason=note.reason,
        document_kind=note.document_kind,
        document_seen_on=note.seen_on,
        entered_by=office,
        entered_at=datetime.combine(note.entered_on, time(8, 20), zone),
    )


def _let_the_cast_sign_in() -> None:
    """Everybody else of the import has no password, as in life."""
    User.objects.filter(username__in=[account.username for account in ACCOUNTS]).update(
        password=make_password(PASSWORD)
    )
