"""A class's week as people see it and send it."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import DayReview, WeekSubmission
from tests.attendance.modes.ways import (
    LAST_WEEK,
    MONDAY,
    TUESDAY,
    engaged,
    enter,
    instant,
    of,
    on_file,
    plan,
    status,
    taught,
)
from tests.attendance.modes.weeks import talk
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, World


@pytest.fixture
def home(opened_world: World) -> World:
    """Abara works online in own time, Castillo with packets."""
    world = opened_world
    taught(world, "Abara")
    taught(world, "Castillo", "offline_packets")
    return world


def address(world: World, section: str = "1", day: date = MONDAY) -> str:
    return f"/sections/{world.sections[section].pk}/week/{day}/"


def seen(world: World, by: str = "whitfield", **where: object) -> str:
    return client_of(world, by).get(address(world, **where)).content.decode()


def form(world: World, version: int = 0, **days: str) -> dict[str, str]:
    """A sent form: `Abara="lms_activity none - - -"` fills the line from Monday; - leaves a day blank."""
    sent = {"version": str(version), "submission_id": str(uuid4())}
    for name, choices in days.items():
        for day, choice in zip(LAST_WEEK, choices.split(), strict=True):
            said, _, minutes = choice.partition(":")
            key = f"{world.students[name].pk}-{day}"
            sent |= {f"cell-{key}": "" if said == "-" else said, f"minutes-{key}": minutes}
    return sent


def test_MS15_the_page_shows_what_the_lms_reported_and_what_was_not_used(home: World) -> None:
    engaged(home, "Abara", instant(TUESDAY, 21, 14), minutes=25)
    engaged(home, "Abara", instant(TUESDAY, 21, 20), "work", work_of=MONDAY)
    on_file(home, "Abara")
    page = seen(home)
    assert "9:14 pm LMS activity, 25 min" in page
    assert "Not used: work of Mon Oct 19" in page
    assert "Not used: done on Tue Oct 20" in page
    assert "accommodation on file" in page
    assert "Records himself present" not in page


def test_RD24_a_talk_with_a_student_of_packets_is_the_weeks_and_no_refused_measure(home: World) -> None:
    talk(home, "Castillo", minutes=15)
    page = seen(home)
    assert "talk with Rosa Whitfield, 15 min: for the week’s talk, not for the day" in page
    assert "Not used" not in page
    talk(home, "Castillo", kind="unanswered", day=TUESDAY)
    talk(home, "Castillo", period="2", day=LAST_WEEK[2])
    page = seen(home)
    assert "Not used: nobody answered" in page
    # A talk about another class is no talk of this one, and no refused measure either.
    assert page.count("for the week’s talk") == 1
    assert page.count("Not used") == 1
    plan(least_contact_minutes=20)
    assert "talk with Rosa Whitfield, 15 min: too short for the week" in seen(home)


def test_a_sent_week_is_saved_and_tells_what_stands(home: World) -> None:
    visitor = client_of(home, "whitfield")
    castillo = home.students["Castillo"].pk
    sent = form(home, Abara="lms_activity contact none - -", Castillo="all part:40 none - -")
    sent[f"handed-{castillo}"] = "2020-10-26"
    answer = visitor.post(address(home), sent, follow=True).content.decode()
    assert "6 days entered" in answer
    assert status(home, "Abara", MONDAY) == ["P"]
    assert set(DayReview.objects.values_list("measure", "minutes")) == {
        ("", 0),
        ("", 40),
        ("", 55),
        ("", None),
        ("contact", None),
        ("lms_activity", None),
    }
    assert "already" in visitor.post(address(home), sent, follow=True).content.decode()
    assert WeekSubmission.objects.count() == 1


def test_a_refused_week_keeps_every_choice_and_names_the_student(home: World) -> None:
    sent = form(home, Abara="lms_activity - - - -", Castillo="part:9o - - - -")
    answer = client_of(home, "whitfield").post(address(home), sent)
    assert answer.status_code == 422
    assert "“9o” is no number of minutes" in answer.content.decode()
    sent = form(home, Abara="lms_activity - - - -", Castillo="all - - - -")
    answer = client_of(home, "whitfield").post(address(home), sent)
    page = answer.content.decode()
    assert (answer.status_code, DayReview.objects.count()) == (422, 0)
    assert "Castillo, Mateo needs the day on which the work was handed in" in page
    assert '<option value="lms_activity" data-key="l" selected>' in page


def test_a_stale_week_is_refused_and_shows_what_stands(home: World) -> None:
    enter(home, of(home, "Abara", MONDAY, "contact"), by="okafor")
    answer = client_of(home, "whitfield").post(address(home), form(home, Abara="none - - - -"))
    assert answer.status_code == 409
    assert "Contact: Grace Okafor" in answer.content.decode()


def test_RD25_the_office_enters_on_behalf_and_the_page_says_so(home: World) -> None:
    assert "on behalf of Rosa Whitfield" in seen(home, "mayfield")
    assert "on behalf" not in seen(home)


def test_who_only_reads_gets_no_form_and_who_has_no_business_gets_nothing(home: World) -> None:
    page = seen(home, "osei")
    assert '<form method="post" class="week"' not in page
    assert "not entered" in page
    assert client_of(home, "osei").post(address(home), form(home, Abara="none - - - -")).status_code == 403
    assert client_of(home, "park").get(address(home)).status_code == 404


def test_RD60_a_quarantine_is_not_named(home: World) -> None:
    taught(home, "Delgado", "sync_online", reason="quarantine", starts_on=MONDAY, ends_on=TUESDAY)
    page = seen(home)
    assert "confirm the day’s work" in page
    assert "uarantine" not in page


def test_another_day_leads_to_its_monday_and_an_empty_week_says_why(home: World) -> None:
    visitor = client_of(home, "whitfield")
    assert visitor.get(address(home, day=TUESDAY))["Location"] == address(home)
    assert "Nobody works in own time" in seen(home, "park", section="W1")
    assert "to come" in seen(home, day=date(2020, 10, 26))
    assert date(2020, 10, 27) == TODAY


def test_the_page_costs_the_same_whatever_the_class(home: World) -> None:
    visitor = client_of(home, "whitfield")

    def statements() -> int:
        with CaptureQueriesContext(connection) as made:
            visitor.get(address(home))
        return len(made)

    engaged(home, "Abara", instant(MONDAY, 20))
    before = statements()
    for name in ("Delgado", "Grant", "Hollis"):
        taught(home, name)
        engaged(home, name, instant(MONDAY, 20))
        engaged(home, name, instant(TUESDAY, 20), section=home.sections["1"])
    assert statements() == before
