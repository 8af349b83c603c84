"""The pages of bells: what they show, a copy, a change that was looked at, and bells put on one day."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import BellChange, BellSchedule, CalendarDay, Period
from attendance.services.bells import copy_bells
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, World


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


@pytest.fixture
def okafor(opened: World) -> Client:
    return client_of(opened, "okafor")


def regular(world: World) -> BellSchedule:
    return world.lincoln.bell_schedules.get(name="Regular")


def filled(client: Client, address: str, **said: Any) -> dict[str, Any]:
    """The form of a page as a browser would send it, but for what is said."""
    context = client.get(address).context["filled"]
    forms = (
        [*context.lines, context.lines.management_form, context.form] if hasattr(context, "lines") else [context.form]
    )
    given = {}
    for form in forms:
        for field in form:
            value = field.value()
            given[field.html_name] = field.field.widget.format_value(value) if value is not None else ""
    return {name: value if value is not None else "" for name, value in (given | said).items()}


def test_the_list_costs_the_same_however_many_schedules_there_are(opened: World, okafor: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert okafor.get(reverse("bells")).status_code == 200
        return len(queries)

    first = asked()
    for name in ("Assembly", "Testing", "Fog"):
        copy_bells(opened.scope("okafor"), regular(opened).pk, name=name)
    assert asked() == first


def test_who_teaches_sees_no_bells_page_and_who_administers_another_school_neither(opened: World) -> None:
    for who in ("whitfield", "lindqvist"):
        assert client_of(opened, who).get(reverse("bell_schedule", args=[regular(opened).pk])).status_code == 404
    assert client_of(opened, "whitfield").get(reverse("bells")).status_code == 404
    assert client_of(opened, "lindqvist").get(reverse("bells"), {"school": opened.lincoln.pk}).status_code == 404


def test_a_school_without_bells_is_told_what_brings_them(world: World) -> None:
    CalendarDay.objects.all().delete()
    BellSchedule.objects.all().delete()
    assert b"bells.csv" in client_of(world, "okafor").get(reverse("bells")).content


def test_imported_bells_say_where_they_are_changed(opened: World, okafor: Client) -> None:
    page = okafor.get(reverse("change_bells", args=[regular(opened).pk])).content.decode()
    assert "came by import" in page
    assert "Save these bells" not in page


def test_a_copy_is_made_looked_at_changed_and_rung_on_a_day(opened: World, okafor: Client) -> None:
    made = okafor.post(reverse("copy_bells", args=[regular(opened).pk]), {"name": "Assembly"})
    assembly = BellSchedule.objects.get(name="Assembly")
    assert made["Location"] == reverse("change_bells", args=[assembly.pk])
    address = reverse("change_bells", args=[assembly.pk])
    changed = filled(okafor, address, **{"row-6-ends_at": "14:10", "reason": "Assembly", "preview": "yes"})
    looked_at = okafor.post(address, changed)
    assert looked_at.status_code == 200
    assert "310 instructional minutes" in looked_at.content.decode()
    assert Period.objects.get(bell_schedule=assembly, name="6").ends_at.minute == 30
    agreed = str(looked_at.context["filled"].effects.agreement)
    saved = okafor.post(address, changed | {"agreed": agreed, "save": "yes"})
    assert saved["Location"] == reverse("bell_schedule", args=[assembly.pk])
    day = reverse("ring_on_day", args=[assembly.pk])
    asked = filled(okafor, day, day=TODAY.isoformat(), reason="Assembly")
    seen = okafor.post(day, asked | {"preview": "yes"})
    assert "Regular (330 minutes) → Assembly (310 minutes)" in seen.content.decode()
    okafor.post(day, asked | {"save": "yes", "agreed": str(seen.context["filled"].effects.agreement)})
    assert CalendarDay.objects.get(school=opened.lincoln, date=TODAY).bell_schedule == assembly


def test_a_form_that_is_wrong_keeps_what_was_typed(opened: World, okafor: Client) -> None:
    made = copy_bells(opened.scope("okafor"), regular(opened).pk, name="Assembly")
    address = reverse("change_bells", args=[made.pk])
    for said, says in (
        ({"row-1-starts_at": "08:30"}, "lie on the same minutes"),
        ({"row-1-ends_at": ""}, "This field is required"),
        ({"reason": ""}, "This field is required"),
    ):
        answer = okafor.post(address, filled(okafor, address, **{"reason": "Kept words", **said}))
        assert (answer.status_code, says in answer.content.decode()) == (422, True)
        assert "Kept words" in answer.content.decode() or said == {"reason": ""}
    assert not BellChange.objects.exists()


def test_an_unknown_day_on_the_calendar_is_refused_in_words(opened: World, okafor: Client) -> None:
    address = reverse("ring_on_day", args=[regular(opened).pk])
    answer = okafor.post(address, filled(okafor, address, day="2020-10-25", reason="Sunday", preview="yes"))
    assert answer.status_code == 422
    assert "the calendar does not have this day" in answer.content.decode()
    copied = okafor.post(reverse("copy_bells", args=[regular(opened).pk]), {"name": "Regular"})
    assert (copied.status_code, "Choose another name" in copied.content.decode()) == (422, True)
