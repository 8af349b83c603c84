"""The front office for programs: the services of the pages, with their words."""

from uuid import uuid4

import pytest

from attendance.models import OfficeEntry, OfficeEvent
from tests.api.callers import assert_problem, caller_of, rows
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, World


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def body(world: World, *names: str, **given: object) -> dict[str, object]:
    facts = {"submission_id": str(uuid4()), "kind": "activity", "starts_on": TODAY.isoformat()}
    return facts | {"student_ids": [world.students[name].pk for name in names]} | given


def test_a_program_enters_lists_and_withdraws_what_an_office_knows(opened: World) -> None:
    clerk, path = caller_of(opened, "mayfield"), f"/schools/{opened.lincoln.pk}/office-entries/"
    sent = body(opened, "Abara", "Baptiste", kind="sign_in", starts_at="09:10", note="Bus 12")
    made = clerk.send("POST", path, sent)
    assert (made.status_code, made.json()["repeated"], len(made.json()["student_ids"])) == (201, False, 2)
    assert clerk.send("POST", path, sent).json()["repeated"]
    more = clerk.send("POST", path, body(opened, "Abara", "Grant", kind="sign_in", starts_at="09:20")).json()
    assert more["known"] == [{"student_id": opened.students["Abara"].pk, "said": "signed in 9:10"}]
    listed = rows(clerk.get("/office-events/", kind="sign_in"))
    assert [(each["starts_at"], each["note"], each["entered_by"]) for each in listed] == [
        ("09:10", "Bus 12", "Joyce Mayfield"),
        ("09:10", "Bus 12", "Joyce Mayfield"),
        ("09:20", "", "Joyce Mayfield"),
    ]
    assert len(rows(clerk.get("/office-events/", student_id=opened.students["Grant"].pk))) == 1
    assert rows(clerk.get("/office-events/", from_date="2020-10-26", to_date="2020-10-26")) == []
    withdrawal = f"/office-entries/{made.json()['id']}/withdrawal/"
    one = {"reason": "Was in class.", "student_id": opened.students["Abara"].pk}
    assert clerk.send("POST", withdrawal, one).json() == {"students": 1}
    assert clerk.send("POST", withdrawal, {"reason": "Another bus."}).json() == {"students": 1}
    assert OfficeEvent.objects.filter(withdrawn_at=None).count() == 1


def test_page_and_program_are_refused_the_same_in_the_same_words(opened: World) -> None:
    page, lincoln = f"/office/?school={opened.lincoln.pk}", opened.lincoln.pk
    abara = opened.students["Abara"].pk
    desk = {"submission_id": str(uuid4()), "at": "15:30", "sign_in": abara}
    refused = client_of(opened, "mayfield").post(page, desk).context["desk"].refusal
    path = f"/schools/{lincoln}/office-entries/"
    late = body(opened, "Abara", kind="sign_in", starts_at="15:30")
    answer = assert_problem(caller_of(opened, "mayfield").send("POST", path, late), 422, "refused")
    assert answer["detail"] == refused == "The time lies outside the school day, 8:00 am to 2:30 pm."
    for person, status, kind in [("whitfield", 403, "not-allowed"), ("lindqvist", 404, "not-here")]:
        assert client_of(opened, person).post(page, desk).status_code == status
        program = caller_of(opened, person)
        assert_problem(program.send("POST", path, body(opened, "Abara")), status, kind)
        events = program.get("/office-events/")
        assert (events.status_code == 403) if status == 403 else (rows(events) == [])
    assert not OfficeEntry.objects.exists()
