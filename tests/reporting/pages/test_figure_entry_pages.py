"""RD-25: who takes their classes on time, by school and by teacher, and who may see it."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import ClassMeeting, EntryCount, MeetingState
from attendance.services.entry_counts import count_entry_news
from students import clock
from students.models import Role
from students.rules.csv_text import read_csv
from students.rules.rights import RIGHTS, Right
from tests.attendance.modes.weeks import in_own_time
from tests.attendance.pages.visitors import client_of
from tests.reporting.months import AFTER, FIRST, after_the_month, take_month
from tests.world import World, add_person, give_role

FRIDAY = date(2020, 10, 23)


@pytest.fixture(autouse=True)
def _after_the_month():
    with clock.stopped_at(AFTER):
        yield


@pytest.fixture
def taken(world: World) -> World:
    """Lincoln's month of 90 meetings: all taken on the day but Monday's six, late, and Friday's first, not taken.

    Mr. Park's one class a day at Washington is never taken.
    """
    take_month(world, world.lincoln, untaken=[("1", FRIDAY)])
    take_month(world, world.washington, untaken=[("W1", day) for day in _days(world)])
    on_the_day = ClassMeeting.objects.filter(state=MeetingState.TAKEN)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE attendance_classmeeting SET taken_at = date + time '20:00' WHERE state = 'taken' AND date <> %s",
            [FIRST],
        )
    assert on_the_day.count() == 89
    count_entry_news(after_the_month())
    return world


def _days(world: World) -> list[date]:
    return [each.date for each in world.washington.calendar_days.all()]


def _opened(world: World, who: str, school: int | None = None, **asked: str | int) -> str:
    path = reverse("figure_entries_of_school", args=[school]) if school else reverse("figure_entries")
    response = client_of(world, who).get(f"{path}?{urlencode(asked)}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_principal_sees_numerator_denominator_rate_and_what_waits_by_teacher(taken: World) -> None:
    page = _opened(taken, "okafor", taken.lincoln.pk)
    # 83 of 90, 6 late, 1 not taken and overdue.
    assert "92.2%" in page
    assert "83 of 90 classes due" in page
    assert "98.9% taken by now" in page
    assert "1 of them overdue" in page
    assert "due through Nov 8" in page
    assert "as of Nov 9" in page
    whitfield = taken.users["whitfield"]
    assert f"{reverse('school_entry')}?school={taken.lincoln.pk}&amp;teacher={whitfield.pk}" in page
    assert whitfield.full_name in page
    assert "week=2020-10-19" in page
    assert "Classes taken, by week" in page


def test_a_superintendent_sees_the_schools_the_worst_first_or_by_name(taken: World) -> None:
    page = _opened(taken, "reyes")
    assert page.index("Washington High School") < page.index("Lincoln High School")
    assert f"{reverse('figure_entries_of_school', args=[taken.lincoln.pk])}?month=3" in page
    assert reverse("district_entry") in page
    by_name = _opened(taken, "reyes", order="name")
    assert by_name.index("Lincoln High School") < by_name.index("Washington High School")
    assert "Whitfield" not in page


def test_a_week_is_looked_at_by_itself_with_the_week_before(taken: World) -> None:
    page = _opened(taken, "okafor", taken.lincoln.pk, week="2020-10-26")
    # 23 of 30 in the week before.
    assert "30 of 30 classes due" in page
    assert "+23.3 points since the week before" in page
    # As the form has it, where only the kind or the order is changed.
    assert "30 of 30 classes due" in _opened(taken, "okafor", taken.lincoln.pk, month="2020-10-26", order="name")
    year = _opened(taken, "okafor", taken.lincoln.pk, month="year")
    assert "83 of 90 classes due" in year
    assert "points since" not in year
    for odd in ({"month": "x"}, {"week": "soon"}, {"week": "1999-01-01"}, {"kind": "?"}):
        assert "83 of 90" in _opened(taken, "okafor", taken.lincoln.pk, **odd)


def test_who_sees_teachers_by_name_who_sees_schools_alone_and_who_sees_nothing(
    taken: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, name = taken.lincoln.pk, taken.users["whitfield"].full_name
    give_role(taken, "park", Role.AUDITOR, taken.lincoln, ends_on=date(2020, 12, 1))
    # Who administers the school or the district, and who audits it.
    for who in ("okafor", "reyes", "park"):
        assert name in _opened(taken, who, school), who
        assert name not in _opened(taken, who, school, small="left-out"), who
    # Teachers, the office, counselors, nurses, and those of another school.
    for who in ("whitfield", "mayfield", "osei", "lindqvist"):
        assert client_of(taken, who).get(reverse("figure_entries_of_school", args=[school])).status_code == 404, who
    assert client_of(taken, "mayfield").get(reverse("figure_entries")).status_code == 404
    assert "Lincoln" not in _opened(taken, "lindqvist")
    # Figures alone, without the right to classes and students.
    monkeypatch.setattr("students.scope.RIGHTS", {**RIGHTS, "school_administrator": frozenset({Right.FIGURES})})
    page = _opened(taken, "okafor", school)
    assert "83 of 90 classes due" in page
    assert name not in page
    assert reverse("school_entry") not in page
    assert "Lincoln High School" in _opened(taken, "okafor")


def test_RD63_days_in_own_time_of_nine_students_are_for_those_who_may_know_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_own_time(world, "Abara", "Castillo")
    take_month(world, world.lincoln)
    count_entry_news(after_the_month())
    asked = {"kind": "work"}
    page = _opened(world, "okafor", world.lincoln.pk, **asked)
    # Two weeks of ten days of students a class are due, the third is to be handed in today.
    assert "0 of 120 days of students due" in page
    assert "120 not entered" in page
    assert "Days in own time entered, by week" in page
    for who, school in (("okafor", world.lincoln.pk), ("reyes", None)):
        published = _opened(world, who, school, small="left-out", **asked)
        assert "left out (RD-63)" in published
        assert "The weeks of so small a group are left out" in published
        assert "120" not in published
    monkeypatch.setattr("students.scope.RIGHTS", {**RIGHTS, "school_administrator": frozenset({Right.FIGURES})})
    hidden = _opened(world, "okafor", world.lincoln.pk, week="2020-10-19", **asked)
    assert "left out (RD-63)" in hidden
    assert "Month 3" in hidden


def test_the_files_hold_what_the_page_shows(taken: World) -> None:
    address = reverse("figure_entries_of_school", args=[taken.lincoln.pk])
    response = client_of(taken, "okafor").get(address + "?format=csv")
    assert response["Content-Disposition"] == 'attachment; filename="entry-2500-008-month-3.csv"'
    header, *rows = read_csv(response.content.removeprefix(b"\xef\xbb\xbf"))
    lines = [dict(zip(header, row, strict=True)) for row in rows]
    assert [line["Teacher"] for line in lines] == ["All", taken.users["whitfield"].full_name]
    for line in lines:
        assert [line[each] for each in header[5:11]] == ["90", "83", "6", "1", "1", "92.2%"]
    published = client_of(taken, "reyes").get(reverse("figure_entries") + "?kind=work&small=left-out&format=csv")
    assert b"Whitfield" not in published.content
    sheet = client_of(taken, "reyes").get(reverse("figure_entries") + "?format=xlsx&week=2020-10-19")
    assert sheet["Content-Disposition"] == 'attachment; filename="entry-district-week-2020-10-19.xlsx"'


def test_nothing_counted_and_nothing_due_say_what_comes(world: World) -> None:
    assert "Not counted yet" in _opened(world, "reyes")
    take_month(world, world.lincoln)
    count_entry_news(after_the_month())
    assert "Some schools are not counted yet" in _opened(world, "reyes")
    assert "Nothing was due" in _opened(world, "okafor", world.lincoln.pk, kind="work")
    with clock.stopped_at(after_the_month().now.replace(month=10, day=15)):
        assert "Entries show on the morning after the first" in _opened(world, "reyes")


def test_more_teachers_take_no_more_statements(taken: World) -> None:
    def statements(school: int | None) -> int:
        with CaptureQueriesContext(connection) as asked:
            _opened(taken, "reyes", school)
        return len(asked)

    before = statements(taken.lincoln.pk), statements(None)
    people = [add_person(taken, f"more{number}", "More", f"Teacher{number}") for number in range(4)]
    EntryCount.objects.filter(date=FRIDAY, school=taken.lincoln, kind="class").update(
        teacher_ids=[each.pk for each in people],
        **{key: [1, 1, 1, 1] for key in ("in_time_of", "late_of", "open_of")},
    )
    assert (statements(taken.lincoln.pk), statements(None)) == before
