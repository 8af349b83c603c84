"""The page that voids a class and restores it."""

import pytest
from django.urls import reverse

from attendance.models import MeetingState
from tests.attendance.acts import meeting_of, take, void
from tests.attendance.pages.visitors import client_of
from tests.world import PERIODS, YESTERDAY, World


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def address(world: World, period: str = "1") -> str:
    return reverse("void_meeting", args=[meeting_of(world, period).pk])


@pytest.mark.parametrize(
    ("who", "status"), [("okafor", 200), ("reyes", 200), ("whitfield", 403), ("park", 404), ("lindqvist", 404)]
)
def test_who_may_open_it(opened: World, who: str, status: int) -> None:
    assert client_of(opened, who).get(address(opened)).status_code == status


@pytest.mark.parametrize(("who", "status"), [("whitfield", 403), ("park", 404), ("lindqvist", 404)])
@pytest.mark.parametrize("sent", [{"reason": "Mine"}, {"restore": "yes"}])
def test_who_may_not_voids_and_restores_nothing(opened: World, who: str, status: int, sent: dict[str, str]) -> None:
    before = void(opened, "1").pk if "restore" in sent else meeting_of(opened, "1").pk
    state = meeting_of(opened, "1").state
    assert client_of(opened, who).post(reverse("void_meeting", args=[before]), sent).status_code == status
    assert meeting_of(opened, "1").state == state


def test_a_class_is_voided_with_a_reason_and_the_page_says_whose_days_were_judged(opened: World) -> None:
    page = client_of(opened, "okafor").post(address(opened), {"reason": "Fire drill"}, follow=True).content.decode()
    assert "The day of 9 students was judged anew." in page
    assert "under 240" not in page
    assert "Fire drill" in page
    assert meeting_of(opened, "1").state == MeetingState.VOID


def test_MS02_it_says_how_many_have_a_day_under_the_minimum_now(opened: World) -> None:
    void(opened, "2")
    page = client_of(opened, "okafor").post(address(opened), {"reason": "Fire drill"}, follow=True).content.decode()
    assert "9 of them now have a day under 240 minutes (MS-02)." in page
    assert "9 students of the class have a day under 240 minutes (MS-02)" in page


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_voided_and_the_field_says_why(opened: World, reason: str) -> None:
    response = client_of(opened, "okafor").post(address(opened), {"reason": reason})
    assert response.status_code == 422
    assert "This field is required." in response.content.decode()
    assert meeting_of(opened, "1").state == MeetingState.EXPECTED


def test_restoring_brings_the_marks_back_and_leads_to_the_board_of_that_day(opened: World) -> None:
    for period in PERIODS:
        take(opened, period)
    client = client_of(opened, "okafor")
    client.post(address(opened), {"reason": "Fire drill"})
    response = client.post(address(opened), {"restore": "yes"})
    assert response.url == f"/school/?school={opened.lincoln.pk}&on={YESTERDAY}"
    assert meeting_of(opened, "1").state == MeetingState.TAKEN
    assert "is restored" in client.get(response.url).content.decode()
