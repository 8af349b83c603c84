"""The pages that say whether a calendar is lawful, waive days, and keep the calendar as adopted."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import AdoptedCalendar, AttendancePolicy, CalendarDay, WaivedDay
from tests.attendance.pages.visitors import client_of
from tests.world import YEAR_STARTS, World

LOST = date(2020, 10, 29)
YEAR, WAIVERS, ADOPTED = reverse("calendars"), reverse("waivers"), reverse("adopt_calendar")


@pytest.fixture
def fifteen(world: World) -> World:
    """A policy of fifteen days: what the world's calendars have, but for one that Lincoln lost."""
    AttendancePolicy.objects.update(instructional_days=15)
    rows = CalendarDay.objects.filter(school=world.lincoln, date=LOST)
    rows.update(event_type="ED", name="Quarantine", day_kind="", bell_schedule=None)
    return world


def text(response) -> str:
    return " ".join(response.content.decode().split())


def adopt(world: World, **given):
    schools = [world.lincoln.pk, world.washington.pk]
    said = {"submission_id": uuid4(), "schools": schools, "adopted_on": YEAR_STARTS, "document": "Minutes, July 13"}
    return client_of(world, "reyes").post(ADOPTED, said | {"lost": LOST} | given)


def waive(world: World, by: str = "reyes", **given):
    said = {"submission_id": uuid4(), "schools": [world.lincoln.pk], "dates": LOST, "reason": "outbreak"}
    return client_of(world, by).post(WAIVERS, said | {"document": "Order 12", "kept_at": "Office"} | given)


def test_MS01_the_page_says_in_one_sentence_whether_the_calendar_is_lawful_and_which_days_are_not(
    fifteen: World,
) -> None:
    page = text(client_of(fifteen, "okafor").get(YEAR))
    assert "<p>This calendar is not lawful: it comes to 14 of 15 instructional days.</p>" in page
    assert "no adopted calendar is kept" in page
    assert adopt(fifteen).status_code == 302
    assert "adopted, neither held nor waived: Oct 29" in text(client_of(fifteen, "okafor").get(YEAR))
    assert waive(fifteen, document="", kept_at="").status_code == 302
    page = text(client_of(fifteen, "reyes").get(YEAR, {"school": fifteen.lincoln.pk}))
    assert "it comes to 14 of 15 instructional days; 1 waived day has no document." in page
    assert ">Thu, Oct 29</a>: waived, but no document is named for it" in page
    waiver = WaivedDay.objects.get()
    address = reverse("waiver", args=[waiver.pk])
    assert client_of(fifteen, "reyes").post(address, {"document": "Order 12", "kept_at": "Office"}).status_code == 302
    page = text(client_of(fifteen, "okafor").get(YEAR))
    assert "This calendar is lawful: 15 of 15 instructional days (14 held, 1 waived)" in page
    assert "1 of 10 days waived, 9 left (MS-01)" in page
    assert "14 traditional (MS-38)" in page


def test_a_waiver_is_listed_with_its_document_and_withdrawn_with_a_reason(fifteen: World) -> None:
    adopt(fifteen)
    waive(fifteen)
    assert "Order 12" in text(client_of(fifteen, "okafor").get(WAIVERS))
    day = text(client_of(fifteen, "okafor").get(reverse("calendar_day", args=[LOST])))
    assert "Waived for Lincoln High School</a>: outbreak among students or staff, Order 12" in day
    address = reverse("waiver", args=[WaivedDay.objects.get().pk])
    client = client_of(fifteen, "reyes")
    assert client.post(address, {"withdraw": "yes", "reason": ""}).status_code == 422
    assert client.post(address, {"withdraw": "yes", "reason": "Made up"}).status_code == 302
    assert "withdrawn" in text(client.get(address))
    assert "1 waiver was withdrawn" in text(client.get(WAIVERS))
    assert client_of(fifteen, "lindqvist").get(address).status_code == 404


def test_what_is_refused_is_said_on_the_form_and_nothing_is_kept(fifteen: World) -> None:
    refused = adopt(fifteen, adopted_on="2021-01-01")
    assert refused.status_code == 422
    assert "adopted on a day to come" in text(refused)
    assert not AdoptedCalendar.objects.exists()
    adopt(fifteen)
    assert "Say why another takes its place" in text(adopt(fifteen))
    assert waive(fifteen, reason="storm").status_code == 422
    assert "Say where the document is kept" in text(waive(fifteen, kept_at=""))
    assert not WaivedDay.objects.exists()


@pytest.mark.parametrize(
    ("who", "reads", "writes"), [("okafor", 200, 403), ("hale", 200, 403), ("whitfield", 404, 404)]
)
def test_who_reads_waivers_and_who_writes_them(fifteen: World, who: str, reads: int, writes: int) -> None:
    client = client_of(fifteen, who)
    for address in (WAIVERS, ADOPTED):
        page = client.get(address)
        assert page.status_code == reads
        assert '<form method="post" class="sheet' not in text(page)
        assert client.post(address).status_code == writes


def test_MS01_the_preview_of_a_change_says_whether_the_calendar_stays_lawful(fifteen: World) -> None:
    adopt(fifteen)
    waive(fifteen)
    day = reverse("calendar_day", args=["2020-10-30"])
    shown = {"event_type": "IN", "name": "", "day_kind": "traditional", "bell_schedule": "Regular"}
    shown |= {"rotation_day": "", "dismissal_time": "", "attendance_frequency": "daily"}
    said = {"submission_id": uuid4(), "schools": [fifteen.lincoln.pk], "first_day": "2020-10-30"}
    said |= {"last_day": "2020-10-30", **{f"initial-{name}": value for name, value in shown.items()}, **shown}
    page = text(
        client_of(fifteen, "reyes").post(day, said | {"event_type": "ED"} | {"day_kind": "", "bell_schedule": ""})
    )
    assert "after this change: This calendar is not lawful: it comes to 14 of 15 instructional days" in page
    assert "9 days may still be waived" in page


def test_more_days_and_waivers_ask_the_database_no_more(fifteen: World) -> None:
    adopt(fifteen)
    waive(fifteen)
    client = client_of(fifteen, "reyes")
    for address in (WAIVERS, ADOPTED):
        client.get(address)
        with CaptureQueriesContext(connection) as of_few:
            client.get(address)
        CalendarDay.objects.filter(date__gte="2020-11-02").update(event_type="ED", day_kind="", bell_schedule=None)
        waive(fifteen, dates=["2020-11-02", "2020-11-03"])
        with CaptureQueriesContext(connection) as of_more:
            client.get(address)
        assert len(of_more) == len(of_few) <= 30
