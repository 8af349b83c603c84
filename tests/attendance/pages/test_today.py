"""Today, as teachers see it. The clock stands at Tuesday 27 October 2020, 10:00."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import CalendarDay, ClassMeeting, SchoolDays
from attendance.services.voiding import void_meeting
from students.models import SectionTeacher
from tests.attendance.acts import meeting_of, take
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, YESTERDAY, World, add_student, put_on_roster


@pytest.fixture
def days(opened_world: World) -> World:
    return opened_world


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_teacher_sees_the_days_classes_in_order_and_another_schools_never(days):
    page = client_of(days, "whitfield").get("/today/").context["page"]
    assert [each.title for each in page.meetings] == [f"Algebra I, period {n}" for n in range(1, 7)]
    assert [each.roster for each in page.meetings] == [9] * 6


def test_a_class_can_be_taken_from_ten_minutes_before_its_start(days):
    # Period 3 starts at 10:00, period 4 after lunch.
    meetings = client_of(days, "whitfield").get("/today/").context["page"].meetings
    assert [each.is_open for each in meetings] == [True, True, True, False, False, False]
    assert meetings[3].opens_at.strftime("%H:%M") == "11:25"
    assert "Can be taken from 11:25 am" in text_of(client_of(days, "whitfield").get("/today/"))


def test_a_taken_class_says_when_and_by_whom(days):
    take(days, "1", TODAY)
    take(days, "2", TODAY, by="okafor")
    text = text_of(client_of(days, "whitfield").get("/today/"))
    assert "Taken at 5:00 pm by you" in text
    assert "Taken at 5:00 pm by Grace Okafor" in text


def test_RD03_a_student_who_joined_after_the_class_was_taken_is_shown_as_unmarked(days):
    take(days, "1", TODAY)
    put_on_roster(add_student(days, "Zamora Eva", "300000000", days.lincoln), days.sections["1"])
    page = client_of(days, "whitfield").get("/today/").context["page"]
    assert page.meetings[0].unmarked == 1
    assert page.meetings[0].is_open


def test_a_void_class_says_why(days):
    void_meeting(days.scope("okafor"), meeting_of(days, "1", TODAY).pk, reason="Fire drill")
    assert "Void: Fire drill" in text_of(client_of(days, "whitfield").get("/today/"))


def test_RD25_classes_of_earlier_days_are_late_and_after_seven_days_overdue(days):
    pages = [client_of(days, "whitfield").get(f"/today/?page={n}").context["page"] for n in (1, 2)]
    by_date = {each.date: each.overdue for page in pages for each in page.missing.listed}
    assert by_date == {
        YESTERDAY: False,
        date(2020, 10, 23): False,
        date(2020, 10, 22): False,
        date(2020, 10, 21): False,
        date(2020, 10, 20): False,
        date(2020, 10, 19): True,
    }
    assert [len(page.missing.listed) for page in pages] == [30, 6]


def test_of_many_missing_classes_some_are_listed_at_a_time_and_all_are_counted(days):
    client = client_of(days, "whitfield")
    first, last = (client.get(f"/today/?on=2020-10-26&page={n}") for n in (1, 2))
    assert 'Not yet taken <span class="soft">(36)</span>' in text_of(first)
    assert '<a class="button button-quiet" rel="next" href="?on=2020-10-26&amp;page=2#missing">Next</a>' in text_of(
        first
    )
    assert "31 to 36 of 36" in text_of(last)
    listed = [each.id for response in (first, last) for each in response.context["page"].missing.listed]
    held = ClassMeeting.objects.filter(date__lt=TODAY, section__teachers__user=days.users["whitfield"])
    assert listed == list(held.order_by("-date", "starts_at", "pk").values_list("pk", flat=True))
    for response in (first, last):
        assert response.context["page"].missing.oldest == last.context["page"].missing.listed[-1]
    assert client.get("/today/?page=nonsense").context["page"].missing.listed == first.context["page"].missing.listed


def test_what_is_taken_or_void_is_not_missing_but_a_class_with_somebody_unmarked_is(days):
    for key in "123456":
        take(days, key, YESTERDAY)
    void_meeting(days.scope("okafor"), meeting_of(days, "2", YESTERDAY).pk, reason="Assembly")
    put_on_roster(add_student(days, "Zamora Eva", "300000000", days.lincoln), days.sections["1"])
    missing = client_of(days, "whitfield").get("/today/").context["page"].missing.listed
    assert [each.title for each in missing if each.date == YESTERDAY] == ["Algebra I, period 1"]


def test_nobody_is_chased_for_classes_before_they_taught_the_section(days):
    SectionTeacher.objects.filter(user=days.users["whitfield"]).update(starts_on=YESTERDAY)
    missing = client_of(days, "whitfield").get("/today/").context["page"].missing.listed
    assert {each.date for each in missing} == {YESTERDAY}


def test_the_next_class_to_mark_is_the_first_open_one(days):
    take(days, "1", TODAY)
    page = client_of(days, "whitfield").get("/today/").context["page"]
    assert page.next_up.title == "Algebra I, period 2"


def test_the_arrows_lead_to_the_school_days_beside(days):
    news = client_of(days, "whitfield").get("/today/?on=2020-10-26").context["page"].news.beside
    assert (news.previous, news.next) == (date(2020, 10, 23), TODAY)
    assert client_of(days, "whitfield").get("/today/").context["page"].news.beside.next is None


def test_a_day_without_school_says_so_by_its_name(days):
    CalendarDay.objects.create(school=days.lincoln, date=date(2020, 10, 12), event_type="H", name="Columbus Day")
    text = text_of(client_of(days, "whitfield").get("/today/?on=2020-10-12"))
    assert "No school on Monday, October 12" in text
    assert "Columbus Day" in text


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2020-10-25", "No school on Sunday, October 25"),
        ("2020-10-28", "Wednesday, October 28 is still to come"),
        ("nonsense", "Algebra I, period 1"),
    ],
)
def test_an_empty_day_says_why(days, on, said):
    assert said in text_of(client_of(days, "whitfield").get(f"/today/?on={on}"))


def test_a_day_not_opened_yet_says_what_happens(days):
    SchoolDays.objects.update(opened_through=YESTERDAY)
    days.sections["1"].meetings.model.objects.filter(date=TODAY).delete()
    assert "is not opened yet" in text_of(client_of(days, "whitfield").get("/today/"))


def test_somebody_without_classes_is_told_where_they_come_from(days):
    assert "No classes are yours" in text_of(client_of(days, "reyes").get("/today/"))


def test_the_statements_are_as_many_for_one_class_taken_as_for_six(days):
    client = client_of(days, "whitfield")
    client.get("/today/")

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/today/")
        return len(captured)

    take(days, "1", TODAY)
    with_one = statements()
    for key in "23456":
        take(days, key, TODAY)
    assert statements() == with_one
    assert with_one <= 18
