"""The board of a school's day: who sees it, what it says of each class, and what is missing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import CalendarDay, SectionMeetingTime
from attendance.selectors.school_board import Board, school_board
from students.models import Section, SectionTeacher
from tests.attendance.acts import meeting_of, open_both_schools, take, void
from tests.attendance.pages.visitors import client_of
from tests.world import PERIODS, TODAY, YEAR_STARTS, YESTERDAY, World, add_student, put_on_roster


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def board(world: World, day: date = TODAY, by: str = "okafor") -> Board:
    return school_board(world.scope(by), None, day)


def states(found: Board) -> list[str]:
    return [meeting.state for row in found.rows for cell in row.cells for meeting in cell]


def test_RD25_at_ten_a_class_that_is_over_is_due_one_is_on_now_and_the_others_wait(
    opened: World,
) -> None:
    take(opened, "1", day=TODAY)
    # 10:00: the second period is over since 9:55, the third is on since 10:00.
    assert states(board(opened)) == ["taken", "due", "now", "to_come", "to_come", "to_come"]


def test_a_row_is_a_teacher_and_a_column_a_period(opened: World) -> None:
    found = board(opened)
    assert [row.teacher for row in found.rows] == ["Rosa Whitfield"]
    assert [period.name for period in found.periods] == PERIODS


def test_every_class_of_a_past_day_that_is_not_taken_is_late(opened: World) -> None:
    take(opened, "1")
    void(opened, "2")
    found = board(opened, YESTERDAY)
    assert states(found) == ["taken", "void", "late", "late", "late", "late"]
    assert (found.meetings["late"], found.not_taken) == (4, 4)


def test_its_students_are_counted_from_the_ledger(opened: World) -> None:
    for period in PERIODS:
        take(opened, period, Abara="absent")
    students = board(opened, YESTERDAY).students
    assert (students.students, students.present, students.absent, students.undetermined) == (9, 8, 1, 0)
    assert board(opened).students.undetermined == 9


def test_RD03_a_class_taken_without_somebody_says_so(opened: World) -> None:
    take(opened, "1", day=TODAY)
    put_on_roster(add_student(opened, "Yoon Min", "300000000", opened.lincoln), opened.sections["1"])
    found = board(opened)
    assert found.rows[0].cells[0][0].unmarked == 1
    assert found.unmarked == 1


def test_what_was_not_taken_in_the_last_seven_days_is_listed_the_latest_first(opened: World) -> None:
    for period in PERIODS[:5]:
        take(opened, period)
    missing = board(opened).missing
    # Yesterday's sixth period, and all six of the five school days before... from the 20th on.
    assert missing.count == 1 + 4 * 6
    assert (missing.listed[0].date, missing.listed[0].title) == (YESTERDAY, "Algebra I, period 6")
    assert min(each.date for each in missing.listed) == date(2020, 10, 20)


def test_today_and_void_classes_are_not_missing(opened: World) -> None:
    void(opened, "6")
    missing = board(opened).missing.listed
    assert TODAY not in {each.date for each in missing}
    assert meeting_of(opened, "6").pk not in {each.id for each in missing}


def test_RD03_a_past_class_with_somebody_unmarked_is_missing_too(opened: World) -> None:
    for period in PERIODS:
        take(opened, period)
    put_on_roster(add_student(opened, "Yoon Min", "300000000", opened.lincoln), opened.sections["1"])
    first = board(opened).missing.listed[0]
    assert (first.date, first.title, first.is_taken) == (YESTERDAY, "Algebra I, period 1", True)


@pytest.mark.parametrize(
    ("who", "school", "status"),
    [
        ("okafor", None, 200),
        ("okafor", "lincoln", 200),
        ("okafor", "washington", 404),
        ("lindqvist", "washington", 200),
        ("lindqvist", "lincoln", 404),
        ("reyes", "lincoln", 200),
        ("reyes", "washington", 200),
        ("whitfield", None, 404),
        ("whitfield", "lincoln", 404),
        ("park", "washington", 404),
    ],
)
def test_who_may_open_which_school(opened: World, who: str, school: str | None, status: int) -> None:
    query = f"?school={getattr(opened, school).pk}" if school else ""
    assert client_of(opened, who).get(f"/school/{query}").status_code == status


def test_a_district_administrator_chooses_a_school(opened: World) -> None:
    page = client_of(opened, "reyes").get(f"/school/?school={opened.washington.pk}").content.decode()
    assert "Owen Park" in page
    assert "Rosa Whitfield" not in page


@pytest.mark.parametrize("query", ["on=yesterday", "on=", "on=2020-02-30"])
def test_a_date_that_is_none_shows_today(opened: World, query: str) -> None:
    response = client_of(opened, "okafor").get(f"/school/?{query}")
    assert response.context["board"].day == TODAY


def test_a_school_that_is_none_is_not_found(opened: World) -> None:
    assert client_of(opened, "okafor").get("/school/?school=x").status_code == 404


def test_the_head_says_kind_of_day_bells_and_session(opened: World) -> None:
    page = client_of(opened, "okafor").get("/school/").content.decode()
    assert "Traditional day, bells: Regular" in page
    assert "in session" in page


def test_a_holiday_says_its_name_and_has_no_classes(opened: World) -> None:
    CalendarDay.objects.create(school=opened.lincoln, date=date(2020, 10, 18), event_type="H", name="Founders’ Day")
    response = client_of(opened, "okafor").get("/school/?on=2020-10-18")
    assert "Founders’ Day" in response.content.decode()
    assert "not in session" in response.content.decode()
    assert response.context["board"].rows == []


def test_a_day_to_come_says_so(opened: World) -> None:
    assert "still to come" in client_of(opened, "okafor").get("/school/?on=2020-10-28").content.decode()


def test_each_class_leads_to_its_page_and_a_void_one_to_where_it_is_restored(opened: World) -> None:
    held = void(opened, "6", day=TODAY)
    page = client_of(opened, "okafor").get("/school/").content.decode()
    assert reverse("meeting", args=[meeting_of(opened, "1", TODAY).pk]) in page
    assert reverse("void_meeting", args=[held.pk]) in page


def test_what_people_typed_stands_on_the_board_as_they_typed_it(opened: World) -> None:
    Section.objects.filter(pk=opened.sections["1"].pk).update(location='<b>"12" & up</b>')
    page = client_of(opened, "okafor").get("/school/").content.decode()
    assert "Algebra I, &lt;b&gt;&quot;12&quot; &amp; up&lt;/b&gt;</span>" in page


def test_the_statements_stay_the_same_whatever_the_school_holds(world: World) -> None:
    open_both_schools(world)
    scope = world.scope("okafor")
    with CaptureQueriesContext(connection) as few:
        school_board(scope, None, TODAY)
    for number in range(20):
        _one_more_section(world, number)
    from attendance.services.ledger import rebuild

    rebuild(world.installation)
    with CaptureQueriesContext(connection) as many:
        found = school_board(scope, None, TODAY)
    assert len(states(found)) == 26
    assert len(many) == len(few)


def _one_more_section(world: World, number: int) -> None:
    first = world.sections["1"]
    section = Section.objects.create(
        source_id=f"more{number}", course=first.course, school=world.lincoln, title=f"More {number}", kind="scheduled"
    )
    SectionMeetingTime.objects.create(section=section, period="1", starts_on=YEAR_STARTS)
    SectionTeacher.objects.create(
        source_id=f"more{number}", section=section, user=world.users["park"], starts_on=YEAR_STARTS
    )
