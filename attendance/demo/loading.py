"""Loads the demo district into an empty database, all or nothing: the files by the importer, the marks by COPY."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction

from attendance.demo.cast import ACCOUNTS, PASSWORD, TODAY, YEAR_ENDS, YEAR_STARTS
from attendance.demo.district import DISTRICT_ID, district, staff
from attendance.demo.families import let_families_join
from attendance.demo.family_word import let_families_speak
from attendance.demo.individual_days import write_individual_days
from attendance.demo.lawful import hold_calendars_to_the_law
from attendance.demo.marks_table import write_marks
from attendance.demo.notes import Note
from attendance.demo.office import office_year
from attendance.demo.office_rows import write_office
from attendance.demo.own_time import write_own_time
from attendance.demo.papers_on_file import put_papers_on_file
from attendance.demo.people import Pupil, pupils
from attendance.demo.plan import adopt_learning_plan
from attendance.demo.sets import write_folder
from attendance.demo.year import Marks, year_so_far
from attendance.models import (
    CalendarDay,
    ClassMeeting,
    DailyAttendance,
    DayReview,
    Engagement,
    Excuse,
    Interaction,
    Mark,
    ModeAssignment,
    OfficeEvent,
    SchoolDays,
)
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
    everybody = pupils()
    _import_files(scope)
    year = year_so_far()
    known = office_year(year.marks, year.notes)
    year.marks.update(known.marks)
    marks = sum(_teach(scope, school_id, year.marks) for school_id in School.objects.values_list("pk", flat=True))
    _write_notes(scope, year.notes, everybody)
    write_office(scope, known.entries, _offices())
    write_own_time(scope, year.marks)
    write_individual_days(scope)
    analyze(ClassMeeting, DayReview, Engagement, Excuse, Interaction, Mark, OfficeEvent)
    rebuilt = rebuild(scope)
    analyze(DailyAttendance)
    hold_calendars_to_the_law(scope)
    adopt_learning_plan(scope)
    put_papers_on_file(scope)
    _let_the_cast_sign_in()
    let_families_join(scope)
    let_families_speak(scope)
    return Loaded(len(everybody), marks, rebuilt.judged)


def _import_files(scope: Scope) -> None:
    with TemporaryDirectory() as folder:
        write_folder(Path(folder), district())
        report = run_import(scope, Path(folder), dry_run=False)
    if report.refused:
        raise Refused(f"The demo's own files were refused: {report.faults[0]}")
    analyze(CalendarDay, Enrollment, ModeAssignment, SectionEnrollment)


def _teach(scope: Scope, school_id: int, marks: Marks) -> int:
    """The class meetings of a school's year so far, with their marks; its days are judged once, when all stand."""
    SchoolDays.objects.update_or_create(school_id=school_id, defaults={"opened_through": TODAY})
    sync_meetings(scope, school_id, YEAR_STARTS, TODAY)
    return write_marks(scope, school_id, marks, {pupil.source_id: pupil.number for pupil in pupils()})


def _write_notes(scope: Scope, notes: list[Note], everybody: Sequence[Pupil]) -> None:
    student_ids = dict(Student.objects.values_list("source_id", "pk"))
    offices = _offices()
    zone = ZoneInfo(scope.zone)
    Excuse.objects.bulk_create(
        _excuse(note, student_ids[pupil.source_id], offices[pupil.home.school], zone)
        for note in notes
        for pupil in [everybody[note.pupil]]
    )


def _offices() -> dict[str, User]:
    """Who enters the notes of each school: its administrator."""
    heads = {each.school: each.username for each in staff() if each.role == "school_administrator"}
    users = {user.username: user for user in User.objects.filter(username__in=heads.values())}
    return {school: users[username] for school, username in heads.items()}


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
