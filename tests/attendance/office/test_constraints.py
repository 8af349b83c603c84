"""Every constraint of what the office enters, broken once; what lies just beside is taken."""

from datetime import date, time
from uuid import uuid4

from django.db import connection

from attendance.models import AbsenceCall, OfficeEntry, OfficeEvent
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, TODAY, YESTERDAY, World


def entry(world: World, kind: str = "activity", **fields: object) -> OfficeEntry:
    given = {"submission_id": uuid4(), "school": world.lincoln, "kind": kind}
    return OfficeEntry(**{**given, "entered_by": world.users["okafor"], "entered_at": NOW, **fields})


def event(world: World, kind: str = "activity", **fields: object) -> OfficeEvent:
    """Abara, today; the entry is saved with it."""
    its = entry(world, kind)
    its.save()
    given = {"entry": its, "student": world.students["Abara"], "kind": kind, "starts_on": TODAY, "ends_on": TODAY}
    return OfficeEvent(**{**given, **fields})


def call(world: World, **fields: object) -> AbsenceCall:
    given = {"submission_id": uuid4(), "student": world.students["Abara"], "school": world.lincoln, "date": TODAY}
    return AbsenceCall(**{**given, "called_by": world.users["okafor"], "called_at": NOW, **fields})


def again(row: OfficeEvent) -> OfficeEvent:
    """The same student once more in the same entry."""
    row.save()
    return OfficeEvent(
        entry=row.entry, student=row.student, kind=row.kind, starts_on=row.starts_on, ends_on=row.ends_on
    )


def saved_entry(world: World) -> OfficeEntry:
    its = entry(world)
    its.save()
    return its


def test_the_database_refuses_what_each_constraint_forbids(world: World) -> None:
    okafor = world.users["okafor"]
    nine, ten = time(9), time(10)
    for name, row in [
        ("nurse_visit_shows_no_words", entry(world, "nurse", shown_as="Headache")),
        ("one_office_event_per_entry_and_student", again(event(world))),
        ("office_event_ends_after_start", event(world, ends_on=YESTERDAY)),
        ("sign_in_and_out_are_one_minute", event(world, "sign_in")),
        ("sign_in_and_out_are_one_minute", event(world, "sign_in", starts_at=nine, ends_at=ten)),
        ("sign_in_and_out_are_one_minute", event(world, "sign_out", starts_at=nine, starts_on=YESTERDAY)),
        ("office_times_are_of_one_day", event(world, starts_at=nine)),
        ("office_times_are_of_one_day", event(world, ends_at=nine)),
        ("office_times_are_of_one_day", event(world, "nurse", starts_at=nine, ends_at=nine)),
        ("office_times_are_of_one_day", event(world, starts_at=nine, ends_at=ten, starts_on=YESTERDAY)),
        ("suspension_is_of_whole_days", event(world, "suspension", starts_at=nine, ends_at=ten)),
        ("withdrawn_office_event_says_who_and_why", event(world, withdrawn_at=NOW, withdrawn_by=okafor)),
        ("withdrawn_office_event_says_who_and_why", event(world, withdrawn_at=NOW, withdrawn_reason="Wrong.")),
        ("reported_by_phone_is_entered", call(world, outcome="reported")),
        ("reported_by_phone_is_entered", call(world, outcome="no_answer", entry=saved_entry(world))),
    ]:
        assert_refused_by(name, row)


def test_the_database_takes_what_lies_just_beside(world: World) -> None:
    okafor = world.users["okafor"]
    for row in [
        entry(world, "nurse", note="Headache"),
        entry(world, "activity", shown_as="Band trip"),
        event(world, "sign_in", starts_at=time(9)),
        event(world, starts_at=time(9), ends_at=time(9, 1)),
        event(world, "reported_absence", ends_on=date(2020, 11, 6)),
        event(world, "in_school_suspension", starts_at=time(9), ends_at=time(10)),
        event(world, withdrawn_at=NOW, withdrawn_by=okafor, withdrawn_reason="Another student."),
        call(world, outcome="no_answer"),
        call(world, outcome="reported", entry=saved_entry(world)),
    ]:
        row.validate_constraints()
        row.save(force_insert=True)
    connection.check_constraints()
