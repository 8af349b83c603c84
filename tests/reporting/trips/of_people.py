"""Students, enrollments, excuses and notices that a month finds wanting."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

from attendance.models import DailyAttendance, Document, Excuse, OfficeEntry, OfficeEvent
from attendance.services.excuse_documents import add_documents
from interventions.models import TruancyNotice
from students.models import Enrollment, Guardian, RosterImport, Student, User
from tests.attendance.acts import upload
from tests.reporting.months import AFTER, FIRST, LAST
from tests.reporting.trips import changed, judged, trips
from tests.reporting.trips.of_classes import DAY
from tests.world import YEAR_STARTS, World, at


@contextmanager
def enrolled(world: World, name: str, **values: object) -> Iterator[None]:
    with changed(Enrollment.objects.filter(student=world.students[name]), **values):
        judged(world, name)
        yield
    judged(world, name)


@trips("no_state_id")
def _a_student_has_no_state_id(world: World) -> Iterator[None]:
    with changed(Student.objects.filter(pk=world.students["Hollis"].pk), state_id=""):
        yield


@trips("grade_missing")
def _an_enrollment_has_no_grade(world: World) -> Iterator[None]:
    with enrolled(world, "Hollis", grade=""):
        yield


@trips("entry_code_missing")
def _an_enrollment_has_no_entry_code(world: World) -> Iterator[None]:
    with enrolled(world, "Hollis", entry_code=""):
        yield


@trips("exit_code_missing")
def _an_enrollment_ends_without_a_code(world: World) -> Iterator[None]:
    with enrolled(world, "Hollis", ends_on=LAST):
        yield


@trips("unknown_entry_code")
def _an_entry_code_is_not_the_states(world: World) -> Iterator[None]:
    with enrolled(world, "Hollis", entry_code="Q7"):
        yield


@trips("unknown_exit_code")
def _an_exit_code_is_not_the_states(world: World) -> Iterator[None]:
    with enrolled(world, "Hollis", ends_on=LAST, exit_code="Q7"):
        yield


@trips("exit_code_without_value")
def _an_exit_code_has_no_public_value(world: World) -> Iterator[None]:
    with enrolled(world, "Hollis", ends_on=LAST, exit_code="D07"):
        yield


@trips("exit_not_in_session")
def _a_student_enters_and_leaves_on_a_weekend(world: World) -> Iterator[None]:
    saturday = FIRST + timedelta(days=5)
    with enrolled(world, "Hollis", starts_on=saturday, ends_on=saturday, exit_code="T2"):
        yield


@trips("no_show_was_seen")
def _a_no_show_was_in_class(world: World) -> Iterator[None]:
    with enrolled(world, "Hollis", ends_on=LAST, exit_code="NS"):
        yield


@trips("nobody_to_tell")
def _a_mother_has_no_number(world: World) -> Iterator[None]:
    with changed(Guardian.objects.filter(links__student=world.students["Hollis"]), phone=""):
        yield


@trips("old_roster")
def _the_roster_is_of_the_summer(world: World) -> Iterator[None]:
    RosterImport.objects.create(applied_at=at(9, day=date(2020, 10, 1)), file_name="a", sha256="0", counts={})
    yield
    RosterImport.objects.create(applied_at=AFTER, file_name="b", sha256="1", counts={})


def excuse(world: World, **said: object) -> Excuse:
    """An excuse of Abara, who was absent on the day."""
    facts = {"starts_on": DAY, "ends_on": DAY, "reason": "illness", "document_kind": "none"}
    facts |= {"entered_by": world.users["okafor"], "entered_at": AFTER, "submission_id": uuid4()}
    return Excuse.objects.create(student=world.students["Abara"], **facts | said)


def withdrawn(world: World, held: Excuse) -> None:
    Excuse.objects.filter(pk=held.pk).update(
        withdrawn_at=AFTER, withdrawn_by=world.users["okafor"], withdrawn_reason="No more"
    )
    judged(world, "Abara", first=DAY, last=DAY)


@trips("excuse_without_document")
def _an_excuse_waits_for_its_paper(world: World) -> Iterator[None]:
    held = excuse(world)
    judged(world, "Abara", first=DAY, last=DAY)
    yield
    withdrawn(world, held)


@trips("excused_without_document")
def _an_absence_is_excused_by_nothing(world: World) -> Iterator[None]:
    decided = {"decision": "accepted", "decision_reason": "By telephone", "decided_at": AFTER}
    held = excuse(world, reason="other", decided_by=world.users["okafor"], **decided)
    judged(world, "Abara", first=DAY, last=DAY)
    yield
    withdrawn(world, held)


@trips("excused_on_paper")
def _an_absence_is_excused_on_paper(world: World) -> Iterator[None]:
    held = excuse(world, document_kind="medical", document_seen_on=DAY)
    judged(world, "Abara", first=DAY, last=DAY)
    yield
    add_documents(world.scope("okafor", AFTER), held.pk, uploads=[upload()], kind="medical", submission_id=uuid4())
    assert Document.objects.filter(excuse=held).exists()
    judged(world, "Abara", first=DAY, last=DAY)


@trips("suspension_not_unexcused")
def _a_suspended_student_counts_as_present(world: World) -> Iterator[None]:
    entry = OfficeEntry.objects.create(
        submission_id=uuid4(), school=world.lincoln, kind="suspension", entered_by=world.users["okafor"],
        entered_at=AFTER,
    )  # fmt: skip
    event = OfficeEvent.objects.create(
        entry=entry, student=world.students["Abara"], kind="suspension", starts_on=DAY, ends_on=DAY
    )
    DailyAttendance.objects.filter(student=world.students["Abara"], date=DAY).update(status="present", absence_kind="")
    yield
    OfficeEvent.objects.filter(pk=event.pk).update(
        withdrawn_at=AFTER, withdrawn_by=world.users["okafor"], withdrawn_reason="Another student"
    )
    judged(world, "Abara", first=DAY, last=DAY)


def notice(world: World, **said: object) -> TruancyNotice:
    """A notice of Grant that was due in the month."""
    facts = {"year": world.year, "school": world.lincoln, "threshold": 1, "is_final": False, "noticed_at": AFTER}
    days = {"unlawful_on": [DAY], "crossed_on": DAY, "clock_starts_on": DAY, "due_on": DAY + timedelta(days=2)}
    return TruancyNotice.objects.create(**{"student": world.students["Grant"], **facts, **days, **said})


def no_longer_owed(held: TruancyNotice) -> None:
    TruancyNotice.objects.filter(pk=held.pk).update(withdrawn_at=AFTER, withdrawn_why="count", withdrawn_absences=0)


@trips("truancy_notice_late")
def _the_officer_was_told_late(world: World) -> Iterator[None]:
    told = {"reported_by": world.users["osei"], "reported_at": AFTER}
    held = notice(world, reported_on=DAY + timedelta(days=5), **told)
    yield
    no_longer_owed(held)


@trips("truancy_notice_not_sent")
def _the_officer_was_not_told(world: World) -> Iterator[None]:
    held = notice(world, student=world.students["Hollis"])
    yield
    no_longer_owed(held)


@trips("notice_without_enrollment")
def _a_notice_is_of_a_student_without_an_enrollment_here(world: World) -> Iterator[None]:
    shah = world.students["Shah"]
    no_longer_owed(notice(world, student=shah))
    yield
    here = {"school": world.lincoln, "grade": "09", "entry_code": "E1", "exit_code": "T2", "is_primary": False}
    Enrollment.objects.create(student=shah, starts_on=YEAR_STARTS, ends_on=YEAR_STARTS, **here)


@trips("teacher_without_id")
def _a_teacher_is_not_of_the_roster(world: World) -> Iterator[None]:
    with changed(User.objects.filter(pk=world.users["whitfield"].pk), source_id=None):
        yield
