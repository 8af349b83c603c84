"""The calendars' pages: a year, a month, a day with its preview, and where the reporting months begin."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import CalendarDay, CalendarEdit
from tests.attendance.acts import take
from tests.attendance.pages.visitors import client_of
from tests.world import PERIODS, YESTERDAY, World

DAY = reverse("calendar_day", args=[YESTERDAY])
MONTH = reverse("calendar_month", args=[YESTERDAY])
YEAR = reverse("calendars")
MONTHS = reverse("reporting_months")
SHOWN = {
    "event_type": "IN",
    "name": "",
    "day_kind": "traditional",
    "bell_schedule": "Regular",
    "rotation_day": "",
    "dismissal_time": "",
    "attendance_frequency": "daily",
}


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def text(response) -> str:
    return " ".join(response.content.decode().split())


def sent(world: World, *, schools=("lincoln",), first=YESTERDAY, last=None, **changes) -> dict:
    """The day's form as a browser would send it: what it showed, and what somebody changed."""
    return {
        "submission_id": str(uuid4()),
        "schools": [getattr(world, name).pk for name in schools],
        "first_day": first,
        "last_day": last or first,
        **{f"initial-{name}": value for name, value in SHOWN.items()},
        **SHOWN,
        "reason": "Ice on the roads",
        **changes,
    }


def agreed(response) -> str:
    return str(response.context["preview"].effects.agreement)


@pytest.mark.parametrize("address", [YEAR, MONTH, DAY])
@pytest.mark.parametrize(("who", "status"), [("reyes", 200), ("okafor", 200), ("whitfield", 404)])
def test_who_may_see_calendars(opened: World, address: str, who: str, status: int) -> None:
    assert client_of(opened, who).get(address).status_code == status


def test_a_school_administrator_sees_the_own_calendar_and_changes_nothing(opened: World) -> None:
    client = client_of(opened, "okafor")
    for address in (YEAR, MONTH, DAY):
        assert client.get(address, {"school": opened.washington.pk}).status_code == 404
        assert "Washington" not in text(client.get(address))
    assert "Show what this changes" not in text(client.get(DAY))
    assert client.get(MONTHS).status_code == client.post(MONTHS).status_code == 403
    assert client.post(DAY, sent(opened, event_type="ED", save="yes")).status_code == 403
    assert CalendarDay.objects.get(school=opened.lincoln, date=YESTERDAY).event_type == "IN"


@pytest.mark.parametrize("address", [YEAR, MONTH, DAY])
def test_a_longer_calendar_of_more_schools_asks_the_database_no_more(opened: World, address: str) -> None:
    client = client_of(opened, "reyes")
    client.get(address)
    with CaptureQueriesContext(connection) as of_two:
        client.get(address)
    CalendarDay.objects.bulk_create(
        CalendarDay(school=school, date=date(2021, 1, day), event_type="H", name=f"Day {day}")
        for school in (opened.lincoln, opened.washington)
        for day in range(1, 29)
    )
    with CaptureQueriesContext(connection) as of_more:
        client.get(address)
    assert len(of_more) == len(of_two) <= 20


def test_a_year_shows_each_kind_of_day_by_letters_and_in_words(opened: World) -> None:
    CalendarDay.objects.filter(date=date(2020, 10, 29)).update(event_type="H", name="Fair")
    CalendarDay.objects.filter(date=date(2020, 10, 30), school=opened.lincoln).update(dismissal_time="11:00")
    page = text(client_of(opened, "reyes").get(YEAR))
    assert 'aria-label="Thursday, October 29; Holiday (Fair)"><span>29</span><b>H</b>' in page
    assert "Lincoln High School: Instructional day, traditional, bells: Regular, until 11:00 am, 165 minutes" in page
    assert "under 240 minutes (MS-02)" in page
    assert "<b>14</b> of 180" in page
    assert "166 too few" in page
    assert '<th scope="row">3</th>' in page


def test_a_month_lists_what_differs_between_schools_by_school(opened: World) -> None:
    CalendarDay.objects.filter(date=date(2020, 10, 29), school=opened.lincoln).update(event_type="H", name="Fair")
    page = text(client_of(opened, "reyes").get(MONTH))
    assert "<b>Lincoln High School:</b> Holiday (Fair)" in page
    assert "<b>Washington High School:</b> Instructional day, traditional, bells: Regular, 330 minutes" in page
    # At a glance a day is not alike where some hold school and some do not, and bells of its own make no difference.
    CalendarDay.objects.filter(date=date(2020, 10, 28), school=opened.lincoln).update(rotation_day="A")
    year = text(client_of(opened, "reyes").get(YEAR))
    assert "<span>29</span><b>≠</b>" in year
    assert "<span>28</span></a>" in year
    alone = text(client_of(opened, "reyes").get(MONTH, {"school": opened.lincoln.pk}))
    assert "Washington High School:" not in alone
    assert "No day of this month" in text(client_of(opened, "reyes").get("/calendars/months/2021-03-01/"))


@pytest.mark.parametrize("query", ["?school=x", "?school=999999", "?year=1999", "?year=99999999999"])
def test_an_address_that_names_nothing_is_no_page(opened: World, query: str) -> None:
    assert client_of(opened, "reyes").get(YEAR + query).status_code == 404
    assert client_of(opened, "reyes").get("/calendars/days/1999-01-01/").status_code == 404


def test_a_change_is_looked_at_saved_and_stands_in_the_days_history(opened: World) -> None:
    client = client_of(opened, "reyes")
    form = sent(opened, event_type="ED", name="Ice storm")
    looked = client.post(DAY, form | {"look": "yes"})
    assert looked.status_code == 200
    shown = text(looked)
    assert "Instructional day, traditional, bells: Regular, 330 minutes</span>" in shown
    assert "Emergency day (Ice storm)" in shown
    assert "15 → 14 instructional days of 180 (MS-01)" in shown
    assert "9 days of students are judged anew." in shown
    assert "6 class meetings that were not taken go." in shown
    assert "<b>9</b> undetermined → no school day" in shown
    assert not CalendarEdit.objects.exists()
    saved = client.post(DAY, form | {"save": "yes", "agreed": agreed(looked)})
    assert saved.url == MONTH
    page = text(client.get(MONTH))
    assert "1 day of the calendar is changed." in page
    assert "changed here" in page
    history = text(client.get(DAY))
    assert f"{opened.users['reyes'].full_name}, Oct 27" in history
    assert "Ice on the roads" in history


def test_a_preview_by_htmx_is_a_fragment_and_says_what_is_wrong_in_it(opened: World) -> None:
    client = client_of(opened, "reyes")
    good = client.post(DAY, sent(opened, event_type="ED"), headers={"HX-Request": "true"})
    assert "<html" not in text(good)
    assert "Save this change" in text(good)
    wrong = client.post(DAY, sent(opened, bell_schedule=""), headers={"HX-Request": "true"})
    assert "needs its bell schedule" in text(wrong)
    missing = client.post(DAY, sent(opened, first_day=""), headers={"HX-Request": "true"})
    assert "First day" in text(missing)


def test_what_was_shown_and_left_alone_is_left_alone_on_each_day(opened: World) -> None:
    """A run of days begins from the form of one: its bells go to no other day unless somebody chose them."""
    friday = CalendarDay.objects.get(school=opened.lincoln, date=date(2020, 10, 30))
    friday.rotation_day, friday.name = "B", "Picture day"
    friday.save()
    client = client_of(opened, "reyes")
    form = sent(opened, last=date(2020, 10, 30), day_kind="virtual")
    looked = client.post(DAY, form)
    assert client.post(DAY, form | {"save": "yes", "agreed": agreed(looked)}).status_code == 302
    friday.refresh_from_db()
    assert (friday.day_kind, friday.rotation_day, friday.name) == ("virtual", "B", "Picture day")


def test_taken_classes_are_named_and_ask_to_be_confirmed(opened: World) -> None:
    for period in PERIODS:
        take(opened, period)
    client = client_of(opened, "reyes")
    form = sent(opened, event_type="ED")
    looked = client.post(DAY, form)
    assert "6 classes were taken on days that are no longer in session" in text(looked)
    assert "Algebra I, period 1" in text(looked)
    refused = client.post(DAY, form | {"save": "yes", "agreed": agreed(looked)})
    assert refused.status_code == 422
    assert "Confirm that the classes taken" in text(refused)
    done = client.post(DAY, form | {"save": "yes", "agreed": agreed(looked), "leave_out_taken": "on"})
    assert done.status_code == 302


def test_a_stale_page_is_refused_with_a_new_preview(opened: World) -> None:
    client = client_of(opened, "reyes")
    form = sent(opened, event_type="ED")
    looked = client.post(DAY, form)
    CalendarDay.objects.filter(school=opened.lincoln, date=YESTERDAY).update(name="Fair")
    refused = client.post(DAY, form | {"save": "yes", "agreed": agreed(looked)})
    assert refused.status_code == 409
    assert "was changed since you looked" in text(refused)
    assert client.post(DAY, form | {"save": "yes", "agreed": agreed(refused)}).status_code == 302


def test_without_a_reason_nothing_is_saved(opened: World) -> None:
    client = client_of(opened, "reyes")
    form = sent(opened, event_type="ED", reason="")
    looked = client.post(DAY, form)
    refused = client.post(DAY, form | {"save": "yes", "agreed": agreed(looked)})
    assert "Say why the calendar is changed." in text(refused)
    assert not CalendarEdit.objects.exists()


def test_RD70_the_months_begin_where_the_district_says(opened: World) -> None:
    client = client_of(opened, "reyes")
    shown = client.get(MONTHS)
    form = {"submission_id": str(uuid4()), "seen": shown.context["form"]["seen"].value(), "reason": "Moved"}
    assert 'value="2020-10-19"' in text(shown)
    gap = client.post(MONTHS, form | {"month_3": "2020-10-20"})
    assert gap.status_code == 422
    assert "2020-10-19 lies in no reporting month" in text(gap)
    done = client.post(MONTHS, form | {"month_3": "2020-10-19", "month_4": "2020-11-02"})
    assert done.url == YEAR
    months = set(CalendarDay.objects.filter(date__gte=date(2020, 11, 2)).values_list("reporting_month", flat=True))
    assert months == {4}
    again = client.post(MONTHS, form | {"submission_id": str(uuid4()), "month_3": "2020-10-19"})
    assert again.status_code == 409
    assert CalendarEdit.objects.count() == 1
