"""The amendment list of a month: what was changed after it was certified."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import AmendedDay
from students import clock
from tests.reporting.months import AFTER, FIRST, MONTH
from tests.world import World

DAYS = [FIRST + timedelta(days=n) for n in range(4)]


@pytest.fixture
def amended(world: World) -> World:
    """Four days of Abara were excused after Lincoln's month was certified, one act after the other."""
    for change, day in enumerate(DAYS):
        AmendedDay.objects.create(
            school=world.lincoln,
            date=day,
            student=world.students["Abara"],
            what="day",
            was="absent unexcused 0/330",
            became="absent excused 0/330",
            reason=f"Paper of {day:%B} {day.day} found.",
            amended_by=world.users["okafor"],
            amended_at=AFTER,
            change=change,
        )
    return world


def _page(world: World, client: Client, who: str = "okafor"):
    client.force_login(world.users[who])
    with clock.stopped_at(AFTER):
        return client.get(reverse("month_amendments", args=[world.lincoln.pk, MONTH]))


def test_each_change_stands_with_its_reason_its_person_and_what_it_did(amended: World, client: Client) -> None:
    page = _page(amended, client).text
    assert page.index("Paper of October 22") < page.index("Paper of October 19")
    assert "absent, unexcused, 0 of 330 minutes" in page
    assert "absent, excused, 0 of 330 minutes" in page
    assert reverse("student_day", args=[amended.students["Abara"].pk, FIRST]) in page


def test_the_list_costs_the_same_statements_whatever_it_holds(amended: World, client: Client) -> None:
    _page(amended, client)
    with CaptureQueriesContext(connection) as four:
        _page(amended, client)
    signed = AmendedDay.objects.values("school_id", "date", "student_id", "what", "reason", "amended_at").first()
    AmendedDay.objects.bulk_create(AmendedDay(change=n, **signed) for n in range(10, 60) for _ in range(2))
    with CaptureQueriesContext(connection) as many:
        assert "page=2" in _page(amended, client).text
    assert len(many) == len(four)


def test_a_teacher_has_no_such_page_and_another_schools_administrator_neither(amended: World, client: Client) -> None:
    assert _page(amended, client, "whitfield").status_code == 404
    client.force_login(amended.users["okafor"])
    assert client.get(reverse("month_amendments", args=[amended.washington.pk, MONTH])).status_code == 404


def test_the_file_holds_every_line_and_no_formula(amended: World, client: Client) -> None:
    AmendedDay.objects.create(
        school=amended.lincoln, date=FIRST, what="calendar", reason="=1+1", amended_at=AFTER, change=9
    )
    client.force_login(amended.users["okafor"])
    with clock.stopped_at(AFTER):
        file = client.get(reverse("month_amendments_file", args=[amended.lincoln.pk, MONTH])).content.decode()
    assert len(file.strip().splitlines()) == 1 + 4 + 1
    assert "'=1+1" in file
