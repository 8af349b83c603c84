"""A school year long ago, beside the world: a student who left, one who is still here, and what was written."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from django.db import models

from attendance.models import ClassMeeting, DailyAttendance, Document, Excuse, Mark, Submission
from attendance.services.document_folder import keep
from students.access import Scope
from students.models import (
    Disposal,
    Enrollment,
    Guardian,
    GuardianLink,
    Role,
    SchoolYear,
    SectionEnrollment,
    Student,
    Term,
)
from students.services.disposals import confirm_disposal, propose_disposal
from tests.world import World, add_person, give_role

STARTS, ENDS = date(2012, 8, 6), date(2013, 5, 24)
DAY = date(2012, 10, 1)
NAME = "2012-13"
# Five years after the last day: kept through it, and no longer.
LAST_KEPT, FIRST_GONE = date(2018, 5, 24), date(2018, 5, 25)
THEN = datetime(2012, 10, 1, 15, tzinfo=UTC)


def noon(day: date) -> datetime:
    """Noon of a day, at Greenwich: the same day in Mississippi."""
    return datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


@dataclass
class OldYear:
    """What a test may want to name."""

    world: World
    year: SchoolYear
    left: Student
    stayed: Student
    mark: Mark
    excuse: Excuse
    document: Document
    file: Path

    def scope(self, name: str = "reyes", day: date = FIRST_GONE) -> Scope:
        """Somebody of the cast, on a day years later."""
        return self.world.scope(name, noon(day))

    def proposed(self, kind: str = "documentation") -> Disposal:
        """A proposal of Dana Reyes."""
        return propose_disposal(
            self.scope(), self.year.pk, kind, submission_id=uuid4(), typed_name=NAME, reason="Board, June 4"
        )

    def confirmed(self, kind: str = "documentation") -> Disposal:
        """Confirmed by the second administrator."""
        return confirm_disposal(self.scope("second"), self.proposed(kind).pk, typed_name=NAME)


def old_year(world: World, documents: Path) -> OldYear:
    """The year's rows; `documents` is the folder of documents."""
    add_person(world, "second", "Ada", "Second")
    for name in ("second", "reyes"):
        held = {"starts_on": date(2012, 1, 1), "ends_on": date(2020, 1, 1) if name == "reyes" else None}
        give_role(world, name, Role.DISTRICT_ADMINISTRATOR, None, **held)
    year = SchoolYear.objects.create(source_id="y2012", name=NAME, starts_on=STARTS, ends_on=ENDS)
    Term.objects.create(school_year=year, source_id="t2012", name="Year", kind="term", starts_on=STARTS, ends_on=ENDS)
    left = Student.objects.create(source_id="p-left", state_id="100900001", family_name="Left", given_name="Lou")
    guardian = Guardian.objects.create(source_id="g-left", given_name="Gil", family_name="Left")
    link = {"guardian": guardian, "student": left, "relationship": "parent", "contact_order": 1}
    GuardianLink.objects.create(starts_on=STARTS, **link)
    stayed = world.students["Abara"]
    meeting = _taken(world)
    marks = [_written(world, meeting, student) for student in (left, stayed)]
    excuse = Excuse.objects.create(
        submission_id=uuid4(),
        student=left,
        starts_on=DAY,
        ends_on=DAY,
        reason="illness",
        document_kind="medical",
        document_seen_on=DAY,
        entered_by=world.users["okafor"],
        entered_at=THEN,
    )
    name = keep(b"%PDF-1.4 a doctor's excuse")
    document = Document.objects.create(
        excuse=excuse,
        submission_id=uuid4(),
        kind="medical",
        file_name="note.pdf",
        content_type="application/pdf",
        size_bytes=26,
        sha256="0" * 64,
        storage_name=name,
        uploaded_by=world.users["okafor"],
        uploaded_at=THEN,
    )
    return OldYear(world, year, left, stayed, marks[0], excuse, document, documents / name[:2] / name)


def _taken(world: World) -> ClassMeeting:
    meeting = ClassMeeting.objects.create(
        section=world.sections["1"],
        school=world.lincoln,
        date=DAY,
        period="1",
        starts_at="08:00",
        ends_at="08:55",
        instructional_minutes=55,
        state="taken",
        version=1,
        taken_by=world.users["whitfield"],
        taken_at=THEN,
    )
    Submission.objects.create(
        submission_id=uuid4(),
        meeting=meeting,
        submitted_by=world.users["whitfield"],
        submitted_at=THEN,
        version=1,
    )
    return meeting


def _written(world: World, meeting: ClassMeeting, student: Student) -> Mark:
    enrollment = Enrollment.objects.create(
        student=student, school=world.lincoln, grade="09", starts_on=STARTS, ends_on=ENDS, entry_code="E1"
    )
    line = {"student": student, "section": world.sections["1"], "starts_on": STARTS, "ends_on": ENDS}
    SectionEnrollment.objects.create(source_id=f"old-{student.pk}", **line)
    DailyAttendance.objects.create(
        student=student, date=DAY, school=world.lincoln, enrollment=enrollment, status="present"
    )
    mark = Mark.objects.create(
        meeting=meeting,
        student=student,
        status="present",
        minutes_attended=55,
        marked_by=world.users["whitfield"],
        marked_at=THEN,
    )
    mark.status, mark.minutes_attended, mark.reason = "absent", 0, "Was at home"
    mark.save()
    return mark


def raw_count(model: type[models.Model]) -> int:
    """How many rows a table holds."""
    return model._base_manager.count()
