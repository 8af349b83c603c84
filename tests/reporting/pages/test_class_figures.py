"""The figures of one class: what its page counts, for whom, what it leads to, and what it costs."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import ClassMeeting, Mark
from attendance.selectors.entry_lines import Asked, entered_late, open_entries
from reporting.selectors.class_figures import AskedClass, ClassFigures, class_figures
from students.access import visible_to
from students.models import Enrollment, Section, SectionEnrollment, SectionTeacher
from students.refusals import NotInScope
from students.rules.csv_text import read_csv
from tests.attendance.acts import take, void
from tests.attendance.modes.ways import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, engaged, instant, taught
from tests.attendance.pages.visitors import client_of
from tests.world import TODAY, YESTERDAY, World

READERS = {"reyes", "okafor", "osei", "mayfield", "tran", "hale", "whitfield"}


@pytest.fixture
def marked(opened_world: World) -> World:
    """Period 1 taken on five of six days before today: Abara absent on both Mondays, Grant tardy once."""
    world = opened_world
    for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY):
        take(world, "1", day, reason="Keyed in", **({"Abara": "absent"} if day == MONDAY else {}))
    take(world, "1", YESTERDAY, reason="Keyed in", Abara="absent")
    Mark.objects.filter(meeting__date=THURSDAY, student=world.students["Grant"]).update(status="tardy")
    return world


def shown(world: World, who: str = "whitfield", **asked: object) -> ClassFigures:
    return class_figures(world.scope(who), world.sections["1"].pk, AskedClass(**asked))  # type: ignore[arg-type]


def opened(world: World, who: str = "whitfield", key: str = "1", **asked: object) -> str:
    address = reverse("figures_of_class", args=[world.sections[key].pk])
    response = client_of(world, who).get(f"{address}?{urlencode(asked)}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_class_is_shown_to_those_who_teach_it_or_read_its_school_and_to_nobody_else(marked: World) -> None:
    """They all have the right to its students, so that there is no small group to leave out (RD-63)."""
    address = reverse("figures_of_class", args=[marked.sections["1"].pk])
    answered = {who: client_of(marked, who).get(address).status_code for who in marked.users}
    assert {who for who, status in answered.items() if status == 200} >= READERS
    for who in ("park", "lindqvist", "novak", "dupree"):
        assert answered[who] == 404, who
    pupils = {each.pk for name, each in marked.students.items() if name != "Shah"}
    for who in (who for who, status in answered.items() if status == 200):
        seen = visible_to(marked.scope(who), type(marked.students["Abara"])).values_list("pk", flat=True)
        assert pupils <= set(seen), f"{who} sees the class and not its students"


def test_a_substitute_sees_the_class_while_they_stand_in(marked: World) -> None:
    days = {"starts_on": YESTERDAY, "ends_on": TODAY}
    SectionTeacher.objects.create(
        source_id="sub", section=marked.sections["1"], user=marked.users["park"], is_primary=False, **days
    )
    assert shown(marked, "park").whole.all.marks == 45
    SectionTeacher.objects.filter(source_id="sub").update(ends_on=YESTERDAY)
    with pytest.raises(NotInScope):
        shown(marked, "park")


def test_the_figures_are_those_of_the_marks_of_taken_meetings(marked: World) -> None:
    page = shown(marked)
    whole = page.whole.all
    assert (whole.marks, whole.present, whole.absent, whole.tardy) == (45, 43, 2, 1)
    assert (whole.rate, whole.tardy_rate) == ("95.6%", "2.2%")
    assert {each: count.absent for each, count in page.counts.weekdays.items()} == {1: 2, 2: 0, 3: 0, 4: 0}
    assert [(each.starts_on, each.count.marks) for each in page.plots.weeks] == [(MONDAY, 36), (YESTERDAY, 9)]
    by_name = {each.name.split(",")[0]: each for each in page.students}
    assert (by_name["Abara"].course.all.absent, by_name["Abara"].course.all.marks) == (2, 5)
    assert by_name["Abara"].mode == "In person"
    void(marked, "1", THURSDAY)
    assert shown(marked).whole.all.marks == 36


def test_meetings_are_late_and_not_taken_by_the_rule_of_entries(marked: World) -> None:
    """RD-25: every class was keyed in today; Friday's was never."""
    page = shown(marked)
    assert (page.entered.due, page.entered.on_the_day, page.entered.late, page.entered.not_taken) == (6, 0, 5, 1)
    scope, asked = marked.scope("whitfield"), Asked(page.span.from_date, TODAY, [marked.sections["1"].pk])
    assert sum(each.count for each in open_entries(scope, asked)) == page.entered.not_taken
    assert sum(each.count for each in entered_late(scope, asked)) == page.entered.late
    take(marked, "1", TODAY)
    assert (shown(marked).entered.due, shown(marked).entered.on_the_day) == (7, 1)
    narrowed = shown(marked, entry="not-taken")
    assert [each.date for each in narrowed.days] == [FRIDAY]
    assert len(shown(marked, entry="late").every_day) == 5


def test_each_figure_leads_to_its_days_and_each_day_to_its_marking_page(marked: World) -> None:
    page = opened(marked)
    meeting = ClassMeeting.objects.get(section=marked.sections["1"], date=FRIDAY)
    for words in (
        "43 of 45 marks",
        "1 of 45 marks",
        "0 of 6 meetings",
        "1 not taken",
        "from=2020-10-26&amp;to=2020-10-27#days",
        "from=2020-08-10&amp;to=2020-10-27&amp;weekday=1#days",
        reverse("meeting", args=[meeting.pk]),
        reverse("student", args=[marked.students["Abara"].pk]),
        "My classes",
        reverse("figures_of_class", args=[marked.sections["2"].pk]),
        "as of Oct 27",
    ):
        assert words in page, words
    assert "Classes of the same teacher" in opened(marked, "okafor")


def test_what_is_asked_for_narrows_every_figure(marked: World) -> None:
    assert shown(marked, dates=(TUESDAY, THURSDAY)).whole.all.absent == 0
    assert shown(marked, weekday=1).whole.all.marks == 18
    assert shown(marked, weekday=1).plots.by_weekday is None
    assert shown(marked, month=3).span.from_date == MONDAY
    assert shown(marked, dates=(THURSDAY, TUESDAY)).whole.all.marks == 45
    page = opened(marked, **{"from": "2020-10-20", "to": "x", "month": "9", "weekday": "8", "sort": "?", "page": "x"})
    assert "43 of 45 marks" in page
    assert "Nothing was marked on these days" in opened(marked, **{"from": "2020-08-10", "to": "2020-08-11"})


def test_the_students_stand_in_the_order_asked_for(marked: World) -> None:
    names = [each.name for each in shown(marked).students]
    assert names == sorted(names)
    assert shown(marked, sort="rate").students[0].name.startswith("Abara")
    assert shown(marked, sort="absent").students[0].name.startswith("Abara")
    assert shown(marked, sort="tardy").students[0].name.startswith("Grant")
    assert {each.name for each in shown(marked, sort="trend").students} == set(names)
    assert {each.name for each in shown(marked, sort="year").students} == set(names)
    assert 'aria-sort="descending"' in opened(marked, sort="tardy")


def test_RD11_who_left_stands_apart_and_marks_after_it_count_for_nothing(marked: World) -> None:
    place = SectionEnrollment.objects.get(section=marked.sections["1"], student=marked.students["Abara"])
    place.ends_on = WEDNESDAY
    place.save()
    page = shown(marked)
    assert [each.student_id for each in page.left] == [place.student_id]
    assert page.left[0].course.all.marks == 3
    assert page.whole.all.marks == 43
    text = opened(marked)
    assert "Left the class" in text
    assert "until Oct 21" in text
    # Still in Ms. Whitfield's other classes; somebody who is in none is named, and leads nowhere.
    Enrollment.objects.filter(student=place.student_id).update(ends_on=WEDNESDAY)
    SectionEnrollment.objects.filter(student=place.student_id).update(ends_on=WEDNESDAY)
    assert reverse("student", args=[place.student_id]) not in opened(marked)


def test_a_class_in_own_time_is_not_empty(opened_world: World) -> None:
    """RD-20, MS-15: the day's own verdict, and what waits is no verdict."""
    world = opened_world
    taught(world, "Abara")
    taught(world, "Grant")
    engaged(world, "Abara", instant(MONDAY, 10))
    page = shown(world)
    whole = page.whole.all
    assert whole.own_due == 14
    assert whole.own_present == 1
    assert whole.own_waiting == 13
    assert not whole.marks
    assert page.open_work
    text = opened(world)
    assert "Present in own time" in text
    assert "Weeks in own time that wait for their entry" in text
    assert reverse("section_week", args=[world.sections["1"].pk, MONDAY]) in text


def test_the_two_shares_of_a_student_of_both_kinds_of_days_stand_one_below_the_other(marked: World) -> None:
    taught(marked, "Abara", weekdays=[TUESDAY.weekday()])
    engaged(marked, "Abara", instant(TUESDAY, 10))
    text = opened(marked)
    assert "%</b><br><b>" in text
    assert "%</b><b>" not in text


def test_the_files_hold_what_the_page_shows(marked: World) -> None:
    client, address = client_of(marked, "whitfield"), reverse("figures_of_class", args=[marked.sections["1"].pk])
    response = client.get(address + "?format=csv&sort=absent")
    name = f"class-{marked.sections['1'].pk}-2020-08-10-2020-10-27"
    assert response["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    header, first, *rest = read_csv(response.content.removeprefix(b"\xef\xbb\xbf"))
    line = dict(zip(header, first, strict=True))
    assert (line["Marks absent"], line["Marks"], line["Rate present"], len(rest)) == ("2", "5", "60.0%", 8)
    assert client.get(address + "?format=xlsx")["Content-Disposition"] == f'attachment; filename="{name}.xlsx"'


def test_a_longer_year_and_a_larger_class_take_as_many_statements(marked: World) -> None:
    few = statements(marked, dates=(MONDAY, TUESDAY))
    many = statements(marked)
    assert few == many
    assert many <= 25
    assert Section.objects.count() > 1


def statements(world: World, **asked: object) -> int:
    scope, section = world.scope("whitfield"), world.sections["1"].pk
    with CaptureQueriesContext(connection) as captured:
        class_figures(scope, section, AskedClass(**asked))  # type: ignore[arg-type]
    return len(captured)


def test_a_homeroom_is_opened_by_its_date_and_its_class_leads_here(marked: World) -> None:
    section = marked.sections["1"]
    there = reverse("figures_of_class", args=[section.pk])
    teacher = client_of(marked, "whitfield")
    assert there in teacher.get(reverse("section", args=[section.pk])).content.decode()
    assert there in teacher.get(reverse("sections")).content.decode()
    Section.objects.filter(pk=section.pk).update(kind="homeroom")
    held = ClassMeeting.objects.get(section=section, date=YESTERDAY)
    held.pk, held.period = None, "2"
    held.save()
    assert reverse("homeroom", args=[section.pk, date(2020, 10, 26)]) in opened(marked)
