"""The page of early warnings: whom it lists and why, what it is narrowed to, its file, and how often it was right."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interventions.models import EarlyWarning, WarningRecord
from interventions.selectors.late_nights import LateNights, late_nights
from students import clock
from tests.attendance.pages.visitors import client_of
from tests.interventions.care import open_case
from tests.interventions.warned import SEEN, calendar, night, seen
from tests.world import World, at


@pytest.fixture
def fall(world: World) -> World:
    calendar(world)
    seen(world, "Abara", "x..x. x..x. .")
    seen(world, "Grant", "x.... ..... x.... x")
    seen(world, "Shah", "xxx")
    night(world)
    return world


def page(world: World, name: str = "osei", query: str = "") -> str:
    return " ".join(client_of(world, name).get(f"/warnings/{query}").content.decode().split())


def test_the_page_says_who_is_on_course_to_what_and_why(fall: World) -> None:
    told = page(fall)
    assert "2 students" in told
    assert "Absent on 4 of the last 20 school days" in told
    # All of them unexcused: said of truancy where it is asked for alone.
    assert "without excuse" not in told
    assert "Absent without excuse on 4 of the last 20 school days" in page(fall, query="?threshold=truancy_5")
    assert "Absent on 3 of the last 4 Mondays, and 2 Mondays lie ahead" in told
    assert "<b>Tier 1 at 5</b>" in told
    assert "1 absence away" in told
    assert "as of the end of Oct 26" in told
    assert f"/students/{fall.students['Abara'].pk}/days/{SEEN[-3].isoformat()}/" in told
    assert "Shah" not in told
    # Whoever crosses first stands first.
    assert told.index("Abara") < told.index("Grant")


def test_the_case_of_a_student_is_linked(fall: World) -> None:
    assert "no open case" in page(fall)
    case = open_case(fall, "Abara")
    assert f"/cases/{case.pk}/" in page(fall)


def test_the_list_is_narrowed_by_what_stands_in_the_address(fall: World) -> None:
    assert "1 student" in page(fall, query="?reason=weekday")
    assert "Abara" not in page(fall, query="?reason=weekday")
    assert "Grant" not in page(fall, query="?threshold=tier_2")
    assert "3 students" in page(fall, "reyes")
    assert "Shah" in page(fall, "reyes", f"?school={fall.washington.pk}&reason=streak&threshold=tier_2")
    assert "Nobody here is on course to a threshold" in page(fall, query="?grade=12&school=99999")
    assert "Nobody here is on course to a threshold" in page(fall, query=f"?school={fall.washington.pk}")


def test_the_file_holds_a_row_for_each_threshold(fall: World) -> None:
    answer = client_of(fall, "osei").get("/warnings.csv?threshold=tier_1")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["student"].partition(",")[0] for row in rows] == ["Abara", "Grant"]
    assert (rows[0]["absences"], rows[0]["absences_away"], rows[0]["crossed_by"]) == ("4", "1", "2020-11-02")
    assert rows[0]["reasons"] == "absent on 4 of the last 20 school days"
    assert rows[0]["open_case"] == "no"


def test_the_record_is_told_in_one_sentence_and_by_threshold_and_reason(fall: World) -> None:
    assert "No warning of this year is ten school days old yet" in page(fall, "lindqvist")
    figures = {"school": fall.lincoln, "threshold": "tier_1", "first_on": SEEN[0], "as_of": SEEN[-1]}
    WarningRecord.objects.all().delete()
    WarningRecord.objects.create(sign="", judged=212, came_true=131, still_open=7, crossings=190, **figures)
    WarningRecord.objects.create(sign="rate", judged=100, came_true=50, still_open=3, crossings=0, **figures)
    told = page(fall).replace("<b>", "").replace("</b>", "")
    assert "Of 212 warnings since August 17, 131 came true within ten school days (61.8%)" in told
    assert "of 190 crossings 131 had been warned of (68.9%)" in told
    assert "7 warnings cannot be judged yet" in told
    assert '<th scope="row">Recent rate</th><td class="number">100</td><td class="number">50</td>' in told
    WarningRecord.objects.create(
        **figures | {"school": fall.washington}, sign="", judged=8, came_true=4, still_open=0, crossings=10
    )
    assert "Of 220 warnings" in page(fall, "reyes")
    assert "Of 8 warning" in page(fall, "reyes", f"?school={fall.washington.pk}")


def test_the_page_asks_as_much_for_many_as_for_one_and_is_for_the_care_team(fall: World) -> None:
    counselor = client_of(fall, "osei")
    counselor.get("/warnings/")
    with CaptureQueriesContext(connection) as two:
        counselor.get("/warnings/")
    for name in ("Hollis", "Nguyen", "Castillo", "Delgado"):
        seen(fall, name, "x..x. x..x. .")
    night(fall)
    with CaptureQueriesContext(connection) as six:
        assert "6 students" in counselor.get("/warnings/").content.decode()
    assert len(six) == len(two)
    for person, status in [("okafor", 200), ("whitfield", 403), ("mayfield", 403), ("hale", 403)]:
        assert client_of(fall, person).get("/warnings/").status_code == status
        assert client_of(fall, person).get("/warnings.csv").status_code == status


def test_before_the_first_night_and_where_nobody_shows_a_sign_the_page_says_what_to_do(world: World) -> None:
    assert "No night has passed yet" in page(world)
    assert '<a href="/warnings/">Early warning</a>' in client_of(world, "osei").get("/queue/").content.decode()
    calendar(world)
    seen(world, "Abara", "x.... ..... .....")
    night(world)
    assert not EarlyWarning.objects.exists()
    assert WarningRecord.objects.exists() is ("Nobody is on course to a threshold" in page(world))


def test_a_missed_night_is_told_once_a_second_school_day_was_not_looked_at(fall: World) -> None:
    # Looked at through Monday, October 26; the next night's pass is late, and the one after it too.
    for day, told in [(27, False), (28, False), (29, True), (30, True)]:
        with clock.stopped_at(at(9, day=date(2020, 10, day))):
            shown = page(fall)
            assert ("The nightly pass has not run since Oct 27" in shown) is told
            assert ("know nothing of the school days since" in shown) is told


def test_a_school_that_missed_its_nights_is_not_hidden_by_one_that_did_not(fall: World) -> None:
    fall_day = date(2020, 10, 29)
    looked = {fall.lincoln.pk: date(2020, 10, 26), fall.washington.pk: date(2020, 10, 28)}
    scope = fall.scope("reyes", at(9, day=fall_day))
    assert late_nights(scope, looked) == LateNights(date(2020, 10, 27), 1, 2)
    assert late_nights(scope, dict.fromkeys(looked, date(2020, 10, 27))) is None
    # A weekend holds no school: on Monday, Friday alone was not looked at.
    monday = fall.scope("reyes", at(9, day=date(2020, 11, 2)))
    assert late_nights(monday, dict.fromkeys(looked, date(2020, 10, 29))) is None
