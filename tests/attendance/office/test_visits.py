"""Visits are entered by the nurse and the counselor themselves: a student of their school, with times, nothing else."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import DailyAttendance, OfficeEvent
from attendance.selectors.visits import visits_page
from attendance.services.ledger import check
from attendance.services.office import record_entry
from attendance.services.visits import record_visit, withdraw_visit
from students.models import Role
from students.refusals import Forbidden, NotInScope, Refused
from tests.attendance.acts import take
from tests.attendance.office.deeds import enter
from tests.attendance.pages.visitors import client_of
from tests.world import NOW, TODAY, World, add_student, at, give_role

NURSE, COUNSELOR = "tran", "osei"


def visit(world: World, by: str, kind: str, name: str = "Abara", **given):
    said = {"submission_id": uuid4(), "kind": kind, "day": TODAY, "starts_at": time(8, 10), "ends_at": time(8, 50)}
    return record_visit(world.scope(by, at(17)), world.lincoln.pk, world.students[name].pk, **said | given)


def attended(world: World, name: str = "Abara") -> int:
    return DailyAttendance.objects.get(student=world.students[name], date=TODAY).minutes_attended


def test_RD07_the_minutes_of_a_visit_are_attended_until_it_is_withdrawn(opened_world: World) -> None:
    world = opened_world
    take(world, "1", day=TODAY, Abara="absent")
    made = visit(world, NURSE, "nurse")
    assert attended(world) == 40
    visit(world, COUNSELOR, "counselor", starts_at=time(8, 45), ends_at=time(8, 55))
    assert attended(world) == 45
    assert withdraw_visit(world.scope(NURSE, at(17)), made.entry.pk, reason="Another student") == 1
    assert attended(world) == 10
    assert check(world.installation) == []
    # No word of health: teachers read a time with the office, and nothing can be typed (RD-60).
    page = client_of(world, "whitfield").get(f"/meetings/{take(world, '2', day=TODAY).pk}/").content.decode()
    assert "with the office 8:45 to 8:55" in page
    assert "nurse" not in page.lower()


def test_who_receives_visits_enters_those_alone_and_in_the_own_school_alone(opened_world: World) -> None:
    world = opened_world
    for by, kind in [(NURSE, "counselor"), (COUNSELOR, "nurse"), (NURSE, "sign_in"), ("whitfield", "nurse")]:
        with pytest.raises(Forbidden):
            visit(world, by, kind)
    with pytest.raises(NotInScope):
        record_visit(
            world.scope(NURSE, at(17)),
            world.washington.pk,
            world.students["Shah"].pk,
            submission_id=uuid4(),
            kind="nurse",
            day=TODAY,
            starts_at=time(8),
            ends_at=time(9),
        )
    for refused, said in [
        ({"name": "Shah"}, "1 unknown"),
        ({"starts_at": None, "ends_at": None}, "Give the times"),
        ({"day": TODAY + timedelta(days=1)}, "on its day"),
        ({"starts_at": time(9), "ends_at": time(8)}, "a later end"),
    ]:
        with pytest.raises(Refused, match=said):
            visit(world, NURSE, "nurse", **refused)
    with pytest.raises(Forbidden):
        record_entry(
            world.scope(NURSE),
            world.lincoln.pk,
            [world.students["Abara"].pk],
            submission_id=uuid4(),
            kind="nurse",
            starts_on=TODAY,
            starts_at=time(8),
            ends_at=time(9),
        )
    assert not OfficeEvent.objects.exists()


def test_an_entry_of_the_office_is_not_theirs_to_withdraw_nor_anothers_visit(opened_world: World) -> None:
    world = opened_world
    trip = enter(world, "activity", "Abara", starts=time(10), ends=time(11))
    made = visit(world, COUNSELOR, "counselor")
    for entry_id, refusal in [(trip.entry.pk, NotInScope), (made.entry.pk, Forbidden), (0, NotInScope)]:
        with pytest.raises(refusal):
            withdraw_visit(world.scope(NURSE), entry_id, reason="Mine")
    with pytest.raises(Refused, match="Say why"):
        withdraw_visit(world.scope(COUNSELOR), made.entry.pk, reason=" ")
    assert not OfficeEvent.objects.exclude(withdrawn_at=None).exists()


def test_a_visit_is_found_entered_and_withdrawn_on_the_page(opened_world: World) -> None:
    world = opened_world
    nurse = client_of(world, NURSE)
    live = nurse.post("/visits/", {"words": "aba"}, headers={"HX-Request": "true"}).content.decode()
    assert "Abara, Chidi" in live
    assert "<html" not in live
    assert "autofocus" not in live
    sent = {"words": "aba", "submission_id": str(uuid4()), "student": world.students["Abara"].pk}
    assert nurse.post("/visits/", sent).status_code == 422
    sent |= {"starts_at": "08:10", "ends_at": "08:50"}
    assert nurse.post("/visits/", sent).status_code == nurse.post("/visits/", sent).status_code == 302
    event = OfficeEvent.objects.get()
    page = nurse.get("/visits/").content.decode()
    assert "Abara, Chidi" in page
    assert 'aria-current="page">Visits' in page
    assert "Counselor" not in page
    assert nurse.post("/visits/", {"entry": event.entry_id}).status_code == 422
    assert nurse.post("/visits/", {"entry": event.entry_id, "reason": "Another student"}).status_code == 302
    event.refresh_from_db()
    assert event.withdrawn_reason == "Another student"
    for who, status in [("whitfield", 403), ("hale", 403), ("mayfield", 403), (COUNSELOR, 200), ("okafor", 200)]:
        assert client_of(world, who).get("/visits/").status_code == status
    assert client_of(world, NURSE).get("/visits/", {"school": world.washington.pk}).status_code == 404
    # A district's nurse has every school.
    give_role(world, "novak", Role.NURSE, None)
    assert "Washington" in client_of(world, "novak").get("/visits/").content.decode()


def test_the_page_asks_as_many_statements_whatever_is_entered(opened_world: World) -> None:
    world = opened_world

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            visits_page(world.scope(NURSE, NOW), None, "nurse", TODAY)
        return len(asked)

    visit(world, NURSE, "nurse")
    first = statements()
    for number in range(5):
        key = f"Visitor{number}"
        add_student(world, f"{key} Ann", f"99900000{number}", world.lincoln)
        visit(world, NURSE, "nurse", key)
    assert statements() == first
