"""The office's pages. It is 10:00 on Tuesday 27 October 2020; Ms. Mayfield keeps Lincoln's office."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import OfficeEntry, OfficeEvent
from tests.attendance.office.deeds import enter
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, World, add_student

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def said(response) -> list[str]:
    return [str(each) for each in get_messages(response.wsgi_request)]


def form(world: World, *names: str, **given: object) -> dict[str, object]:
    """The form of an entry, as it is sent with students ticked."""
    ticked = [world.students[name].pk for name in names]
    sent = {"submission_id": str(uuid4()), "kind": "activity", "starts_on": TODAY, "ends_on": TODAY, "student": ticked}
    return sent | given


def test_a_student_is_found_by_part_of_the_name_and_signed_in_with_the_time_filled_in(opened: World) -> None:
    clerk = client_of(opened, "mayfield")
    found = clerk.post("/office/", {"words": "abar"})
    [line] = found.context["desk"].found
    assert (line.name, line.said, line.is_in) == ("Abara, Chidi", "", False)
    assert 'value="10:00"' in found.content.decode()
    desk = {"words": "abar", "submission_id": str(uuid4()), "at": "09:40", "sign_in": line.id}
    response = clerk.post("/office/", desk)
    assert (response.status_code, response.url) == (302, f"/office/?school={opened.lincoln.pk}")
    assert said(response) == ["Signed in: 1 student."]
    event = OfficeEvent.objects.get()
    assert (event.kind, event.starts_at, event.student_id) == ("sign_in", time(9, 40), line.id)
    assert clerk.post("/office/", desk).status_code == 302
    assert OfficeEvent.objects.count() == 1
    again = clerk.post("/office/", desk | {"submission_id": str(uuid4())})
    assert (again.status_code, again.context["desk"].refusal) == (
        422,
        "Abara, Chidi is entered already: signed in 9:40.",
    )
    assert again.context["desk"].found[0].is_in
    page = clerk.get("/office/").content.decode()
    assert "Abara, Chidi" in page
    assert "9:40" in page


def test_what_cannot_be_read_or_is_not_there_is_said_and_nothing_is_entered(opened: World) -> None:
    clerk = client_of(opened, "mayfield")
    assert "Nobody enrolled here" in clerk.post("/office/", {"words": "shah"}).content.decode()
    for sent, status in [
        ({"sign_in": "x", "at": "9:40"}, 422),
        ({"sign_in": opened.students["Abara"].pk, "at": "25:00"}, 422),
        ({"sign_in": opened.students["Abara"].pk, "at": ""}, 422),
        ({"sign_in": opened.students["Shah"].pk, "at": "09:40"}, 422),
    ]:
        assert clerk.post("/office/", sent | {"submission_id": str(uuid4())}).status_code == status
    assert clerk.get("/office/?on=2020-10-31").context["page"].hours is None
    assert not OfficeEntry.objects.exists()


def test_a_late_bus_is_listed_by_pasted_ids_with_their_errors_and_entered_once(opened: World) -> None:
    clerk = client_of(opened, "mayfield")
    ids = [opened.students[name].state_id for name in ("Abara", "Baptiste")]
    bus = {"kind": "sign_in", "starts_at": "08:25", "pasted": f"{ids[0]}, Abara\n{ids[1]}\n\n999\n{ids[0]}\n200000000"}
    listed = clerk.post("/office/enter/", form(opened, **bus) | {"choose": "1"})
    assert [each.listed_name for each in listed.context["chosen"].students] == ["Abara, Chidi", "Baptiste, Naomie"]
    assert [each.partition(":")[0] for each in listed.context["chosen"].errors] == ["Line 4", "Line 5", "Line 6"]
    saved = clerk.post("/office/enter/", form(opened, "Abara", "Baptiste", **bus) | {"save": "1"})
    assert said(saved) == ["Signed in: 2 students."]
    assert list(OfficeEvent.objects.values_list("starts_at", flat=True)) == [time(8, 25)] * 2


def test_students_are_chosen_by_class_by_grade_by_school_and_one_by_one(opened: World) -> None:
    clerk = client_of(opened, "mayfield")
    add_student(opened, "Zamora Eli", "100000077", opened.lincoln)
    for chosen, number in [
        ({"section": opened.sections["1"].pk}, 9),
        ({"grade": "09"}, 10),
        ({"everybody": "on"}, 10),
        ({"section": opened.sections["1"].pk, "pasted": "100000077"}, 10),
    ]:
        listed = clerk.post("/office/enter/", form(opened, **chosen) | {"choose": "1"})
        assert (listed.status_code, len(listed.context["chosen"].students)) == (200, number)
    for chosen in ({}, {"section": opened.sections["W1"].pk}, {"grade": "07"}):
        assert clerk.post("/office/enter/", form(opened, **chosen) | {"choose": "1"}).status_code == 422
    one = clerk.get(f"/office/enter/?student={opened.students['Grant'].pk}&kind=nurse")
    assert [each.listed_name for each in one.context["chosen"].students] == ["Grant, Tasha"]
    assert one.context["form"]["kind"].value() == "nurse"


def test_a_planned_absence_is_entered_once_for_days_to_come_and_listed_there(opened: World) -> None:
    clerk = client_of(opened, "mayfield")
    planned = form(opened, "Hollis", kind="reported_absence", starts_on=TOMORROW, ends_on=TODAY + timedelta(days=3))
    assert clerk.post("/office/enter/", planned | {"save": "1"}).status_code == 302
    assert clerk.get("/office/").context["page"].lines == []
    to_come = clerk.get("/office/?show=to_come").context["page"].lines
    assert [(each.label, each.names) for each in to_come] == [("Reported absent", ["Hollis, Wade"])]
    assert len(clerk.get(f"/office/?on={TOMORROW}&kind=reported_absence").context["page"].lines) == 1
    assert clerk.get(f"/office/?on={TOMORROW}&kind=nurse").context["page"].lines == []
    refused = clerk.post("/office/enter/", form(opened, "Hollis", starts_at="14:00", ends_at="13:00") | {"save": "1"})
    assert (refused.status_code, refused.context["refusal"]) == (422, "Times need a start and a later end.")
    assert [each.listed_name for each in refused.context["chosen"].students] == ["Hollis, Wade"]


def test_an_entry_is_withdrawn_for_one_and_then_for_all(opened: World) -> None:
    trip = enter(opened, "activity", "Abara", "Baptiste", "Grant", "Hollis", shown_as="Band trip").entry
    clerk, page = client_of(opened, "mayfield"), f"/office/entries/{trip.pk}/"
    assert clerk.post(page, {"reason": "", "student": ""}).status_code == 422
    assert clerk.post(page, {"reason": "  "}).status_code == 422
    assert said(clerk.post(page, {"reason": "Ill.", "student": opened.students["Abara"].pk})) == [
        "Withdrawn for 1 student."
    ]
    assert "Ill." in clerk.get(page).content.decode()
    assert "Withdrawn for 3 students." in said(clerk.post(page, {"reason": "Rained off.", "student": ""}))
    [line] = clerk.get("/office/").context["page"].lines
    assert line.is_withdrawn


def test_the_days_list_asks_the_same_number_of_questions_whatever_was_entered(opened: World) -> None:
    clerk = client_of(opened, "mayfield")
    enter(opened, "activity", "Abara", shown_as="Band trip")
    clerk.get("/office/")
    with CaptureQueriesContext(connection) as few:
        clerk.get("/office/")
    for name in ("Baptiste", "Castillo", "Grant", "Hollis"):
        enter(opened, "sign_in", name, starts=time(9))
    enter(opened, "sign_out", *[each for each in opened.students if each != "Shah"], starts=time(14))
    with CaptureQueriesContext(connection) as many:
        page = clerk.get("/office/").context["page"]
    assert len(page.lines) == 6
    assert len(many) == len(few)


@pytest.mark.parametrize("path", ["/office/", "/office/enter/", "/office/entries/{}/"])
def test_an_office_is_open_to_those_who_keep_it(opened: World, path: str) -> None:
    path = path.format(enter(opened, "activity", "Abara").entry.pk)
    for person, status in [("mayfield", 200), ("okafor", 200), ("reyes", 200), ("whitfield", 403), ("tran", 403)]:
        assert client_of(opened, person).get(path).status_code == status, person
    lindqvist = client_of(opened, "lindqvist")
    assert lindqvist.get(path).status_code == (404 if "entries" in path else 200)
    if "entries" not in path:
        assert lindqvist.get(f"{path}?school={opened.lincoln.pk}").status_code == 404
        assert lindqvist.get(path).context["page"].school == opened.washington
