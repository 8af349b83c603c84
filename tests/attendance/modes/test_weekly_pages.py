"""MS-24b, MS-26, RD-24, RD-25: the weeks of own-time classes as teacher, school and district see them."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import Assignment, Interaction, SectionMeetingTime, WeekReport
from students.models import Section
from tests.attendance.acts import take
from tests.attendance.modes.weeks import (
    ASYNC,
    LAST_WEEK,
    MONDAY,
    THIS_MONDAY,
    give,
    in_own_time,
    reviewed,
    talk,
)
from tests.attendance.pages.visitors import client_of
from tests.world import World, at


@pytest.fixture
def opened(world: World) -> World:
    return in_own_time(world, "Abara", "Castillo")


def address(world: World, name: str, period: str = "1", monday: date = MONDAY) -> str:
    return reverse(name, args=[world.sections[period].pk, monday])


def page(world: World, who: str, path: str, status: int = 200) -> str:
    response = client_of(world, who).get(path)
    assert response.status_code == status, path
    return response.content.decode()


SECTION_PAGES = ["section_assignments", "packet_sheets", "section_interactions", "week_report"]


def test_who_may_open_the_pages(opened: World) -> None:
    for name in SECTION_PAGES:
        for who in ("whitfield", "okafor", "osei", "reyes"):
            page(opened, who, address(opened, name))
        for who in ("park", "lindqvist"):
            page(opened, who, address(opened, name), 404)
        page(opened, "whitfield", address(opened, name, monday=LAST_WEEK[1]), 404)
    for name in ("school_weekly", "school_entry"):
        for who, status in (("okafor", 200), ("mayfield", 200), ("reyes", 200), ("whitfield", 404)):
            page(opened, who, reverse(name), status)
        page(opened, "lindqvist", reverse(name) + f"?school={opened.lincoln.pk}", 404)
    page(opened, "reyes", reverse("district_entry"))
    page(opened, "okafor", reverse("district_entry"), 404)
    page(opened, "park", reverse("student_interactions", args=[opened.students["Abara"].pk]), 404)
    assert "Nothing is asked of you" in page(opened, "park", reverse("weekly"))


def test_classes_of_one_title_are_told_apart_by_their_periods(opened: World) -> None:
    for period in "12":
        Section.objects.filter(pk=opened.sections[period].pk).update(title="Algebra I", periods=[period])
    seen = page(opened, "whitfield", reverse("weekly"))
    assert "<b>Algebra I, period 1</b>" in seen
    assert "<b>Algebra I, period 2</b>" in seen
    assert "<b>Algebra I</b>" not in seen


def test_classes_of_one_period_are_told_apart_by_their_days_in_a_schools_lists_too(opened: World) -> None:
    for section, day in zip("12", "AB", strict=True):
        Section.objects.filter(pk=opened.sections[section].pk).update(title="Algebra I", periods=["Block 2"])
        SectionMeetingTime.objects.filter(section=opened.sections[section]).update(rotation_days=[day])
    lists = [reverse("school_weekly"), reverse("school_entry"), reverse("school_week", args=[MONDAY])]
    for seen in (page(opened, "okafor", path) for path in lists):
        assert "Algebra I, Block 2, A days" in seen
        assert "Algebra I, Block 2, B days" in seen


def test_MS21_work_is_given_copied_and_withdrawn_on_the_page(opened: World) -> None:
    teacher, path = client_of(opened, "whitfield"), address(opened, "section_assignments")
    form = {"submission_id": uuid4(), "title": "Packet 3", **{day.isoformat(): 40 for day in LAST_WEEK}}
    assert teacher.post(path, form).status_code == 302
    assert teacher.post(path, {**form, "title": ""}).status_code == 422
    refused = teacher.post(path, {"submission_id": uuid4(), "title": "Poster"})
    assert (refused.status_code, "minutes of at least one day" in refused.content.decode()) == (422, True)
    copied = teacher.post(address(opened, "section_assignments", monday=THIS_MONDAY), {"copy": "yes", **form})
    assert copied.status_code == 302
    assert Assignment.objects.count() == 10
    work = Assignment.objects.filter(date=MONDAY).get()
    teacher.post(path, {"withdraw": work.pk, "reason": ""})
    assert Assignment.objects.filter(withdrawn_at=None).count() == 10
    teacher.post(path, {"withdraw": work.pk, "reason": "Too much"})
    shown = page(opened, "whitfield", path)
    assert "withdrawn by Rosa Whitfield, Oct 27" in shown
    assert "Too much" in shown
    assert client_of(opened, "osei").post(path, form).status_code == 403
    sheets = page(opened, "whitfield", address(opened, "packet_sheets"))
    assert "Abara, Chidi" in sheets
    assert "Hollis" not in sheets
    assert "Hand in by Monday, October 26, 2020." in sheets


def test_MS22_days_under_240_minutes_of_work_are_a_remark(opened: World) -> None:
    path = address(opened, "section_assignments")
    assert "under 240 minutes" not in page(opened, "whitfield", path)
    for period in "123456":
        give(opened, period)
    shown = page(opened, "whitfield", path)
    assert "2 with a day under 240 minutes" not in shown
    for work in Assignment.objects.all():
        give(opened, work.section.title[-1], minutes={LAST_WEEK[2]: 39})
    shown = page(opened, "whitfield", path)
    assert "2 with a day under 240 minutes" in shown
    assert "MS-22" in shown


def test_RD24_a_talk_with_many_is_logged_and_withdrawn_and_its_note_is_for_few(opened: World) -> None:
    path = address(opened, "section_interactions")
    assert "2 of 2 students in own time still lack a talk" in page(opened, "whitfield", path)
    teacher = client_of(opened, "whitfield")
    said = {"submission_id": uuid4(), "kind": "group", "day": "2020-10-21", "at": "09:30", "minutes": "20"}
    ids = [opened.students[each].pk for each in ("Abara", "Castillo")]
    nobody = teacher.post(path, said)
    assert (nobody.status_code, "Choose at least one student." in nobody.content.decode()) == (422, True)
    assert teacher.post(path, {**said, "student": ids, "note": "Fractions"}).status_code == 302
    shown = page(opened, "whitfield", path)
    assert "Every student in own time had a talk this week." in shown
    assert "Fractions" in shown
    assert "Fractions" in page(opened, "osei", path)
    of_student = reverse("student_interactions", args=[ids[0]])
    assert "Fractions" in page(opened, "okafor", of_student)
    assert "Group session" in page(opened, "reyes", of_student)
    first = Interaction.objects.get(student=ids[0])
    teacher.post(of_student, {"withdraw": first.pk, "reason": "Another day"})
    assert "Withdrawn by Rosa Whitfield, Oct 27: Another day" in page(opened, "whitfield", of_student)
    one = {**said, "submission_id": uuid4(), "kind": "call", "section": opened.sections["1"].pk}
    assert teacher.post(of_student, one).status_code == 302
    assert teacher.post(of_student, {**one, "section": opened.sections["W1"].pk}).status_code == 422


def test_RD24_missing_talks_stand_with_the_teacher_and_then_with_the_school(opened: World) -> None:
    for period in "23456":
        talk(opened, "Abara", "Castillo", period=period, kind="group")
    talk(opened, "Abara")
    for who, name in (("whitfield", "weekly"), ("okafor", "school_weekly")):
        shown = page(opened, who, reverse(name))
        assert "Castillo, Mateo" in shown
        assert "Algebra I, 1" in shown
    assert "1 student, 2 days ago" in page(opened, "whitfield", reverse("weekly"))
    mine = reverse("school_weekly") + f"?teacher={opened.users['park'].pk}"
    assert "No week without a talk" in page(opened, "okafor", mine)
    talk(opened, "Castillo", day=date(2020, 10, 25))
    assert "No week without a talk" in page(opened, "okafor", reverse("school_weekly") + "?on=2020-10-25")


def test_MS24b_a_week_is_reported_from_its_reviews_and_told_again_when_it_changed(opened: World) -> None:
    path = address(opened, "week_report")
    teacher = client_of(opened, "whitfield")
    reviewed(opened, "Abara")
    assert "1 completed, 0 did not, 1 not entered yet." in page(opened, "whitfield", path)
    assert "Not reported" in page(opened, "whitfield", path)
    form = uuid4()
    for _ in range(2):
        assert teacher.post(path, {"submission_id": form}).status_code == 302
    told = WeekReport.objects.get()
    assert (told.completed, told.not_entered) == ([opened.students["Abara"].pk], [opened.students["Castillo"].pk])
    reviewed(opened, "Castillo", minutes=34)
    shown = page(opened, "whitfield", path)
    assert "1 completed, 1 did not, 0 not entered yet." in shown
    assert "The list has changed since." in shown
    teacher.post(path, {"submission_id": uuid4()})
    assert "The list has changed since." not in page(opened, "okafor", path)
    assert WeekReport.objects.count() == 2
    school = reverse("school_week", args=[MONDAY])
    shown = page(opened, "okafor", school)
    assert "6 classes with students in own time; 5 have not reported and should have." in shown
    # What is missing stands before what was told.
    assert shown.rindex("Not reported") < shown.index("Reported</span>")
    lines = client_of(opened, "okafor").get(reverse("school_week_csv", args=[MONDAY])).content.decode()
    assert '2020-10-19,"Algebra I, 1",Rosa Whitfield,"Castillo, Mateo",100000002,not_completed,Rosa Whitfield' in lines
    assert client_of(opened, "osei").post(path, {"submission_id": uuid4()}).status_code == 403
    later = address(opened, "week_report", monday=THIS_MONDAY)
    assert "To be reported by Monday, November 2" in page(opened, "whitfield", later)


def test_RD25_entries_wait_not_due_then_late_and_what_was_late_stays_visible(opened: World) -> None:
    shown = page(opened, "okafor", reverse("school_entry"))
    assert "Late" in shown
    assert "1 day, due Oct 26" in shown
    assert "due Monday, Nov 2" in shown
    assert shown.count("10 days of students") == 6
    for period in "123456":
        for name in ("Abara", "Castillo"):
            reviewed(opened, name, period, entered=at(8) if period == "1" else at(8, day=THIS_MONDAY))
    shown = page(opened, "okafor", reverse("school_entry"))
    assert shown.count("up to 1 day late") == 1
    assert shown.count("10 days of students") == 1
    assert "Lincoln High School" in page(opened, "reyes", reverse("district_entry"))


def test_RD25_a_live_class_taken_a_day_late_is_counted_as_late(world: World) -> None:
    in_own_time(world, "Abara", mode=ASYNC, section="2")
    take(world, "1", date(2020, 10, 23))
    assert "up to 4 days late" in page(world, "okafor", reverse("school_entry"))


def test_the_lists_cost_the_same_however_many_stand_on_them(opened: World) -> None:
    client = {who: client_of(opened, who) for who in ("whitfield", "okafor", "reyes")}
    asked = [
        ("whitfield", reverse("weekly")),
        ("okafor", reverse("school_weekly")),
        ("okafor", reverse("school_week", args=[MONDAY])),
        ("okafor", reverse("school_entry")),
        ("reyes", reverse("district_entry")),
        *(("whitfield", address(opened, name)) for name in SECTION_PAGES),
    ]
    reviewed(opened, "Abara", days=[MONDAY])
    counts = [_statements(client[who], path) for who, path in asked]
    in_own_time(opened, "Grant", "Hollis", "Nguyen")
    for period in "12":
        talk(opened, "Grant", "Hollis", period=period)
        give(opened, period)
        reviewed(opened, "Grant", period)
    assert [_statements(client[who], path) for who, path in asked] == counts
    assert max(counts) <= 32


def _statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as said:
        assert client.get(path).status_code == 200
    return len(said)


def test_weeks_not_reported_go_on_on_pages_of_their_own(opened: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client, start = client_of(opened, "okafor"), reverse("school_weekly") + f"?school={opened.lincoln.pk}"
    listed = re.compile(r'<li><a class="row" href="([^"]*)"')
    whole = listed.findall(client.get(start).content.decode())
    assert len(whole) > 2
    monkeypatch.setattr("attendance.selectors.school_weekly.PAGE_SIZE", 2)
    paged: list[str] = []
    for number in range(1, (len(whole) + 1) // 2 + 1):
        shown = client.get(f"{start}&reports={number}").content.decode()
        paged += listed.findall(shown)
        assert f'Weeks not reported <span class="soft">({len(whole)})</span>' in shown
        # The talks stand on their first page meanwhile.
        assert (f"&amp;reports={number + 1}#reports" in shown) is (len(paged) < len(whole))
    assert paged == whole
