"""The boards of a school and of the district as they move: what they ask, and what they are told."""

from datetime import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from attendance.models import CalendarDay, SectionMeetingTime
from attendance.selectors.district_board import DistrictBoard, district_board
from attendance.selectors.school_board import board_version, school_board
from attendance.services.days import open_day
from attendance.services.ledger import rebuild
from students import clock
from students.models import RoleAssignment, School, Section, SectionTeacher
from students.refusals import Forbidden
from tests.attendance.acts import meeting_of, take, void
from tests.attendance.homerooms import HOMEROOM, homeroom_days, meetings_of, take_day
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, YEAR_STARTS, YESTERDAY, World, add_student, at, put_on_roster


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def version(world: World, by: str = "okafor", hour: int = 10, minute: int = 0) -> str:
    return board_version(world.scope(by, at(hour, minute)), None, TODAY)


def ask(client: Client, address: str, seen: str = "", **query):
    headers = {"HX-Request": "true"} | ({"If-None-Match": seen} if seen else {})
    return client.get(address, query, headers=headers)


def test_a_board_that_has_not_moved_is_answered_without_content_and_says_as_of_when(opened: World) -> None:
    client = client_of(opened, "okafor")
    seen = client.get("/school/").context["board"].version
    still = ask(client, "/school/live/", seen)
    assert (still.status_code, still.content, still["As-Of"]) == (204, b"", "10:00 am")
    take(opened, "1", day=TODAY)
    moved = ask(client, "/school/live/", seen)
    assert (moved.status_code, moved["As-Of"]) == (200, "10:00 am")
    text = moved.content.decode()
    assert 'id="board-counts"' in text
    assert 'id="board-body"' in text
    assert "1 of 6 classes taken, 2 due." in text
    assert "<html" not in text


def test_the_version_follows_saves_voids_newcomers_and_the_clock_and_nothing_else(opened: World) -> None:
    held = [version(opened)]
    assert version(opened, minute=1) == held[0]
    # Period 2 is over since 9:55, period 3 ends at 10:55, period 4 begins at 11:35.
    assert version(opened, hour=10, minute=54) == held[0]
    assert version(opened, hour=10, minute=55) != held[0]
    for act in (
        lambda: take(opened, "1", day=TODAY),
        lambda: take(opened, "1", day=TODAY, Abara="absent"),
        lambda: void(opened, "6", day=TODAY),
        lambda: put_on_roster(add_student(opened, "Yoon Min", "300000000", opened.lincoln), opened.sections["1"]),
    ):
        act()
        rebuild(opened.installation)
        held.append(version(opened))
    assert len(set(held)) == 5
    open_day(opened.installation, opened.washington.pk, TODAY)
    take_elsewhere = meeting_of(opened, "W1", TODAY)
    take_elsewhere.version += 1
    take_elsewhere.save()
    assert version(opened) == held[-1]


def test_asking_whether_a_board_moved_takes_few_statements_whatever_the_school(opened: World) -> None:
    client = client_of(opened, "okafor")

    def statements() -> int:
        seen = client.get("/school/").context["board"].version
        with CaptureQueriesContext(connection) as captured:
            assert ask(client, "/school/live/", seen).status_code == 204
        return len(captured)

    before = statements()
    for number in range(20):
        add_class(opened, number)
    rebuild(opened.installation)
    assert statements() == before
    # Session, account, district, year and roles; then schools, policy, meetings and ledger.
    assert before <= 9


def add_class(world: World, number: int) -> None:
    course = world.sections["1"].course
    section = Section.objects.create(
        source_id=f"more{number}", course=course, school=world.lincoln, title=f"More {number}", kind="scheduled"
    )
    SectionMeetingTime.objects.create(section=section, period="1", starts_on=YEAR_STARTS)
    SectionTeacher.objects.create(
        source_id=f"more{number}", section=section, user=world.users["park"], starts_on=YEAR_STARTS
    )


def test_who_may_ask_is_who_may_open_the_board(opened: World) -> None:
    washington = opened.washington.pk
    assert ask(client_of(opened, "whitfield"), "/school/live/").status_code == 404
    assert ask(client_of(opened, "okafor"), "/school/live/", school=washington).status_code == 404
    assert ask(client_of(opened, "lindqvist"), "/school/live/", school=washington).status_code == 200


def test_one_teachers_classes_and_how_to_write_to_her_are_one_click_away(opened: World) -> None:
    add_class(opened, 1)
    rebuild(opened.installation)
    client, whitfield = client_of(opened, "okafor"), opened.users["whitfield"]
    assert f"teacher={whitfield.pk}" in client.get("/school/").content.decode()
    page = client.get(f"/school/?teacher={whitfield.pk}")
    assert [row.teacher for row in page.context["board"].rows] == ["Rosa Whitfield"]
    assert "mailto:whitfield@magnolia.example" in page.content.decode()
    assert f"teacher={whitfield.pk}" in page.context["live_url"]
    # The counts stay those of the school, and a stranger's number shows everybody.
    assert page.context["board"].held == 7
    assert len(client.get("/school/?teacher=999999").context["board"].rows) == 2


def test_a_homeroom_is_one_line_of_the_board_and_counts_as_its_meetings(world: World) -> None:
    homeroom_days(world)
    board = school_board(world.scope("okafor"), None, TODAY)
    assert [(row.teacher, len(row.homerooms), row.has_classes) for row in board.rows] == [
        ("Lin Song", 0, True),
        ("Rosa Whitfield", 1, False),
    ]
    (line,) = board.rows[1].homerooms
    assert (line.meetings, line.taken, line.state, line.starts_at, line.ends_at) == (5, 0, "due", time(8), time(13, 30))
    assert (board.meetings["due"], board.meetings["now"], board.meetings["to_come"]) == (2, 1, 3)
    take_day(world)
    board = school_board(world.scope("okafor"), None, TODAY)
    assert (board.rows[1].homerooms[0].state, board.meetings["taken"], board.held) == ("taken", 5, 6)
    page = client_of(world, "okafor").get("/school/").content.decode()
    assert f"/homerooms/{world.sections[HOMEROOM].pk}/{TODAY}/" in page
    # Missing days of the homeroom are a line each, and lead to the day.
    missing = board.missing
    assert (missing.listed[0].title, missing.listed[0].meetings) == ("Homeroom 3A", 5)
    assert f"/homerooms/{world.sections[HOMEROOM].pk}/{YESTERDAY}/" in page


def test_a_homeroom_with_somebody_unmarked_or_all_void_says_so(world: World) -> None:
    homeroom_days(world)
    take_day(world)
    put_on_roster(add_student(world, "Yoon Min", "300000000", world.lincoln), world.sections[HOMEROOM])
    (line,) = school_board(world.scope("okafor"), None, TODAY).rows[1].homerooms
    assert (line.state, line.unmarked) == ("taken", 1)
    for each in meetings_of(world):
        each.state, each.void_reason, each.voided_by = "void", "Storm", world.users["okafor"]
        each.save()
    (line,) = school_board(world.scope("okafor"), None, TODAY).rows[1].homerooms
    assert (line.state, line.meetings) == ("void", 0)


def district(world: World, by: str = "reyes", hour: int = 10) -> DistrictBoard:
    return district_board(world.scope(by, at(hour)), TODAY)


def test_the_district_has_a_line_a_school_with_what_is_taken_due_and_missing(opened: World) -> None:
    take(opened, "1", day=TODAY)
    void(opened, "6", day=TODAY)
    lincoln, washington = district(opened).lines
    # Period 2 is over and period 3 is on; of the six school days before, the 19th is more than seven days ago.
    assert (lincoln.taken, lincoln.due, lincoln.to_come, lincoln.held) == (1, 2, 2, 5)
    assert (lincoln.late, lincoln.overdue) == (30, 6)
    assert lincoln.latest is not None
    assert (washington.taken, washington.due, washington.late, washington.overdue) == (0, 1, 5, 1)
    assert washington.latest is None
    page = client_of(opened, "reyes").get("/district/board/").content.decode()
    assert "33.3%" in page
    assert f"/school/?school={opened.lincoln.pk}" in page


def test_a_school_out_of_session_asks_nothing_of_anybody(opened: World) -> None:
    CalendarDay.objects.filter(school=opened.washington, date=TODAY).update(event_type="H")
    washington = district(opened).lines[1]
    assert (washington.in_session, washington.held, washington.share) == (False, 0, None)
    assert "Not in session" in client_of(opened, "reyes").get("/district/board/").content.decode()


def test_the_districts_board_moves_with_any_school_and_is_silent_otherwise(opened: World) -> None:
    client = client_of(opened, "reyes")
    seen = client.get("/district/board/").context["board"].version
    assert ask(client, "/district/board/live/", seen).status_code == 204
    take(opened, "1", day=TODAY)
    moved = ask(client, "/district/board/live/", seen)
    assert moved.status_code == 200
    assert "Classes taken: 1, due: 3." in moved.content.decode()
    with clock.stopped_at(at(10, 55)):
        later = ask(client, "/district/board/live/", moved.context["board"].version)
    assert later["As-Of"] == "10:55 am"


@pytest.mark.parametrize(("who", "status"), [("reyes", 200), ("okafor", 403), ("whitfield", 403)])
def test_the_districts_board_is_for_who_looks_after_several_schools(opened: World, who: str, status: int) -> None:
    assert client_of(opened, who).get("/district/board/").status_code == status
    assert ask(client_of(opened, who), "/district/board/live/").status_code == status


def test_a_principal_of_two_schools_sees_those_two(opened: World) -> None:
    RoleAssignment.objects.create(
        user=opened.users["okafor"], role="school_administrator", school=opened.washington, starts_on=YEAR_STARTS
    )
    School.objects.create(district=opened.district, source_id="ehs", name="Elm School", code="013")
    assert [each.school.name for each in district(opened, "okafor").lines] == [
        "Lincoln High School",
        "Washington High School",
    ]
    with pytest.raises(Forbidden):
        district(opened, "whitfield")


def test_the_statements_stay_the_same_however_many_schools_there_are(opened: World) -> None:
    scope = opened.scope("reyes")
    with CaptureQueriesContext(connection) as few:
        district_board(scope, TODAY)
    School.objects.bulk_create(
        School(district=opened.district, source_id=f"x{n}", name=f"School {n}", code=f"1{n:02}") for n in range(30)
    )
    with CaptureQueriesContext(connection) as many:
        assert len(district_board(scope, TODAY).lines) == 32
    assert len(many) == len(few) <= 7
