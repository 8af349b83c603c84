"""Classes, their rosters and teachers by date, and who stands in."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from students.models import SectionTeacher
from tests.attendance.pages.visitors import client_of
from tests.world import PERIODS, TODAY, World, add_student, put_on_roster

FRIDAY = TODAY + timedelta(days=3)


def _shown(response) -> list[str]:
    return [line.section.title for line in response.context["found"].lines]


def _address(world: World, key: str = "1") -> str:
    return reverse("section", args=[world.sections[key].pk])


@pytest.mark.parametrize(
    ("who", "count"), [("okafor", 6), ("whitfield", 6), ("reyes", 7), ("lindqvist", 1), ("park", 1)]
)
def test_everybody_sees_the_classes_of_their_school_or_their_own(world: World, who: str, count: int) -> None:
    assert len(_shown(client_of(world, who).get("/sections/"))) == count


def test_the_list_is_narrowed_by_school_teacher_period_and_words(world: World) -> None:
    client = client_of(world, "reyes")
    assert _shown(client.get(f"/sections/?school={world.washington.pk}")) == ["Algebra I, W1"]
    assert _shown(client.get(f"/sections/?teacher={world.users['park'].pk}")) == ["Algebra I, W1"]
    assert _shown(client.get("/sections/?period=3")) == ["Algebra I, 3"]
    assert _shown(client.get("/sections/?words=w1")) == ["Algebra I, W1"]
    assert "No class found" in client.get("/sections/?words=astronomy").content.decode()


def test_a_list_of_any_length_asks_the_database_the_same(world: World) -> None:
    client = client_of(world, "reyes")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/sections/").status_code == 200
        return len(captured)

    few = asked()
    for key in PERIODS:
        section = world.sections[key]
        section.pk, section.source_id = None, f"again-{key}"
        section.save()
        put_on_roster(world.students["Abara"], section)
    assert asked() == few
    assert few <= 12


def test_the_roster_is_that_of_the_day_asked_for(world: World) -> None:
    joined = add_student(world, "Late Ivy", "300000001", world.lincoln)
    put_on_roster(joined, world.sections["1"], starts_on=FRIDAY)
    client = client_of(world, "okafor")
    today = client.get(_address(world)).content.decode()
    assert "Late, Ivy" not in today
    assert "1 joins later" in today
    assert "Late, Ivy" in client.get(f"{_address(world)}?on={FRIDAY}").content.decode()


def test_a_class_of_another_school_does_not_exist(world: World) -> None:
    for who in ("park", "lindqvist"):
        assert client_of(world, who).get(_address(world)).status_code == 404
    appointed = {"user_id": world.users["park"].pk, "starts_on": TODAY, "ends_on": TODAY}
    assert client_of(world, "lindqvist").post(_address(world) + "teachers/", appointed).status_code == 404
    assert not SectionTeacher.objects.filter(user=world.users["park"], section=world.sections["1"]).exists()


def test_a_substitute_sees_the_class_on_those_days_and_on_no_other(world: World) -> None:
    sent = {"user_id": world.users["park"].pk, "starts_on": str(TODAY), "ends_on": str(TODAY)}
    page = client_of(world, "okafor").post(_address(world) + "teachers/", sent, follow=True).content.decode()
    assert "Owen Park" in page
    assert "named here by Grace Okafor" in page
    assert client_of(world, "park").get(_address(world)).status_code == 200
    SectionTeacher.objects.filter(user=world.users["park"], section=world.sections["1"]).update(
        starts_on=TODAY - timedelta(days=2), ends_on=TODAY - timedelta(days=1)
    )
    assert client_of(world, "park").get(_address(world)).status_code == 404


def test_a_teacher_sees_the_class_and_appoints_nobody(world: World) -> None:
    client = client_of(world, "whitfield")
    assert "Name a substitute" not in client.get(_address(world)).content.decode()
    sent = {"user_id": world.users["park"].pk, "starts_on": str(TODAY), "ends_on": str(TODAY)}
    assert client.post(_address(world) + "teachers/", sent).status_code == 403


def test_a_refused_appointment_keeps_what_was_typed_and_says_why(world: World) -> None:
    sent = {"user_id": world.users["park"].pk, "starts_on": str(FRIDAY), "ends_on": str(TODAY)}
    answer = client_of(world, "okafor").post(_address(world) + "teachers/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The last day lies before the first." in page
    assert f'value="{FRIDAY}"' in page


def test_what_was_named_here_is_ended_here_and_what_the_roster_brought_is_not(world: World) -> None:
    client = client_of(world, "okafor")
    sent = {"user_id": world.users["park"].pk, "starts_on": str(TODAY), "ends_on": str(FRIDAY)}
    client.post(_address(world) + "teachers/", sent)
    named = SectionTeacher.objects.get(user=world.users["park"], section=world.sections["1"])
    brought = SectionTeacher.objects.get(user=world.users["whitfield"], section=world.sections["1"])
    for each in (named, brought):
        address = reverse("end_substitute", args=[world.sections["1"].pk, each.pk])
        page = client.post(address, {"last_day": str(TODAY)}, follow=True).content.decode()
        each.refresh_from_db()
    assert named.ends_on == TODAY
    assert brought.ends_on is None
    assert "This came with the roster." in page


def test_a_students_record_shows_enrollments_classes_and_what_came_with_the_roster(world: World) -> None:
    abara = world.students["Abara"]
    abara.enrollments.update(ends_on=date(2020, 11, 20), exit_code="T3")
    page = client_of(world, "okafor").get(reverse("student", args=[abara.pk])).content.decode()
    for words in (
        "Lincoln High School",
        "Nov 20, 2020",
        "T3",
        "Algebra I, 1",
        "Rosa Whitfield",
        "No mode of the student",
    ):
        assert words in page, words
    for who in ("park", "lindqvist"):
        assert client_of(world, who).get(reverse("student", args=[abara.pk])).status_code == 404
