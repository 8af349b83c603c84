"""Every constraint of retention, broken once; and what the database keeps, whoever asks."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from attendance.models import ClassMeeting, Mark, MeetingState
from students.models import (
    Disposal,
    DisposalState,
    LegalHold,
    RemovedRows,
    RetentionPolicy,
    SectionEnrollment,
)
from students.retention import Group, kept_tables
from students.services.holding import held_tables
from tests.broken_constraints import assert_refused_by
from tests.retention.old_year import DAY, OldYear
from tests.world import NOW, TODAY, World

SHA = "0" * 64


def policy(world: World, **fields: object) -> RetentionPolicy:
    given = {"starts_on": TODAY, "documentation_years": 5, "support_years": 2, "reason": "Board", "entered_at": NOW}
    return RetentionPolicy(**{**given, "entered_by": world.users["reyes"], **fields})


def hold(world: World, **fields: object) -> LegalHold:
    given = {"submission_id": uuid4(), "reason": "Case 12", "placed_by": world.users["reyes"], "placed_at": NOW}
    return LegalHold(**{**given, "school": world.lincoln, **fields})


def disposal(world: World, **fields: object) -> Disposal:
    given = {"submission_id": uuid4(), "school_year": world.year, "kind": "documentation", "reason": "Board"}
    return Disposal(**{**given, "proposed_by": world.users["reyes"], "proposed_at": NOW, **fields})


def confirmed(world: World, **fields: object) -> Disposal:
    signed = {"confirmed_by": world.users["novak"], "confirmed_at": NOW, "state": DisposalState.CONFIRMED}
    return disposal(world, **{**signed, **fields})


def removal(world: World, **fields: object) -> RemovedRows:
    of = Disposal.objects.first() or disposal(world)
    of.save()
    given = {"disposal": of, "table": "attendance_mark", "batch": 1, "rows": 1, "sha256": SHA, "removed_at": NOW}
    return RemovedRows(**{**given, **fields})


BROKEN = {
    "one_retention_policy_from_a_day": lambda world: [policy(world), policy(world)],
    "documentation_is_kept_five_years": lambda world: [policy(world, documentation_years=4)],
    "support_records_are_kept_a_year": lambda world: [policy(world, support_years=0)],
    "legal_hold_says_of_what": lambda world: [hold(world, school=None)],
    "lifted_hold_says_who_and_why": lambda world: [hold(world, lifted_at=NOW, lifted_by=world.users["reyes"])],
    "one_unfinished_disposal_per_year_and_kind": lambda world: [disposal(world), confirmed(world)],
    "disposal_takes_two_persons": lambda world: [confirmed(world, confirmed_by=world.users["reyes"])],
    "disposal_is_carried_out_when_confirmed": lambda world: [disposal(world, state=DisposalState.CONFIRMED)],
    "running_disposal_has_a_lease": lambda world: [confirmed(world, state=DisposalState.RUNNING)],
    "finished_disposal_has_its_proof": lambda world: [confirmed(world, state=DisposalState.DONE, finished_at=NOW)],
    "one_removal_per_table_and_batch": lambda world: [removal(world), removal(world)],
    "removal_is_of_some_rows": lambda world: [removal(world, rows=0)],
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_it_with_words(world: World, name: str) -> None:
    *before, broken = BROKEN[name](world)
    for each in before:
        each.save()
    assert_refused_by(name, broken)


@pytest.mark.parametrize("row", [hold, disposal], ids=["hold", "disposal"])
def test_holds_and_disposals_are_never_deleted(world: World, row) -> None:
    kept = row(world)
    kept.save()
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        kept.delete()


def test_MS31_every_table_of_documentation_is_held_by_the_database(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'kept_until_disposal'")
        held = {table for (table,) in cursor.fetchall()}
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'kept_until_disposal_whole'")
        assert {table for (table,) in cursor.fetchall()} == held
    assert held == {each.table for each in held_tables()}
    assert len(held) > 60
    # Derived from records, or rewritten by each import.
    derived = {each.table for each in kept_tables(Group.DOCUMENTATION)} - held
    assert derived == {
        "attendance_dailyattendance",
        "attendance_gradeday",
        "attendance_sectionmeetingtime",
        "reporting_chroniccount",
        "reporting_finding",
    }


def test_MS31_the_database_refuses_to_delete_a_mark_or_to_remove_evidence(old: OldYear) -> None:
    for statement in (
        "DELETE FROM attendance_mark",
        "SELECT retention_remove('attendance_mark', ARRAY(SELECT id FROM attendance_mark))",
        "SELECT retention_remove('attendance_document', ARRAY(SELECT id FROM attendance_document))",
        "SELECT retention_remove('attendance_markevent', ARRAY(SELECT pgh_id FROM attendance_markevent))",
        "DELETE FROM attendance_excuse",
        "DELETE FROM students_enrollment",
        "DELETE FROM students_sectionenrollment",
    ):
        with pytest.raises(DatabaseError, match="kept") as refused, transaction.atomic():
            connection.cursor().execute(statement)
        assert refused.value.__cause__.diag.constraint_name == "kept_until_disposal"
    # What holds the disposals themselves is nobody's to remove by this way.
    with pytest.raises(DatabaseError, match="Nothing is disposed of"), transaction.atomic():
        connection.cursor().execute("SELECT retention_remove('students_removedrows', ARRAY[1])")


def test_what_was_never_a_record_may_go(old: OldYear) -> None:
    """An untaken class, a day of the ledger, a roster line under which nobody was marked."""
    untaken = ClassMeeting.objects.create(
        section=old.world.sections["2"],
        school=old.world.lincoln,
        date=DAY,
        period="2",
        starts_at="09:00",
        ends_at="09:55",
        instructional_minutes=55,
    )
    untaken.delete()
    taken = ClassMeeting.objects.get(state=MeetingState.TAKEN)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM attendance_dailyattendance")
    line = SectionEnrollment.objects.filter(section=old.world.sections["2"]).first()
    line.delete()
    # Two lines of one student made one: the marks stand under the other.
    marked = SectionEnrollment.objects.get(source_id=f"old-{old.left.pk}")
    more = SectionEnrollment.objects.create(
        source_id="other", student=old.left, section=marked.section, starts_on="2013-05-25"
    )
    marked.delete()
    assert more.pk
    assert Mark.objects.filter(meeting=taken).count() == 2
