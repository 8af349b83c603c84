"""The office's word on the pages where classes are marked. It is 10:00; period 3 of six has just begun."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import Mark, OfficeEvent
from attendance.services.office import withdraw_entry
from tests.attendance.acts import meeting_of
from tests.attendance.homerooms import HOMEROOM, homeroom_days
from tests.attendance.office.deeds import enter
from tests.attendance.pages.visitors import client_of, names, posted
from tests.world import TODAY, World, at


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def lines(response) -> dict[str, tuple[str, str, str]]:
    """By family name what the office says, and the mark and the time that stand in the form."""
    return {each.name.partition(",")[0]: (each.office, each.status, each.detail) for each in response.context["rows"]}


def known(world: World) -> None:
    """Tuesday as the office knows it."""
    enter(world, "sign_in", "Abara", starts=time(10, 10))
    enter(world, "reported_absence", "Baptiste", last=TODAY + timedelta(days=2), note="Mother called: fever")
    enter(world, "activity", "Castillo", starts=time(10), ends=time(14), shown_as="Field trip")
    enter(world, "suspension", "Grant")
    enter(world, "in_school_suspension", "Hollis")
    enter(world, "nurse", "Nguyen", starts=time(10, 5), ends=time(10, 30), note="Headache")
    enter(world, "sign_out", "O’Hara", starts=time(10, 40))


def test_RD06_RD07_every_teacher_sees_what_the_office_knows_and_marks_it_suggests_are_filled_in(opened: World) -> None:
    known(opened)
    teacher, page = client_of(opened, "whitfield"), reverse("meeting", args=[meeting_of(opened, "3", TODAY).pk])
    teacher.get(page)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = teacher.get(page)
    assert lines(response) == {
        "Abara": ("signed in 10:10", "tardy", "10:10"),
        "Baptiste": ("reported absent until Oct 29, 2020", "absent", ""),
        "Castillo": ("Field trip 10:00 to 2:00", "", ""),
        "Delgado": ("", "", ""),
        "Fleurimond": ("", "", ""),
        "Grant": ("suspended out of school", "absent", ""),
        "Hollis": ("in-school suspension", "", ""),
        "Nguyen": ("with the office 10:05 to 10:30", "", ""),
        "O’Hara": ("signed out 10:40", "left_early", "10:40"),
    }
    text = response.content.decode()
    assert "office: signed in 10:10" in text
    assert "Headache" not in text
    assert "fever" not in text
    assert "nurse" not in text.lower()
    OfficeEvent.objects.update(withdrawn_at=at(17), withdrawn_by=opened.users["mayfield"], withdrawn_reason="Test.")
    with CaptureQueriesContext(connection) as without:
        response = teacher.get(page)
    assert {line[:2] for line in lines(response).values()} == {("", "")}
    assert len(asked) == len(without)
    assert not Mark.objects.exists()


def test_the_remaining_are_present_but_for_those_whom_the_office_knows_away(opened: World) -> None:
    known(opened)
    page = reverse("meeting", args=[meeting_of(opened, "3", TODAY).pk])
    filled = client_of(opened, "whitfield").post(page, posted(opened, rest="", Grant="present") | {"remaining": "1"})
    marks = {name: line[1:] for name, line in lines(filled).items()}
    assert marks["Abara"] == ("tardy", "10:10")
    assert marks["Baptiste"] == ("absent", "")
    assert marks["Castillo"] == marks["Delgado"] == marks["Hollis"] == ("present", "")
    assert marks["Grant"] == ("present", ""), "what the teacher chose stays"
    assert marks["O’Hara"] == ("left_early", "10:40")


def test_a_mark_that_stands_is_never_replaced_by_the_offices_word(opened: World) -> None:
    meeting = meeting_of(opened, "3", TODAY)
    teacher = client_of(opened, "whitfield")
    teacher.post(reverse("meeting", args=[meeting.pk]), posted(opened))
    known(opened)
    assert {line[1] for line in lines(teacher.get(reverse("meeting", args=[meeting.pk]))).values()} == {"present"}
    assert {each.status for each in Mark.objects.all()} == {"present"}


def test_who_came_late_and_left_again_in_one_class_is_tardy_by_the_minutes_missed(opened: World) -> None:
    enter(opened, "sign_in", "Abara", starts=time(10, 10))
    enter(opened, "sign_out", "Abara", starts=time(10, 40))
    response = client_of(opened, "whitfield").get(reverse("meeting", args=[meeting_of(opened, "3", TODAY).pk]))
    assert lines(response)["Abara"] == ("signed in 10:10 · signed out 10:40", "tardy", "25")


def test_RD06_a_homeroom_is_filled_in_for_the_day(world: World) -> None:
    homeroom_days(world)
    known(world)
    enter(world, "sign_in", "O’Hara", starts=time(11))
    page = reverse("homeroom", args=[world.sections[HOMEROOM].pk, TODAY])
    teacher = client_of(world, "whitfield")
    found = {
        each.name.partition(",")[0]: (each.office, each.status, each.arrived, each.left)
        for each in teacher.get(page).context["rows"]
    }
    assert found["Abara"] == ("signed in 10:10", "tardy", "10:10", "")
    assert found["Baptiste"][1:] == ("absent", "", "")
    assert found["Castillo"] == ("Field trip 10:00 to 2:00", "", "", "")
    assert found["O’Hara"] == ("signed out 10:40 · signed in 11:00", "", "", "")
    form = {f"mark-{names(world)['Delgado']}": "absent", "remaining": "1"}
    remaining = {each.name.partition(",")[0]: each.status for each in teacher.post(page, form).context["rows"]}
    assert (remaining["Abara"], remaining["Baptiste"], remaining["Castillo"]) == ("tardy", "absent", "present")
    assert remaining["Delgado"] == "absent"


def test_a_withdrawn_word_is_said_no_more(opened: World) -> None:
    bus = enter(opened, "sign_in", "Abara", "Baptiste", starts=time(10, 10))
    withdraw_entry(
        opened.scope("mayfield", at(17)), bus.entry.pk, reason="In class.", student_id=opened.students["Abara"].pk
    )
    response = client_of(opened, "whitfield").get(reverse("meeting", args=[meeting_of(opened, "3", TODAY).pk]))
    assert lines(response)["Abara"] == ("", "", "")
    assert lines(response)["Baptiste"][0] == "signed in 10:10"
