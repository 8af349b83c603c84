"""Class meetings, days with their explanations and calendars as programs read them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import CalendarDay, GradeDay
from attendance.selectors.explanation import explain_day
from students.models import SectionTeacher
from tests.api.callers import Caller, assert_problem, caller_of, ids, rows
from tests.attendance.acts import excuse, meeting_of, take, void
from tests.world import TODAY, YESTERDAY, World, add_student, put_on_roster

WEEK = {"from_date": TODAY - timedelta(days=7), "to_date": TODAY}


@pytest.fixture
def days(opened_world: World) -> World:
    return opened_world


@pytest.fixture
def caller(days: World) -> Caller:
    """A program of the district administrator's."""
    return caller_of(days, "reyes")


def test_todays_class_meetings(caller: Caller, days: World) -> None:
    found = rows(caller.get("/class-meetings/", section_id=days.sections["3"].pk))
    assert [
        (row["date"], row["period"], row["starts_at"], row["ends_at"], row["state"], row["version"]) for row in found
    ] == [(TODAY.isoformat(), "3", "10:00", "10:55", "expected", 0)]
    assert (found[0]["taken_by"], found[0]["taken_at"]) == (None, None)


def test_class_meetings_by_days_school_class_teacher_and_state(caller: Caller, days: World) -> None:
    taken = take(days, "3", Castillo="absent")
    SectionTeacher.objects.create(
        source_id="sub", section=days.sections["3"], user=days.users["park"], starts_on=TODAY, ends_on=TODAY
    )
    w1 = [meeting_of(days, "W1", day).pk for day in (YESTERDAY, TODAY)]
    both = {"from_date": YESTERDAY, "to_date": TODAY}
    assert ids(caller.get("/class-meetings/", school_id=days.washington.pk, **both)) == w1
    assert ids(caller.get("/class-meetings/", state="taken", **both)) == [taken.pk]
    of_park = [w1[0], meeting_of(days, "3", TODAY).pk, w1[1]]
    assert sorted(ids(caller.get("/class-meetings/", teacher_id=days.users["park"].pk, **both))) == sorted(of_park)
    found = rows(caller.get("/class-meetings/", state="taken", **both))[0]
    assert (found["taken_by"], found["taken_at"]) == ("Rosa Whitfield", "2020-10-27T22:00:00Z")


@pytest.mark.parametrize(
    ("asked", "name", "words"),
    [
        ({"from_date": "2020-10-26"}, "to_date", "Give both days"),
        ({"to_date": "2020-10-26"}, "from_date", "Give both days"),
        ({"from_date": "2020-10-27", "to_date": "2020-10-26"}, "to_date", "The last day lies before the first."),
        ({"from_date": "2020-01-01", "to_date": "2021-01-01"}, "to_date", "Ask for 366 days at the most."),
        ({"state": "done"}, "state", "“done” is not a valid choice"),
    ],
)
def test_days_that_make_no_sense_are_refused(caller: Caller, asked: dict, name: str, words: str) -> None:
    [error] = assert_problem(caller.get("/class-meetings/", **asked), 400, "malformed")["errors"]
    assert error["parameter"] == name
    assert error["detail"].startswith(words.replace("“", '"').replace("”", '"'))


def test_meetings_go_on_from_day_to_day(caller: Caller, days: World) -> None:
    whole = ids(caller.get("/class-meetings/", **WEEK))
    seen, following = [], caller.get("/class-meetings/", limit=5, **WEEK).json()
    seen += [row["id"] for row in following["results"]]
    while following["next"]:
        following = caller.client.get(following["next"], headers=caller.headers).json()
        seen += [row["id"] for row in following["results"]]
    assert seen == whole
    assert len(seen) == len(set(seen)) > 20


def test_MS06_a_class_meeting_with_its_roster_and_marks(caller: Caller, days: World) -> None:
    meeting = take(days, "3", TODAY, Castillo="absent")
    response = caller.get(f"/class-meetings/{meeting.pk}/")
    found = response.json()
    assert response.headers["ETag"] == '"1"'
    assert (found["version"], found["instructional_minutes"], found["minutes_needed"]) == (1, 55, 35)
    marks = {line["name"].partition(",")[0]: line["mark"] for line in found["roster"]}
    assert marks["Castillo"]["status"] == "absent"
    assert marks["Castillo"]["marked_at"] == "2020-10-27T22:00:00Z"
    assert found["why_not"] == ""


def test_the_roster_of_a_class_on_a_day(caller: Caller, days: World) -> None:
    late = add_student(days, "Zuma Bo", "900000000", days.lincoln)
    put_on_roster(late, days.sections["3"], TODAY)
    path = f"/sections/{days.sections['3'].pk}/roster/"
    assert late.pk in ids(caller.get(path))
    assert late.pk not in ids(caller.get(path, on=YESTERDAY))
    assert len(ids(caller.get(path, on=YESTERDAY))) == 9


def test_the_ledger_by_student_school_days_and_status(caller: Caller, days: World) -> None:
    for period in "123456":
        take(days, period, Castillo="absent")
    castillo = days.students["Castillo"].pk
    [day] = rows(caller.get("/daily-attendance/", student_id=castillo, from_date=YESTERDAY, to_date=YESTERDAY))
    assert (day["status"], day["absence_kind"], day["minutes_needed"]) == ("absent", "unexcused", 208)
    absent = rows(caller.get("/daily-attendance/", status="absent", **WEEK))
    assert [row["student_id"] for row in absent] == [castillo]
    shah = rows(caller.get("/daily-attendance/", school_id=days.washington.pk))
    assert [row["student_id"] for row in shah] == [days.students["Shah"].pk]


def test_how_a_day_came_about_is_what_the_page_and_the_command_say(caller: Caller, days: World) -> None:
    for period in "123456":
        take(days, period, Castillo="absent")
    void(days, "6")
    excuse(days, "Castillo")
    castillo = days.students["Castillo"].pk
    told = caller.get(f"/students/{castillo}/days/{YESTERDAY}/").json()
    page = explain_day(days.scope("reyes"), castillo, YESTERDAY)
    assert told["sentence"] == page.sentence
    assert [line["state"] for line in told["working"]["meetings"]] == [*["taken"] * 5, "void"]
    assert told["working"]["meetings"][0]["taken_at"] == "2020-10-27T22:00:00Z"
    assert (told["working"]["verdict"]["absence_kind"], told["working"]["percent"]) == ("excused", 63)
    assert [rule["number"] for rule in told["working"]["rules"]] == list(page.working.verdict.rules)
    assert told["excuses"][0]["reason"] == "Illness or injury"


def test_RD60_a_teachers_program_reads_no_reason(days: World) -> None:
    excuse(days, "Castillo")
    path = f"/students/{days.students['Castillo'].pk}/days/{YESTERDAY}/"
    told = caller_of(days, "whitfield").get(path)
    assert told.json()["excuses"][0]["reason"] == ""
    assert "llness" not in told.content.decode()


@pytest.mark.parametrize(
    ("day", "status"), [("2020-10-25", "not_in_session"), ("2020-11-03", "not_opened"), ("2001-01-01", "not_enrolled")]
)
def test_a_day_without_a_row_says_why(caller: Caller, days: World, day: str, status: str) -> None:
    told = caller.get(f"/students/{days.students['Castillo'].pk}/days/{day}/").json()
    assert (told["status"], told["working"]) == (status, None)
    assert told["sentence"]


def test_calendar_days(caller: Caller, days: World) -> None:
    found = rows(caller.get("/calendar-days/", school_id=days.lincoln.pk, **WEEK))
    assert len(found) == 6
    assert (found[0]["event_type"], found[0]["in_session"], found[0]["bell_schedule"]) == ("IN", True, "Regular")
    assert rows(caller.get("/calendar-days/", from_date="2020-10-25", to_date="2020-10-25")) == []


def test_a_grade_that_has_the_day_otherwise_is_told(caller: Caller, days: World) -> None:
    day = CalendarDay.objects.get(school=days.lincoln, date=TODAY)
    GradeDay.objects.create(calendar_day=day, grade="12", event_type="H", name="Seniors’ trip")
    [found] = rows(caller.get("/calendar-days/", school_id=days.lincoln.pk))
    [seniors] = found["grade_days"]
    assert (seniors["grade"], seniors["in_session"], seniors["bell_schedule"]) == ("12", False, None)


@pytest.mark.parametrize(
    ("path", "asked"), [("/class-meetings/", WEEK), ("/daily-attendance/", WEEK), ("/calendar-days/", WEEK)]
)
def test_a_list_asks_the_database_the_same_however_long(caller: Caller, days: World, path: str, asked: dict) -> None:
    def statements(**narrowed: object) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            found = rows(caller.get(path, **(asked | narrowed)))
        return len(captured), len(found)

    statements()
    take(days, "3", Castillo="absent")
    few, many = statements(from_date=TODAY), statements()
    assert few[0] == many[0] <= 12
    assert many[1] > few[1] > 0


def test_a_class_meeting_asks_the_same_however_large_the_class(caller: Caller, days: World) -> None:
    meeting = meeting_of(days, "3", TODAY)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            caller.get(f"/class-meetings/{meeting.pk}/")
        return len(captured)

    statements()
    before = statements()
    for number in range(5):
        put_on_roster(add_student(days, f"More{number} Bo", f"80000000{number}", days.lincoln), days.sections["3"])
    assert statements() == before


def test_nothing_of_the_other_school_is_read(days: World) -> None:
    shah, w1 = days.students["Shah"].pk, days.sections["W1"].pk
    meeting = meeting_of(days, "W1", TODAY).pk
    for name in ("okafor", "whitfield"):
        caller = caller_of(days, name)
        assert {row["school_id"] for row in rows(caller.get("/class-meetings/", **WEEK))} == {days.lincoln.pk}
        assert shah not in {row["student_id"] for row in rows(caller.get("/daily-attendance/", **WEEK))}
        assert {row["school_id"] for row in rows(caller.get("/calendar-days/", **WEEK))} == {days.lincoln.pk}
        for path, asked in [
            ("/class-meetings/", {"school_id": days.washington.pk}),
            ("/class-meetings/", {"section_id": w1}),
            ("/class-meetings/", {"teacher_id": days.users["park"].pk}),
            ("/daily-attendance/", {"student_id": shah}),
            ("/daily-attendance/", {"school_id": days.washington.pk}),
            ("/calendar-days/", {"school_id": days.washington.pk}),
        ]:
            assert rows(caller.get(path, **(asked | WEEK))) == [], (name, path)
        for path in (
            f"/class-meetings/{meeting}/",
            f"/sections/{w1}/roster/",
            f"/students/{shah}/days/{TODAY}/",
        ):
            assert_problem(caller.get(path), 404, "not-here")


def test_each_scope_opens_its_own_and_no_other(days: World) -> None:
    opened = {
        "rosters:read": ["/schools/", "/students/"],
        "attendance:read": ["/class-meetings/", "/daily-attendance/"],
        "calendar:read": ["/calendar-days/"],
    }
    for scope, name in zip(opened, ("reyes", "okafor", "lindqvist"), strict=True):
        caller = caller_of(days, name, [scope])
        for named, paths in opened.items():
            refused = {caller.get(path).status_code == 403 for path in paths}
            assert refused == {named != scope}, (scope, named)
