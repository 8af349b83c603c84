"""Whether the roster of a class was opened by whoever saved it: proved by what its page carried, and kept."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from attendance.models import Submission
from attendance.selectors.openings import opening_of_day, opening_of_meeting
from students import clock
from tests.attendance.acts import meeting_of, open_both_schools, take
from tests.world import TODAY, YESTERDAY, World, at


@pytest.fixture
def opened(world: World) -> World:
    return open_both_schools(world)


def _post(client: Client, world: World, opening: str | None) -> Submission:
    meeting = meeting_of(world, "1")
    form = {f"mark-{pk}": "present" for pk in meeting.section.enrollments.values_list("student_id", flat=True)}
    form |= {"version": str(meeting.version), "submission_id": str(uuid4()), "reason": "Seen again"}
    form |= {} if opening is None else {"opening": opening}
    with clock.stopped_at(at(17)):
        assert client.post(reverse("meeting", args=[meeting.pk]), form).status_code == 302
    return Submission.objects.latest("pk")


def _shown(client: Client, world: World) -> str:
    with clock.stopped_at(at(17)):
        page = client.get(reverse("meeting", args=[meeting_of(world, "1").pk])).content.decode()
    return re.findall(r'name="opening" value="([^"]+)"', page)[0]


def test_a_save_brings_back_what_the_page_of_its_roster_carried(opened: World, client: Client) -> None:
    client.force_login(opened.users["whitfield"])
    shown = _shown(client, opened)
    assert _post(client, opened, shown).roster_opened is True
    assert _post(client, opened, None).roster_opened is False
    assert _post(client, opened, "made up").roster_opened is False
    # Another class, and another person, have another.
    other = opening_of_meeting(opened.scope("whitfield"), meeting_of(opened, "2").pk)
    theirs = opening_of_meeting(opened.scope("okafor"), meeting_of(opened, "1").pk)
    assert _post(client, opened, other).roster_opened is False
    assert _post(client, opened, theirs).roster_opened is False


def test_of_a_save_that_nobody_asked_nothing_is_said(opened: World) -> None:
    take(opened, "1")
    assert Submission.objects.get().roster_opened is None


def test_a_day_has_another_opening_than_its_classes_and_other_days(opened: World) -> None:
    scope, section = opened.scope("whitfield"), opened.sections["1"].pk
    openings = {
        opening_of_day(scope, section, TODAY),
        opening_of_day(scope, section, YESTERDAY),
        opening_of_meeting(scope, section),
    }
    assert len(openings) == 3
