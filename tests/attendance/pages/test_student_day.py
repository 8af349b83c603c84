"""The page of a student's day, and the excuses entered and withdrawn on it."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from attendance.demo.papers import photo
from attendance.models import DailyAttendance, Excuse
from tests.attendance.acts import excuse, take
from tests.attendance.pages.visitors import client_of
from tests.world import PERIODS, TODAY, YESTERDAY, World


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def address(world: World, name: str = "Abara", day: date = YESTERDAY) -> str:
    return reverse("student_day", args=[world.students[name].pk, day])


def form(**given: str) -> dict[str, str]:
    """An excuse for yesterday, on a doctor's paper seen today, as the page sends it."""
    sent = {
        "submission_id": str(uuid4()),
        "reason": "illness",
        "starts_on": "2020-10-26",
        "ends_on": "2020-10-26",
        "starts_at": "",
        "ends_at": "",
        "document_kind": "medical",
        "document_seen_on": "2020-10-27",
    }
    return sent | given


def text_of(response) -> str:
    return response.content.decode()


def test_it_shows_the_working_and_the_verdict(opened: World) -> None:
    for period in PERIODS[:4]:
        take(opened, period, Abara="present")
    page = text_of(client_of(opened, "okafor").get(address(opened)))
    assert "Present: attended 220 of 330 minutes, 208 needed (MS-05)." in page
    assert "63% of 330 = 208 (MS-05)" in page
    assert "Not taken (RD-03)" in page


def test_it_leads_to_the_school_days_before_and_after_and_not_beyond_today(opened: World) -> None:
    page = text_of(client_of(opened, "okafor").get(address(opened)))
    assert address(opened, day=date(2020, 10, 23)) in page
    assert address(opened, day=TODAY) in page
    assert address(opened, day=date(2020, 10, 28)) not in text_of(
        client_of(opened, "okafor").get(address(opened, day=TODAY))
    )


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("okafor", "Abara", 200),
        ("whitfield", "Abara", 200),
        ("reyes", "Abara", 200),
        ("reyes", "Shah", 200),
        ("lindqvist", "Abara", 404),
        ("park", "Abara", 404),
        ("okafor", "Shah", 404),
        ("whitfield", "Shah", 404),
    ],
)
def test_who_may_open_whose_day(opened: World, who: str, name: str, status: int) -> None:
    assert client_of(opened, who).get(address(opened, name)).status_code == status


def test_nobody_opens_it_signed_out(opened: World) -> None:
    assert Client().get(address(opened)).status_code == 302


def test_a_date_that_is_none_is_no_address(opened: World) -> None:
    student = opened.students["Abara"].pk
    assert client_of(opened, "okafor").get(f"/students/{student}/days/2020-02-30/").status_code == 404


def test_an_administrator_enters_an_excuse_and_the_day_is_judged_anew(opened: World) -> None:
    for period in PERIODS:
        take(opened, period, Abara="absent")
    response = client_of(opened, "okafor").post(address(opened), form(), follow=True)
    assert response.redirect_chain == [(address(opened), 302)]
    assert "Absent, excused" in text_of(response)
    assert "Illness or injury" in text_of(response)


def test_a_double_click_enters_one_excuse(opened: World) -> None:
    sent, client = form(), client_of(opened, "okafor")
    for _ in range(2):
        assert client.post(address(opened), sent).status_code == 302
    assert Excuse.objects.count() == 1


def test_an_excuse_for_other_days_leads_to_its_first_day(opened: World) -> None:
    sent = form(starts_on="2020-10-21", ends_on="2020-10-22")
    response = client_of(opened, "okafor").post(address(opened), sent)
    assert response.url == address(opened, day=date(2020, 10, 21))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"reason": ""}, "This field is required."),
        ({"ends_on": "2020-10-25"}, "The excuse ends before it starts."),
        ({"document_seen_on": ""}, "Say when the document was seen."),
        ({"document_seen_on": "2020-10-28"}, "a day to come"),
        ({"starts_at": "08:00"}, "Times need one day, a start and a later end."),
        ({"ends_on": "2021-12-01"}, "longer than a year"),
    ],
)
def test_what_is_wrong_stands_in_place_what_was_typed_stays_and_nothing_is_written(
    opened: World, wrong: dict[str, str], why: str
) -> None:
    sent = form(**wrong)
    response = client_of(opened, "okafor").post(address(opened), sent)
    assert response.status_code == 422
    assert why in text_of(response)
    assert sent["submission_id"] in text_of(response)
    assert not Excuse.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("whitfield", 403), ("park", 404), ("lindqvist", 404)])
def test_who_does_not_keep_excuses_enters_none(opened: World, who: str, status: int) -> None:
    assert client_of(opened, who).post(address(opened), form()).status_code == status
    assert not Excuse.objects.exists()


def test_RD60_a_teacher_sees_documented_and_neither_reason_nor_document_nor_form(opened: World) -> None:
    excuse(opened, "Abara")
    page = text_of(client_of(opened, "whitfield").get(address(opened)))
    assert "Documented" in page
    for hidden in ("Illness", "Doctor", "Grace Okafor", "Enter an excuse", "Withdraw", "MS-34"):
        assert hidden not in page


def withdraw_address(world: World, excuse_id: int, name: str = "Abara") -> str:
    return reverse("withdraw_excuse", args=[world.students[name].pk, YESTERDAY, excuse_id])


def test_an_excuse_is_withdrawn_with_a_reason_and_stays_in_sight(opened: World) -> None:
    kept = excuse(opened, "Abara")
    response = client_of(opened, "okafor").post(
        withdraw_address(opened, kept.pk), {"reason": "Another child’s paper"}, follow=True
    )
    assert "Withdrawn by Grace Okafor" in text_of(response)
    assert "Another child’s paper" in text_of(response)


def test_withdrawing_without_a_reason_is_refused_in_place(opened: World) -> None:
    kept = excuse(opened, "Abara")
    response = client_of(opened, "okafor").post(withdraw_address(opened, kept.pk), {"reason": "  "})
    assert response.status_code == 422
    assert "This field is required." in text_of(response)
    kept.refresh_from_db()
    assert kept.withdrawn_at is None


@pytest.mark.parametrize(("who", "status"), [("whitfield", 403), ("park", 404), ("lindqvist", 404)])
def test_who_does_not_keep_excuses_withdraws_none(opened: World, who: str, status: int) -> None:
    kept = excuse(opened, "Abara")
    address_of = withdraw_address(opened, kept.pk)
    assert client_of(opened, who).post(address_of, {"reason": "Mine"}).status_code == status
    kept.refresh_from_db()
    assert kept.withdrawn_at is None


def test_an_excuse_of_another_student_is_not_withdrawn_here(opened: World) -> None:
    kept = excuse(opened, "Abara")
    response = client_of(opened, "okafor").post(withdraw_address(opened, kept.pk, "Hollis"), {"reason": "Slip"})
    assert response.status_code == 404


def test_a_withdrawal_asked_for_again_after_signing_in_leads_back_to_the_day(opened: World) -> None:
    kept = excuse(opened, "Abara")
    assert client_of(opened, "okafor").get(withdraw_address(opened, kept.pk)).url == address(opened)


def test_a_ledger_that_says_otherwise_is_said_loudly(opened: World) -> None:
    DailyAttendance.objects.filter(date=YESTERDAY).update(minutes_attended=7)
    page = text_of(client_of(opened, "okafor").get(address(opened)))
    assert "The ledger and the facts disagree" in page


def test_the_statements_are_as_many_for_a_full_day_as_for_an_empty_one(
    opened: World, django_assert_max_num_queries
) -> None:
    for period in PERIODS:
        take(opened, period, Abara="absent")
    for _ in range(5):
        excuse(opened, "Abara")
    client = client_of(opened, "okafor")
    with django_assert_max_num_queries(32):
        client.get(address(opened))


def test_an_excuse_is_entered_with_its_document_in_one_form(opened: World) -> None:
    sent = BytesIO(photo())
    sent.name = "IMG_0042.pdf"
    answer = client_of(opened, "mayfield").post(address(opened), form(document_seen_on="") | {"documents": sent})
    assert answer.status_code == 302
    held = Excuse.objects.get()
    assert (held.document_seen_on, held.documents.get().content_type) == (TODAY, "image/png")
    page = text_of(client_of(opened, "mayfield").get(address(opened)))
    assert "IMG_0042.pdf" in page
    assert reverse("one_excuse", args=[held.pk]) in page
    teachers = text_of(client_of(opened, "whitfield").get(address(opened)))
    assert "IMG_0042" not in teachers
    assert "Documented" in teachers
