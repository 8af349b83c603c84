"""Month, year, any day and the plan, as a family opens them."""

from datetime import date
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import CalendarDay, EventType, Mode, ModeAssignment
from attendance.services.ledger import rebuild
from attendance.services.marking import MarkEntry
from students.models import User
from tests.attendance.acts import excuse, take
from tests.families import family_client, family_of
from tests.world import TODAY, YESTERDAY, World

MONDAY, THURSDAY, FRIDAY = date(2020, 10, 19), date(2020, 10, 22), date(2020, 10, 23)
PAGES = ["family_today", "family_month", "family_year", "family_plan"]


@pytest.fixture
def ana(opened_world: World) -> Client:
    """The mother of Chidi Abara, who was absent on Thursday with a doctor's excuse, and on Friday without one."""
    for period in "123456":
        take(opened_world, period, THURSDAY, Abara="absent")
        take(opened_world, period, FRIDAY, Abara="absent")
        take(opened_world, period, YESTERDAY)
    excuse(opened_world, "Abara", THURSDAY)
    take(opened_world, "1", YESTERDAY, reason="He came after the bell", Abara=MarkEntry(_pk(opened_world), "tardy", 40))
    family_of(opened_world, "Ana", "Abara", "Shah")
    return family_client(opened_world, "Ana")


def _pk(world: World, name: str = "Abara") -> int:
    return world.students[name].pk


def seen(client: Client, world: World, page: str, *more: object, **query: str) -> str:
    response = client.get(reverse(page, args=[_pk(world), *more]), query)
    assert response.status_code == HTTPStatus.OK
    return " ".join(response.content.decode().split())


def test_the_month_has_each_day_by_its_shape_and_in_words(ana: Client, opened_world: World) -> None:
    month = seen(ana, opened_world, "family_month")
    assert "Thursday, October 22: Absent, excused" in month
    assert "Friday, October 23: Absent, not excused" in month
    assert "Monday, October 26: Present; late to 1 class" in month
    # Nobody took a class on Monday of last week: that is no absence.
    assert "Monday, October 19: Not known yet" in month
    assert "Tuesday, October 27: No class taken yet" in month
    assert "Wednesday, October 28: Still to come" in month
    assert "November 2020" in month
    assert "Present on every" not in month
    for wrong in ("2020-99", "9999-12", "0001-01", "x"):
        assert "<h1>October 2020</h1>" in seen(ana, opened_world, "family_month", month=wrong)
    assert "No school day of this month has begun yet." in seen(ana, opened_world, "family_month", month="2020-11")


def test_the_year_says_what_can_be_done_and_never_names_a_tier(ana: Client, opened_world: World) -> None:
    year = seen(ana, opened_world, "family_year")
    assert "Send the doctor’s excuse or another document by October 29." in year
    assert "2 absences this year." in year
    assert "From 5 absences on, the school will offer:" in year
    assert "a visit at your home" in year
    assert "At 5, 10 and 12 absences without an accepted excuse" in year
    assert "So far there is 1 absence without an accepted excuse." in year
    assert "tier" not in year.lower()


def test_ST01_the_law_is_told_to_whom_it_obliges(ana: Client, opened_world: World) -> None:
    student = opened_world.students["Abara"]
    student.birth_date = date(2003, 9, 1)
    student.save()
    assert "What the law expects" not in seen(ana, opened_world, "family_year")


def test_any_day_is_explained_with_its_minutes_marks_and_excuses(ana: Client, opened_world: World) -> None:
    thursday = seen(ana, opened_world, "family_day", THURSDAY)
    assert "Minutes attended: 0. To count as present, 208 of 330 are needed." in thursday
    assert ("Illness or injury" in thursday, "Accepted" in thursday) == (True, True)
    assert "Marked by Rosa Whitfield, October 27, 5:00" in thursday
    monday = seen(ana, opened_world, "family_day", YESTERDAY)
    assert "Changed on October 27: was “present”, now “late”" in monday
    assert "40 of 55 minutes count" in monday


def test_an_excuse_says_what_it_waits_for(opened_world: World) -> None:
    family_of(opened_world, "Ana", "Abara")
    excuse(opened_world, "Abara", YESTERDAY, document_kind="parent_note")
    day = seen(family_client(opened_world, "Ana"), opened_world, "family_day", YESTERDAY)
    assert "Waits for a doctor’s excuse, by October 30" in day


def test_a_date_that_is_no_school_day_of_the_child_says_why(ana: Client, opened_world: World) -> None:
    CalendarDay.objects.filter(date=date(2020, 10, 30)).update(
        event_type=EventType.HOLIDAY, name="Fall break", day_kind="", bell_schedule=None
    )
    said = {
        date(2020, 8, 1): "was not enrolled in a school of this district",
        date(2020, 10, 25): "No school",
        date(2020, 10, 28): "Still to come",
        date(2020, 10, 30): "No school: Fall break",
    }
    for day, words in said.items():
        page = seen(ana, opened_world, "family_day", day)
        assert words in page
        assert "Absent" not in page.split("<main")[1]


def test_RD60_the_plan_says_what_to_do_and_nothing_of_health(ana: Client, opened_world: World) -> None:
    chidi = opened_world.students["Abara"]
    days = {"starts_on": date(2020, 10, 28), "ends_on": date(2020, 10, 30)}
    ModeAssignment.objects.create(student=chidi, mode=Mode.SYNC_ONLINE, reason="quarantine", **days)
    packets = {"mode": Mode.OFFLINE_PACKETS, "weekdays": [0], "starts_on": date(2020, 11, 2)}
    ModeAssignment.objects.create(student=chidi, **packets)
    plan = seen(ana, opened_world, "family_plan")
    assert "from October 28 through October 30" in plan
    assert "Log on to each class when it meets" in plan
    assert "Do the pages of each day in the packet." in plan
    assert "quarantine" not in plan.lower()


def test_RD62_a_page_of_another_child_does_not_exist(ana: Client, opened_world: World) -> None:
    strangers = [_pk(opened_world, "Grant"), 10**15]
    for page in PAGES:
        assert {ana.get(reverse(page, args=[pk])).status_code for pk in strangers} == {404}
    assert ana.get(reverse("family_day", args=[strangers[0], YESTERDAY])).status_code == HTTPStatus.NOT_FOUND
    # To whom nothing is linked, staff included, there is no portal of a child.
    staff = Client()
    staff.force_login(opened_world.users["okafor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert {staff.get(reverse(page, args=[_pk(opened_world)])).status_code for page in PAGES} == {404}


@pytest.mark.parametrize(("language", "words"), [("es", "ausente, sin justificar"), ("ht", "absan, san eskiz")])
def test_every_page_is_there_in_the_familys_language(
    ana: Client, opened_world: World, language: str, words: str
) -> None:
    User.objects.filter(username="ana").update(language=language)
    pages = {page: seen(ana, opened_world, page) for page in PAGES}
    assert words in pages["family_month"]
    for page, said in pages.items():
        assert f'<html lang="{language}">' in said
        for english in ("Not known", "Absent", "school year", "as of", "October"):
            assert english not in said.split("<main")[1], page


def _count(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(path).status_code == HTTPStatus.OK
    return len(found)


def test_a_page_asks_as_often_however_much_stands_in_it(opened_world: World) -> None:
    family_of(opened_world, "Ana", "Abara", "Shah")
    client, pk = family_client(opened_world, "Ana"), _pk(opened_world)
    paths = [reverse(page, args=[pk]) for page in [*PAGES, "family_today_live"]]
    paths += [reverse("family_day", args=[pk, YESTERDAY]), reverse("family")]
    for path in paths:
        client.get(path)
    before = {path: _count(client, path) for path in paths}
    for period in "12":
        take(opened_world, period, YESTERDAY, Abara="absent")
        take(opened_world, period, FRIDAY, Abara="absent")
        take(opened_world, period, TODAY)
    for day in (FRIDAY, YESTERDAY):
        excuse(opened_world, "Abara", day)
        excuse(opened_world, "Abara", day, document_kind="parent_note")
    ModeAssignment.objects.create(student_id=pk, mode=Mode.SYNC_ONLINE, weekdays=[2], starts_on=MONDAY)
    rebuild(opened_world.installation)
    after = {path: _count(client, path) for path in paths}
    # What is there for the first time is asked for once: a mark's history, who took the class, the days for an excuse.
    assert all(after[path] - before[path] <= 3 for path in paths), (before, after)
    for day in (THURSDAY, date(2020, 10, 21)):
        for period in "12":
            take(opened_world, period, day, Abara="absent")
        excuse(opened_world, "Abara", day)
    excuse(opened_world, "Abara", YESTERDAY, reason="appointment")
    assert {path: _count(client, path) for path in paths} == after
    assert max(after.values()) <= 35
