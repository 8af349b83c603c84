"""D13 of the decisions: evidence is never rewritten, and the application cannot change the tables it stands in."""

import contextlib
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import psycopg2
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, models, transaction

from attendance.models import (
    AbsenceCall,
    AdoptedCalendar,
    AmendedDay,
    BellChange,
    CalendarEdit,
    ClassMeeting,
    Engagement,
    FamilyNote,
    FrozenMonth,
    Mark,
    NoteThread,
    OfficeEntry,
    Submission,
    WaivedDay,
    WaiverDocument,
    WeekReport,
    WeekSubmission,
)
from attendance.services.days import open_day
from attendance.services.excuse_documents import open_document
from interventions.models import (
    Case,
    Disclosure,
    LetterBatch,
    LetterTemplate,
    Partner,
    Referral,
    ReferralMove,
    TimelineEntry,
)
from reporting.models import (
    AuditPacket,
    ExportFile,
    Filing,
    MonthRun,
    PacketLog,
    PacketSubject,
)
from students.models import Disposal, RemovedRows, RetentionPolicy, RosterImport
from students.services.privileges import append_only_tables
from tests.architecture.kept_tables import EVIDENCE, HISTORIES
from tests.attendance.acts import excuse, upload
from tests.reporting.signing import signed_rows
from tests.world import NOW, TODAY, YEAR_STARTS, World

KEPT = sorted(HISTORIES | EVIDENCE)
REFUSED = ["UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES"]


def holds(right: str, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, %s, %s)", [table, right])
        return cursor.fetchone()[0]


def refusal(statement: str) -> str:
    """The database's code for refusing a statement."""
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return refused.value.__cause__.pgcode


INSUFFICIENT_PRIVILEGE = "42501"


def test_what_is_kept_is_known_by_name() -> None:
    assert append_only_tables() == HISTORIES | EVIDENCE


def test_every_history_of_ours_is_kept() -> None:
    tracked = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    assert {model._meta.db_table for model in tracked} == HISTORIES
    assert {f"{model.pgh_tracked_model._meta.db_table}event" for model in tracked} == HISTORIES


@pytest.mark.django_db
@pytest.mark.parametrize("table", KEPT)
def test_the_application_may_add_evidence_and_read_it_and_nothing_else(table: str) -> None:
    assert holds("SELECT", table)
    assert holds("INSERT", table)
    assert [right for right in REFUSED if holds(right, table)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("table", KEPT)
def test_the_application_is_refused_when_it_tries(table: str) -> None:
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        wanted = statement.replace("SET id = id", "SET pgh_id = pgh_id") if table in HISTORIES else statement
        assert refusal(wanted) == INSUFFICIENT_PRIVILEGE


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE INDEX mine ON students_student (given_name)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE students_student ADD COLUMN mine int",
        "ALTER TABLE attendance_markevent DISABLE TRIGGER ALL",
        "ALTER TABLE attendance_dailyattendance DROP CONSTRAINT absences_alone_have_a_kind",
        "DROP TABLE students_student",
        "DROP TRIGGER pgtrigger_submissions_are_kept_381cf ON attendance_submission",
        "TRUNCATE students_student CASCADE",
        "SET session_replication_role = replica",
        "SET ROLE first_bell_owner",
    ],
)
def test_the_application_cannot_change_the_schema_or_its_own_rights(statement: str) -> None:
    assert refusal(statement) == INSUFFICIENT_PRIVILEGE


@pytest.mark.django_db
def test_the_application_cannot_give_itself_a_right() -> None:
    # Of a table that is another's PostgreSQL gives nothing, with a warning or an error.
    with contextlib.suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE ON attendance_markevent TO CURRENT_USER")
    assert not holds("UPDATE", "attendance_markevent")


@pytest.mark.django_db
def test_the_application_owns_nothing_and_is_no_member_of_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole AND NOT relisshared")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [connections["owner"].settings_dict["USER"]])
        assert cursor.fetchone() == (False,)


@pytest.mark.django_db
def test_the_application_cannot_claim_that_a_migration_was_made() -> None:
    assert holds("SELECT", "django_migrations")
    assert [right for right in ["INSERT", *REFUSED] if holds(right, "django_migrations")] == []


@pytest.mark.django_db
def test_the_application_may_still_do_its_daily_work() -> None:
    for table in ("attendance_mark", "attendance_dailyattendance", "students_enrollment"):
        assert all(holds(right, table) for right in ("SELECT", "INSERT", "UPDATE", "DELETE"))


def evidence(world: World) -> list[models.Model]:
    """A committed row of each kind of evidence."""
    open_day(world.installation, world.lincoln.pk, TODAY)
    meeting = ClassMeeting.objects.filter(school=world.lincoln).first()
    run = MonthRun.objects.create(
        school=world.lincoln,
        school_year=world.year,
        month=2,
        starts_on=TODAY,
        ends_on=TODAY,
        requested_at=NOW,
        submission_id=uuid4(),
    )
    beyond = YEAR_STARTS - timedelta(days=9)
    return [
        FrozenMonth.objects.create(school=world.lincoln, starts_on=beyond, ends_on=beyond, frozen_at=NOW),
        AmendedDay.objects.create(
            school=world.lincoln, date=beyond, what="calendar", reason="Fog", amended_at=NOW, change=1
        ),
        RosterImport.objects.create(applied_at=NOW, file_name="roster.zip", sha256="0" * 64, counts={}),
        BellChange.objects.create(
            submission_id=uuid4(),
            bell_schedule=world.lincoln.bell_schedules.get(),
            holds_from=TODAY,
            reason="Assembly",
            made_by=world.users["okafor"],
            made_at=NOW,
        ),
        Submission.objects.create(
            submission_id=uuid4(), meeting=meeting, submitted_by=world.users["whitfield"], submitted_at=NOW, version=1
        ),
        WeekSubmission.objects.create(
            submission_id=uuid4(),
            section=world.sections["1"],
            monday=date(2020, 10, 26),
            submitted_by=world.users["whitfield"],
            submitted_at=NOW,
            version=1,
        ),
        OfficeEntry.objects.create(
            submission_id=uuid4(),
            school=world.lincoln,
            kind="activity",
            entered_by=world.users["okafor"],
            entered_at=NOW,
        ),
        WeekReport.objects.create(
            submission_id=uuid4(),
            section=world.sections["1"],
            week_starts_on=date(2020, 10, 19),
            reported_by=world.users["whitfield"],
            reported_at=NOW,
        ),
        AbsenceCall.objects.create(
            submission_id=uuid4(),
            school=world.lincoln,
            student=world.students["Abara"],
            date=TODAY,
            outcome="no_answer",
            called_by=world.users["okafor"],
            called_at=NOW,
        ),
        CalendarEdit.objects.create(
            submission_id=uuid4(), edited_by=world.users["reyes"], edited_at=NOW, reason="Ice", days=1
        ),
        AdoptedCalendar.objects.create(
            submission_id=uuid4(),
            school=world.lincoln,
            first_year=2020,
            session_days=[TODAY],
            adopted_on=TODAY,
            document="Minutes",
            recorded_by=world.users["reyes"],
            recorded_at=NOW,
        ),
        ExportFile.objects.create(run=run, name="package.zip", sha256="0" * 64, content=b"bytes"),
        Filing.objects.create(
            run=run,
            record_set="Calendar",
            sha256="0" * 64,
            event="filed",
            submission_id=uuid4(),
            recorded_at=NOW,
            recorded_by=world.users["reyes"],
        ),
        *signed_rows(world, run),
        *opened_document(world),
        waivers_document(world),
        Engagement.objects.create(
            event_id="e1",
            source="lms_api",
            student=world.students["Abara"],
            measure="lms_activity",
            happened_at=NOW,
            day=TODAY,
            received_by=world.users["reyes"],
            received_at=NOW,
        ),
        FamilyNote.objects.create(
            submission_id=uuid4(),
            thread=NoteThread.objects.create(student=world.students["Abara"], last_at=NOW),
            from_family=False,
            words="Thank you.",
            written_by=world.users["okafor"],
            written_at=NOW,
        ),
        voided(world, meeting),
        *packet(world),
        *retained(world),
        *care(world),
    ]


def retained(world: World) -> list[models.Model]:
    """For how long records are kept, and what a disposal removed."""
    by, at = world.users["reyes"], NOW
    policy = {"documentation_years": 5, "support_years": 2, "reason": "Board", "entered_by": by, "entered_at": at}
    agreed = Disposal.objects.create(
        submission_id=uuid4(), school_year=world.year, kind="support", reason="Board", proposed_by=by, proposed_at=at
    )
    removed = {"table": "interventions_message", "batch": 1, "rows": 1, "sha256": "0" * 64, "removed_at": at}
    return [
        RetentionPolicy.objects.create(starts_on=TODAY, **policy),
        RemovedRows.objects.create(disposal=agreed, **removed),
    ]


def opened_document(world: World) -> list[models.Model]:
    """A document on file, and the note that somebody opened it."""
    document = excuse(world, "Abara", uploads=[upload()]).documents.get()
    open_document(world.scope("okafor"), document.pk).stream.close()
    return [document, document.openings.get()]


def packet(world: World) -> list[models.Model]:
    """Of whom a packet of evidence tells, and who asked for it."""
    student, by = world.students["Abara"], world.users["hale"]
    span = {"starts_on": TODAY, "ends_on": TODAY, "requested_by": by, "requested_at": NOW}
    asked = AuditPacket.objects.create(
        submission_id=uuid4(), kind="student", student=student, basis="audit", recipient="State auditor", **span
    )
    return [
        PacketSubject.objects.create(packet=asked, student=student),
        PacketLog.objects.create(packet=asked, act="asked", by=by, at=NOW),
    ]


def care(world: World) -> list[models.Model]:
    """An entry of a case's timeline, a referral's history, and what was told of the student."""
    student, by, at = world.students["Abara"], world.users["okafor"], NOW
    opened = Case.objects.create(
        student=student, year=world.year, school=world.lincoln, tier=1, opened_at=at, opened_on=TODAY
    )
    partner = Partner.objects.create(
        submission_id=uuid4(), kind="region", name="Region North", entered_by=by, entered_at=at
    )
    referral = Referral.objects.create(
        submission_id=uuid4(),
        student=student,
        case=opened,
        partner=partner,
        basis="school_official",
        shared=["name"],
        answer_due_on=TODAY,
        made_by=by,
        made_at=at,
    )
    told = {"to": partner.name, "basis": referral.basis, "shared": referral.shared}
    return [
        TimelineEntry.objects.create(case=opened, kind="opened", at=at),
        ReferralMove.objects.create(referral=referral, status="made", at=at, by=by),
        LetterTemplate.objects.first(),
        LetterBatch.objects.create(submission_id=uuid4(), way="office", printed_by=by, printed_at=at),
        Disclosure.objects.create(student=student, at=at, by=by, **told),
    ]


def waivers_document(world: World) -> models.Model:
    """The order by which a day was waived, on file."""
    by = {"entered_by": world.users["reyes"], "entered_at": NOW, "submission_id": uuid4()}
    waiver = WaivedDay.objects.create(school=world.lincoln, date=TODAY, reason="outbreak", **by)
    file = {"file_name": "order.pdf", "content_type": "application/pdf", "size_bytes": 9, "sha256": "0" * 64}
    return WaiverDocument.objects.create(
        waiver=waiver, storage_name="0" * 32, uploaded_by=world.users["reyes"], uploaded_at=NOW, **file
    )


def voided(world: World, meeting: ClassMeeting) -> models.Model:
    """The history that voiding a meeting leaves."""
    meeting.state, meeting.void_reason, meeting.voided_by = "void", "Fire drill", world.users["okafor"]
    meeting.save()
    history = apps.get_model("attendance", "ClassMeetingEvent")
    return history.objects.get()


@pytest.fixture
def owner(committed_world: World) -> Iterator[psycopg2.extensions.cursor]:
    """A connection of the owner's, after the world has been committed."""
    settings = connections["owner"].settings_dict
    connected = psycopg2.connect(dbname=settings["NAME"], user=settings["USER"], **settings["OPTIONS"])
    connected.autocommit = True
    yield connected.cursor()
    connected.close()


def test_triggers_refuse_even_the_owner(committed_world: World, owner: psycopg2.extensions.cursor) -> None:
    rows = evidence(committed_world)
    assert {row._meta.db_table for row in rows} >= EVIDENCE
    for row in rows:
        table, key = row._meta.db_table, row._meta.pk.column
        for statement in (f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"):
            with pytest.raises(psycopg2.Error, match="Cannot update or delete"):
                owner.execute(statement)
        assert type(row).objects.filter(pk=row.pk).exists()


def test_the_owner_cannot_rewrite_a_history_of_marks(committed_world: World, owner: psycopg2.extensions.cursor) -> None:
    open_day(committed_world.installation, committed_world.lincoln.pk, TODAY)
    mark = Mark.objects.create(
        meeting=ClassMeeting.objects.filter(school=committed_world.lincoln).first(),
        student=committed_world.students["Abara"],
        status="absent",
        minutes_attended=0,
        marked_by=committed_world.users["whitfield"],
        marked_at=NOW,
    )
    mark.status, mark.minutes_attended = "present", 55
    mark.save()
    before = apps.get_model("attendance", "MarkEvent").objects.get()
    assert (before.status, before.minutes_attended) == ("absent", 0)
    with pytest.raises(psycopg2.Error, match="Cannot update or delete"):
        owner.execute("UPDATE attendance_markevent SET status = 'present'")
