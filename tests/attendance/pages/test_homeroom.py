"""The page of a homeroom's day. It meets in periods 1 to 5 of Tuesday 27 October 2020; it is 10:00."""

from datetime import time
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import Mark, ModeAssignment, Submission
from attendance.services.marking import MarkEntry, save_marks
from attendance.services.voiding import restore_meeting, void_meeting
from tests.attendance.homerooms import (
    HOMEROOM,
    MUSIC,
    day_entries,
    homeroom_days,
    late,
    marks_of,
    meetings_of,
    take_day,
    versions_of,
)
from tests.attendance.pages.visitors import client_of, names
from tests.world import TODAY, YESTERDAY, World, add_student, put_on_roster


@pytest.fixture
def days(world: World) -> World:
    return homeroom_days(world)


def path(world: World, day=TODAY) -> str:
    return reverse("homeroom", args=[world.sections[HOMEROOM].pk, day])


def sent(world: World, day=TODAY, rest: str = "present", **marks: str) -> dict[str, Any]:
    """A sent form: everybody `rest` but those named; "tardy 8:20 1:00" types both times."""
    versions = " ".join(f"{meeting}:{version}" for meeting, version in versions_of(world, day).items())
    form = {"versions": versions, "submission_id": str(uuid4())}
    for name, pk in names(world).items():
        status, arrived, left = [*marks.get(name, rest).split(" "), "", ""][:3]
        if status:
            form |= {f"mark-{pk}": status, f"arrived-{pk}": arrived.strip("-"), f"left-{pk}": left}
    return form


def row(response, world: World, name: str):
    return next(each for each in response.context["rows"] if each.student_id == world.students[name].pk)


def correct(world: World, number: int, name: str, day=TODAY) -> None:
    """A single meeting is saved by itself, one child absent in it."""
    meeting, absent = meetings_of(world, day)[number], world.students[name].pk
    everybody = [each.student_id for each in day_entries(world)]
    save_marks(
        world.scope("okafor"),
        meeting.pk,
        submission_id=uuid4(),
        version=meeting.version,
        entries=[MarkEntry(each, "absent" if each == absent else "present") for each in everybody],
        reason="Seen",
    )


def test_today_lists_the_homeroom_as_one_line_and_opens_its_day(days):
    response = client_of(days, "whitfield").get("/today/")
    (line,) = response.context["page"].meetings
    assert (line.title, line.meetings, line.starts_at, line.ends_at) == ("Homeroom 3A", 5, time(8), time(13, 30))
    text = " ".join(response.content.decode().split())
    assert f'href="{path(days)}"' in text
    assert "5 meetings" in text
    # Yesterday is missing once, not five times.
    missing = response.context["page"].missing.listed
    assert (missing[0].title, [each.date for each in missing].count(YESTERDAY)) == ("Homeroom 3A", 1)
    take_day(days)
    (line,) = client_of(days, "whitfield").get("/today/").context["page"].meetings
    assert (line.state, line.unmarked, line.is_open) == ("taken", 0, False)


def test_today_says_how_many_meetings_are_taken_and_who_is_unmarked(days):
    correct(days, 0, "Hollis")
    response = client_of(days, "whitfield").get("/today/")
    assert "1 of 5 meetings taken" in response.content.decode()
    take_day(days, Hollis="absent")
    put_on_roster(add_student(days, "Zamora Eva", "300000000", days.lincoln), days.sections[HOMEROOM])
    response = client_of(days, "whitfield").get("/today/")
    assert response.context["page"].meetings[0].unmarked == 1
    assert "1 unmarked" in response.content.decode()


def test_a_day_is_marked_by_a_plain_form_and_read_back_as_it_was_entered(days):
    client = client_of(days, "whitfield")
    form = sent(days, Abara="absent", Castillo="tardy 9:14", Grant="tardy 8:05 1:00", Hollis="left_early - 11:45")
    response = client.post(path(days), form, follow=True)
    assert response.redirect_chain[0][0] == "/today/"
    assert "Homeroom 3A saved: 5 present, 2 tardy, 1 left early, 1 absent." in response.content.decode()
    page = client.get(path(days))
    lines = [row(page, days, name) for name in ("Abara", "Castillo", "Grant", "Hollis", "Delgado")]
    assert [(each.status, each.arrived, each.left) for each in lines] == [
        ("absent", "", ""),
        ("tardy", "9:14", ""),
        ("tardy", "8:05", "1:00"),
        ("left_early", "", "11:45"),
        ("present", "", ""),
    ]
    assert (row(page, days, "Grant").minutes, row(page, days, "Grant").hint) == (240, "35 min missed")
    # The same form again, as a browser sends it after going back.
    client.post(path(days), form)
    assert Submission.objects.count() == 5


def test_the_page_starts_unmarked_and_the_remaining_are_marked_without_javascript(days):
    client = client_of(days, "whitfield")
    assert client.get(path(days)).context["counts"]["unmarked"] == 9
    filled = client.post(path(days), sent(days, rest="", Hollis="tardy 8:20") | {"remaining": "1"})
    assert filled.context["counts"] == {"present": 8, "tardy": 1, "left_early": 0, "absent": 0, "unmarked": 0}
    assert row(filled, days, "Hollis").minutes == 255
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tardy 7:10", "“7:10” is no time from 8:00 to 1:30"),
        ("tardy noon", "“noon” is no time from 8:00 to 1:30"),
        ("tardy 10:00 9:00", "left before arriving"),
        ("left_early", "left early: give the time of leaving"),
    ],
)
def test_a_line_that_cannot_be_is_named_and_nothing_typed_is_lost(days, typed, said):
    client = client_of(days, "whitfield")
    response = client.post(path(days, YESTERDAY), sent(days, YESTERDAY, Hollis=typed))
    assert response.status_code == 422
    assert said in row(response, days, "Hollis").problem
    assert row(response, days, "Abara").status == "present"
    assert not Mark.objects.exists()


def test_a_child_marked_otherwise_in_one_class_is_shown_and_kept_until_somebody_marks_the_day(days):
    take_day(days)
    correct(days, 1, "Hollis")
    client = client_of(days, "whitfield")
    page = client.get(path(days))
    hollis = row(page, days, "Hollis")
    assert (hollis.status, hollis.stands, hollis.minutes) == ("as_marked", "Present in 1, 3, 4, 5; Absent in 2", 220)
    assert page.context["counts"]["as_marked"] == 1
    client.post(path(days), sent(days, Hollis="as_marked", Abara="absent"))
    assert marks_of(days, "Hollis")[1] == ("absent", 0)
    client.post(path(days), sent(days, Hollis="present", Abara="absent"))
    assert marks_of(days, "Hollis")[1] == ("present", 55)


def test_nobody_absent_in_a_class_taken_before_is_marked_present_in_passing(days):
    correct(days, 0, "Hollis")
    client = client_of(days, "whitfield")
    page = client.get(path(days))
    assert (row(page, days, "Hollis").status, row(page, days, "Hollis").stands) == ("", "Absent in 1")
    filled = client.post(path(days), sent(days, rest="") | {"remaining": "1"})
    assert (filled.context["counts"]["present"], row(filled, days, "Hollis").status) == (8, "")
    refused = client.post(path(days), sent(days, Hollis=""))
    assert row(refused, days, "Hollis").problem == "is not marked"
    # So too when a void meeting of a taken day is restored.
    meeting = meetings_of(days, YESTERDAY)[0]
    void_meeting(days.scope("okafor"), meeting.pk, reason="Late bus")
    take_day(days, YESTERDAY, Hollis="absent")
    restore_meeting(days.scope("okafor"), meeting.pk)
    assert row(client.get(path(days, YESTERDAY)), days, "Hollis").must_be_chosen


def test_a_stale_day_shows_the_other_persons_marks_beside_and_is_saved_at_the_second_try(days):
    client, form = client_of(days, "whitfield"), sent(days, Abara="absent")
    take_day(days, by="okafor", hour=9, Hollis=late(days, "Hollis", time(8, 20), time(13)), Castillo="absent")
    stale = client.post(path(days), form)
    assert stale.status_code == 409
    assert row(stale, days, "Hollis").theirs == "Grace Okafor saved at 9:00 am: Tardy, there from 8:20 to 1:00"
    assert row(stale, days, "Castillo").theirs == "Grace Okafor saved at 9:00 am: Absent"
    assert row(stale, days, "Delgado").theirs == ""
    again = form | {"versions": stale.context["form"].version_words, "submission_id": str(uuid4())}
    assert client.post(path(days), again).status_code == 302
    assert marks_of(days, "Castillo") == [("present", 55)] * 5


def test_corrections_of_a_day_stand_on_one_line_with_their_classes(days):
    take_day(days, YESTERDAY)
    take_day(days, YESTERDAY, reason="Dentist", Delgado=late(days, "Delgado", None, time(11, 45)))
    page = client_of(days, "whitfield").get(path(days, YESTERDAY))
    found = [(each.change.student, each.classes, each.was, each.became) for each in page.context["history"]]
    assert sorted(found) == [
        ("Delgado, Ana Sofía", "4", "Present", "Left early, 10 min"),
        ("Delgado, Ana Sofía", "5", "Present", "Absent"),
    ]
    assert "Why is it corrected?" in page.content.decode()


def test_the_day_says_why_it_cannot_be_marked(days):
    client = client_of(days, "whitfield")
    assert "No class meets on Sunday, October 25" in client.get(path(days, "2020-10-25")).content.decode()
    for each in meetings_of(days):
        void_meeting(days.scope("okafor"), each.pk, reason="Storm")
    response = client.get(path(days))
    assert "Every class of this day is void" in response.content.decode()
    assert client.post(path(days), sent(days)).status_code == 422


def test_a_shared_screen_tells_who_joins_online_and_never_why(days):
    ModeAssignment.objects.create(
        student=days.students["Nguyen"], mode="sync_online", starts_on=YESTERDAY, reason="quarantine"
    )
    response = client_of(days, "whitfield").get(path(days))
    assert row(response, days, "Nguyen").note == "online"
    assert "quarantine" not in response.content.decode()


def test_a_class_that_is_no_homeroom_and_anothers_homeroom_have_no_such_page(days):
    music = reverse("homeroom", args=[days.sections[MUSIC].pk, TODAY])
    assert client_of(days, "okafor").get(music).status_code == 404
    assert client_of(days, "song").get(path(days)).status_code == 404
    assert client_of(days, "park").post(path(days), sent(days)).status_code == 404
    office = client_of(days, "okafor").get(path(days))
    assert "You enter these marks on behalf of" in office.content.decode()


def test_the_statements_do_not_grow_with_the_class_its_meetings_or_its_history(days):
    take_day(days)
    correct(days, 1, "Hollis")
    client = client_of(days, "whitfield")

    def statements(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    before, today = statements(path(days)), statements("/today/")
    for number in range(20):
        joined = add_student(days, f"Extra{number} Kid", f"4000000{number:02}", days.lincoln)
        put_on_roster(joined, days.sections[HOMEROOM])
    take_day(days, Abara="absent", Grant="absent")
    take_day(days)
    assert (statements(path(days)), statements("/today/")) == (before, today)
    assert before <= 17


def test_broken_versions_read_as_stale_ones_and_write_nothing(days):
    for versions in ("x", "1:2:3", "", "1:1"):
        response = client_of(days, "whitfield").post(path(days), sent(days) | {"versions": versions})
        assert response.status_code == 409
    assert not Mark.objects.exists()
