"""The absences to be called about. Two classes of today are taken; it is Tuesday, 10:00."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import AbsenceCall, OfficeEvent
from attendance.selectors.calls_page import calls_page
from attendance.services.calls import record_call
from students.models import Guardian, GuardianLink
from students.refusals import Forbidden, NotInScope, Refused
from tests.attendance.acts import excuse, take
from tests.attendance.office.deeds import enter
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, YEAR_STARTS, World

MISSING = ("Abara", "Baptiste", "Castillo", "Delgado", "Grant")


def guardian(world: World, name: str, order: int, **link: object) -> Guardian:
    person = Guardian.objects.create(given_name=f"G{order}", family_name=name, phone=f"601-555-010{order}")
    given = {"relationship": "mother", "may_contact": True, "starts_on": YEAR_STARTS, "contact_order": order}
    GuardianLink.objects.create(guardian=person, student=world.students[name], **given | link)
    return person


@pytest.fixture
def missing(opened_world: World) -> World:
    world = opened_world
    take(world, "1", day=TODAY, **dict.fromkeys(MISSING, "absent"))
    take(world, "2", day=TODAY, Abara="absent", Hollis="absent")
    return world


def listed(world: World, **asked: str) -> list[str]:
    lines = calls_page(world.scope("mayfield"), world.lincoln.pk, TODAY, **asked).lines
    return [each.name.partition(",")[0] for each in lines]


def call(world: World, name: str, outcome: str, **given: object) -> AbsenceCall:
    facts = {"submission_id": uuid4(), "day": TODAY, "outcome": outcome} | given
    return record_call(world.scope("mayfield"), world.lincoln.pk, world.students[name].pk, **facts)


def test_who_is_missing_from_the_first_class_and_unexplained_is_listed_with_whom_to_call(missing: World) -> None:
    second, first = guardian(missing, "Abara", 2), guardian(missing, "Abara", 1)
    guardian(missing, "Abara", 3, may_contact=False)
    guardian(missing, "Abara", 4, ends_on=TODAY - timedelta(days=1))
    assert listed(missing) == list(MISSING)
    enter(missing, "reported_absence", "Baptiste")
    enter(missing, "sign_in", "Castillo", starts=time(9, 30))
    excuse(missing, "Delgado", TODAY)
    assert listed(missing) == ["Abara", "Grant"]
    abara, grant = calls_page(missing.scope("mayfield"), missing.lincoln.pk, TODAY).lines
    assert (abara.missed, abara.taken, abara.is_gone_so_far) == (2, 2, True)
    assert (grant.missed, grant.taken, grant.is_gone_so_far) == (1, 2, False)
    assert [(each.guardian_id, each.phone) for each in abara.contacts] == [
        (first.pk, "601-555-0101"),
        (second.pk, "601-555-0102"),
    ]
    assert calls_page(missing.scope("mayfield"), missing.lincoln.pk, TODAY - timedelta(days=1)).total == 0


def test_a_call_without_an_answer_is_kept_and_a_reported_absence_is_entered_for_every_teacher(missing: World) -> None:
    mother = guardian(missing, "Abara", 1)
    call(missing, "Abara", "no_answer", guardian_id=mother.pk)
    assert listed(missing) == ["Baptiste", "Castillo", "Delgado", "Grant", "Abara"]
    assert listed(missing, show="uncalled") == ["Baptiste", "Castillo", "Delgado", "Grant"]
    form = uuid4()
    reported = call(missing, "Abara", "reported", guardian_id=mother.pk, note="Fever", submission_id=form)
    assert call(missing, "Abara", "reported", submission_id=form) == reported
    event = OfficeEvent.objects.get()
    assert (event.kind, event.student_id, event.entry, event.entry.note) == (
        "reported_absence",
        missing.students["Abara"].pk,
        reported.entry,
        "Fever",
    )
    assert listed(missing) == ["Baptiste", "Castillo", "Delgado", "Grant"]
    assert [each.outcome for each in AbsenceCall.objects.all()] == ["no_answer", "reported"]


def test_what_is_no_call_is_refused_and_nothing_is_kept(missing: World) -> None:
    stranger = guardian(missing, "Shah", 1)
    enter(missing, "reported_absence", "Baptiste")
    form = uuid4()
    call(missing, "Abara", "no_answer", submission_id=form)
    scope, lincoln = missing.scope("mayfield"), missing.lincoln.pk
    for refusal, name, outcome, given in [
        (Refused, "Abara", "left a message", {}),
        (Refused, "Abara", "no_answer", {"day": TODAY + timedelta(days=1)}),
        (Refused, "Baptiste", "reported", {}),
        (Refused, "Grant", "no_answer", {"submission_id": form}),
        (NotInScope, "Abara", "no_answer", {"guardian_id": stranger.pk}),
        (NotInScope, "Shah", "no_answer", {}),
    ]:
        with pytest.raises(refusal):
            call(missing, name, outcome, **given)
    for person, refusal in [("whitfield", Forbidden), ("tran", Forbidden), ("lindqvist", NotInScope)]:
        with pytest.raises(refusal):
            record_call(
                missing.scope(person),
                lincoln,
                missing.students["Abara"].pk,
                submission_id=uuid4(),
                day=TODAY,
                outcome="no_answer",
            )
    assert AbsenceCall.objects.count() == 1
    assert scope.person == missing.users["mayfield"].pk


def test_the_page_keeps_a_call_and_asks_the_same_number_of_questions_however_many_are_missing(missing: World) -> None:
    clerk = client_of(missing, "mayfield")
    enter(missing, "reported_absence", *MISSING[1:])
    guardian(missing, "Abara", 1)
    clerk.get("/office/calls/")
    with CaptureQueriesContext(connection) as one:
        assert clerk.get("/office/calls/").context["page"].total == 1
    OfficeEvent.objects.update(
        withdrawn_at="2020-10-27T17:00Z", withdrawn_by=missing.users["mayfield"], withdrawn_reason="Test."
    )
    for order, name in enumerate(MISSING[1:], start=2):
        guardian(missing, name, order)
        call(missing, name, "left_message")
    with CaptureQueriesContext(connection) as five:
        page = clerk.get("/office/calls/")
    assert page.context["page"].total == 5
    assert len(five) == len(one)
    assert "601-555-0101" in page.content.decode()
    sent = {"submission_id": str(uuid4()), "student": missing.students["Abara"].pk, "outcome": "no_answer"}
    assert clerk.post("/office/calls/?show=uncalled", sent).status_code == 302
    assert AbsenceCall.objects.filter(student=missing.students["Abara"]).count() == 1
    assert clerk.post("/office/calls/", sent | {"outcome": "gone"}).status_code == 422
    for person, status in [("okafor", 200), ("whitfield", 403), ("osei", 403)]:
        assert client_of(missing, person).get("/office/calls/").status_code == status
