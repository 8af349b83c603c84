"""The pages of figures: what they show, to whom, and as a file."""

import re
import zipfile
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import CalendarDay
from reporting.selectors.days_by_school import days_by_school
from reporting.selectors.figures_page import Asked, district_figures
from reporting.services.chronic import count_news
from students import clock
from students.rules.csv_text import read_csv
from students.rules.rights import RIGHTS, Right
from tests.attendance.pages.visitors import client_of
from tests.reporting.months import AFTER, FIRST, MONTH, after_the_month, take_month
from tests.world import World

FRIDAY = date(2020, 10, 23)
_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(autouse=True)
def _after_the_month():
    with clock.stopped_at(AFTER):
        yield


@pytest.fixture
def taken(world: World) -> World:
    """Lincoln's month; Abara missed two days of fifteen."""
    take_month(world, world.lincoln, absent=[("Abara", FIRST), ("Abara", FRIDAY)], untaken=[("1", FRIDAY)])
    count_news(after_the_month())
    return world


def _opened(client: Client, name: str, *args: int, **asked: str | int) -> str:
    response = client.get(f"{reverse(name, args=args)}?{urlencode(asked)}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_each_figure_stands_with_its_numerator_and_denominator_and_leads_to_its_days(taken: World) -> None:
    page = _opened(client_of(taken, "okafor"), "figures_of_school", taken.lincoln.pk)
    assert "132 days present over 15 school days" in page or "133 days present over 15 school days" in page
    assert "of ADM 9.00" in page
    assert "1 of 9" in page
    assert "as of Nov 9" in page
    assert f"{reverse('days_of_figure', args=[taken.lincoln.pk])}?month=3&amp;status=present" in page
    assert f"{reverse('chronic_of_school', args=[taken.lincoln.pk])}?month=3&amp;grade=09" in page


def test_the_lists_behind_a_figure_name_the_students_and_lead_to_their_days(taken: World) -> None:
    okafor, school = client_of(taken, "okafor"), taken.lincoln.pk
    days = _opened(okafor, "days_of_figure", school, month=MONTH, status="unexcused")
    assert "2 student-days" in days
    assert "<span>In person</span>" in _opened(okafor, "days_of_figure", school, month=MONTH, mode="in_person")
    assert "<span>without a mode</span>" in _opened(okafor, "days_of_figure", school, month=MONTH, mode="no such")
    assert reverse("student_day", args=[taken.students["Abara"].pk, FRIDAY]) in days
    chronic = _opened(okafor, "chronic_of_school", school, grade="09")
    assert "2&nbsp;/&nbsp;15" in chronic
    assert reverse("student", args=[taken.students["Abara"].pk]) in chronic
    assert "Nobody is chronically absent" in _opened(okafor, "chronic_of_school", school, mode="sync_online")
    assert "No such day in this month" in _opened(okafor, "days_of_figure", school, apart="yes")
    assert okafor.get(reverse("days_of_figure", args=[school]) + "?month=7").status_code == 404


def test_a_week_of_the_district_leads_to_its_schools_and_from_each_to_the_days(taken: World) -> None:
    take_month(taken, taken.washington)
    reyes, school = client_of(taken, "reyes"), taken.lincoln.pk
    week = {"from": "2020-10-19", "to": "2020-10-25"}
    by_school = f"{reverse('days_of_schools')}?from=2020-10-19&amp;to=2020-10-25"
    assert by_school in _opened(reyes, "figures")
    assert by_school in _opened(reyes, "home")
    page = _opened(reyes, "days_of_schools", **week)
    days = f"{reverse('days_of_figure', args=[school])}?from=2020-10-19&amp;to=2020-10-25"
    assert f'<a href="{days}&amp;status=absent">2</a>' in page
    assert page.index(taken.lincoln.name) < page.index(taken.washington.name)
    assert "2 student-days" in _opened(reyes, "days_of_figure", school, status="absent", **week)
    friday = _opened(reyes, "days_of_schools", weekday=5, grade="09", mode="in_person", **week)
    assert f"{days}&amp;weekday=5&amp;grade=09&amp;mode=in_person" in friday
    assert "No such day" in _opened(reyes, "days_of_schools", weekday=7, **week)
    assert "month 3" in _opened(reyes, "days_of_schools")


def test_the_days_of_schools_say_first_what_the_point_that_led_to_them_counts(taken: World) -> None:
    take_month(taken, taken.washington, untaken=[("W1", FRIDAY)])
    reyes, school = client_of(taken, "reyes"), taken.lincoln
    # The bar of Fridays: one of Lincoln's nine was absent, and of Washington's day nothing is decided.
    bar = re.search(r'href="([^"]*weekday=5[^"]*status=absent[^"]*)"', _opened(reyes, "figures"))
    assert bar
    friday = " ".join(reyes.get(unescape(bar[1])).content.decode().split())
    lines = days_by_school(taken.scope("reyes", AFTER), Asked(dates=(date(2020, 8, 1), AFTER.date()), weekday=5))
    assert f"<b>1 day absent</b> of {lines.whole.determined} decided" in friday
    week = {"from": "2020-10-19", "to": "2020-10-25"}
    waiting = _opened(reyes, "days_of_schools", status="undetermined", **week)
    assert f"<b>1 day undetermined</b> of {5 * 10}" in waiting
    assert f"<b>{5 * 10} student-days</b>" in _opened(reyes, "days_of_schools", status="else", **week)
    assert f"<b>2 days absent</b> of {5 * 10 - 1} decided" in _opened(reyes, "days_of_schools", status="absent", **week)
    assert school.name in waiting


def test_the_rate_stands_first_after_a_school_and_its_parts_behind_it(taken: World) -> None:
    table = _opened(client_of(taken, "reyes"), "figures").split('aria-labelledby="within"')[1]
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', table.split("</thead>")[0])
    assert heads[:4] == ["School", "Rate", "Days present", "of enrolled"]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", table)
    assert cells[0].startswith("<b>98.5%</b>")
    assert re.sub("<[^>]*>", "", cells[1]) == "133"


def test_the_days_of_schools_leave_as_they_are_seen_in_as_many_statements_as_ever(taken: World) -> None:
    reyes, asked = client_of(taken, "reyes"), f"{reverse('days_of_schools')}?from=2020-10-19&to=2020-10-25"
    with CaptureQueriesContext(connection) as one:
        header, line = _lines(reyes.get(asked + "&format=csv").content)
    assert dict(zip(header, line, strict=True)).items() >= {"Days absent": "2", "From": "2020-10-19"}.items()
    take_month(taken, taken.washington)
    with CaptureQueriesContext(connection) as two:
        assert len(_lines(reyes.get(asked + "&format=csv").content)) == 3
    assert len(one) == len(two)
    assert reyes.get(asked + "&format=xlsx").content.startswith(b"PK")


def test_whoever_has_figures_and_no_students_sees_no_small_group_and_no_list(
    taken: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("students.scope.RIGHTS", {**RIGHTS, "school_administrator": frozenset({Right.FIGURES})})
    okafor = client_of(taken, "okafor")
    page = _opened(okafor, "figures_of_school", taken.lincoln.pk)
    # Nine students.
    assert "The figures of so small a group are left out" in page
    assert "days/?" not in page
    for name in ("days_of_figure", "chronic_of_school"):
        assert okafor.get(reverse(name, args=[taken.lincoln.pk])).status_code == 403
    assert okafor.get(reverse("days_of_schools")).status_code == 403


@pytest.mark.parametrize("name", ["figures_of_school", "days_of_figure", "chronic_of_school"])
def test_figures_are_of_the_own_schools(taken: World, name: str) -> None:
    assert client_of(taken, "lindqvist").get(reverse(name, args=[taken.lincoln.pk])).status_code == 404
    assert client_of(taken, "whitfield").get(reverse("figures")).status_code == 404


def test_the_file_holds_what_the_page_shows(taken: World) -> None:
    reyes = client_of(taken, "reyes")
    response = reyes.get(reverse("figures") + "?format=csv")
    assert response["Content-Disposition"] == 'attachment; filename="figures-district-month-3.csv"'
    header, *rows = read_csv(response.content.removeprefix(b"\xef\xbb\xbf"))
    lines = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(line["School"], line["Days enrolled"], line["Chronically absent"]) for line in lines] == [
        ("All", "135", "1"),
        ("Lincoln High School", "135", "1"),
    ]
    assert lines[0]["Standing"] == "provisional"
    left_out = reyes.get(reverse("figures") + "?format=csv&small=left-out")
    assert left_out["Content-Disposition"] == 'attachment; filename="figures-district-month-3-for-publication.csv"'
    assert left_out.content.decode().count("RD-63") == 2
    of_school = reyes.get(reverse("figures_of_school", args=[taken.lincoln.pk]) + "?format=csv")
    assert of_school["Content-Disposition"] == 'attachment; filename="figures-2500-008-month-3.csv"'


def test_the_files_say_where_rates_move_and_the_mean_of_months_2_and_3_as_the_page_does(taken: World) -> None:
    CalendarDay.objects.filter(date__lt=FIRST + timedelta(days=7)).update(reporting_month=2)
    page = district_figures(after_the_month(), Asked())
    assert page.mean is not None
    reyes, address = client_of(taken, "reyes"), reverse("figures")
    header, *rows = _lines(reyes.get(address + "?format=csv").content)
    lines = [dict(zip(header, row, strict=True)) for row in rows]
    assert [line["Points since the month before"] for line in lines] == ["", "+4.4", "+4.4"]
    assert page.by_month[1].line.trend == "+4.4"
    for line in lines:
        assert line["Mean ADA of months 2 and 3"] == page.mean.printed_ada != ""
        assert line["Mean ADM of months 2 and 3"] == page.mean.printed_adm == "9.00"
        assert line["Mean ADA / ADM of months 2 and 3"] == page.mean.rate
    header, *weeks = _lines(reyes.get(address + "?format=weeks-csv").content)
    moved = header.index("Points since the week before")
    assert [week[moved] for week in weeks] == [line.week.trend for line in page.weeks.lines]
    assert [bool(week[moved]) for week in weeks] == [False, True, True]


def test_the_spreadsheet_holds_the_weeks_too_and_nothing_that_the_page_leaves_out(taken: World) -> None:
    okafor, address = client_of(taken, "okafor"), reverse("figures_of_school", args=[taken.lincoln.pk])
    response = okafor.get(address + "?format=xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="figures-2500-008-month-3.xlsx"'
    figures, weeks, weekdays = _sheets(response.content)
    assert [len(figures), len(weeks), len(weekdays)] == [5, 4, 6]
    # Present, enrolled, school days, ADM of the first week; its day is kept as a number.
    assert [weeks[1][place] for place in (1, 2, 4, 6)] == ["43", "45", "5", "9"]
    published = _sheets(okafor.get(address + "?format=xlsx&small=left-out").content)
    assert [len(rows) for rows in published[1:]] == [1, 1]


def test_the_weeks_and_the_days_of_the_week_are_files_of_their_own_too(taken: World) -> None:
    okafor, address = client_of(taken, "okafor"), reverse("figures_of_school", args=[taken.lincoln.pk])
    assert "?format=weeks-csv" in _opened(okafor, "figures_of_school", taken.lincoln.pk)
    weeks = okafor.get(address + "?format=weeks-csv")
    assert weeks["Content-Disposition"] == 'attachment; filename="figures-2500-008-month-3-weeks.csv"'
    assert [row[:5] for row in _lines(weeks.content)][:2] == [
        ["Week of", "Days present", "Days enrolled", "Days undetermined", "School days"],
        ["2020-10-19", "43", "45", "0", "5"],
    ]
    weekdays = _lines(okafor.get(address + "?format=weekdays-csv").content)
    assert [row[0] for row in weekdays] == ["Day of the week", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    for kind in ("weeks-csv", "weekdays-csv"):
        assert len(_lines(okafor.get(f"{address}?format={kind}&small=left-out").content)) == 1


def _lines(content: bytes) -> list[list[str]]:
    return list(read_csv(content.removeprefix(b"\xef\xbb\xbf")))


def _sheets(content: bytes) -> list[list[list[str]]]:
    """The values of each sheet's rows; what is text stands as its number among the texts, or as it is."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3)]
        trees = [ElementTree.fromstring(archive.read(name)) for name in names]
    return [[["".join(cell.itertext()) for cell in row] for row in tree.iter(f"{_SPREADSHEET}row")] for tree in trees]


def test_a_week_that_waits_says_for_how_many_days_and_leads_to_them(world: World) -> None:
    take_month(world, world.lincoln, untaken=[(section, FRIDAY) for section in "123456"])
    asked = "from=2020-10-19&amp;to=2020-10-25&amp;status=undetermined"
    link = f'<a href="{reverse("days_of_figure", args=[world.lincoln.pk])}?{asked}">Oct 19, 9 of 45</a>'
    okafor = client_of(world, "okafor")
    assert link in _opened(okafor, "figures_of_school", world.lincoln.pk)
    assert link in _opened(okafor, "home")
    days = {"from": "2020-10-19", "to": "2020-10-25", "status": "undetermined"}
    assert "9 student-days" in _opened(okafor, "days_of_figure", world.lincoln.pk, **days)
    district = f'<a href="{reverse("days_of_schools")}?{asked}">Oct 19, 9 of 45</a>'
    assert district in _opened(client_of(world, "reyes"), "figures")


def test_before_the_first_day_is_over_the_page_says_when_figures_come(world: World) -> None:
    page = _opened(client_of(world, "reyes"), "figures")
    assert "Figures appear on the morning after the first" in page
    assert f'class="button button-quiet" href="{reverse("calendars")}"' in page
    assert 'role="alert"' not in page
    assert "Figures appear on the morning" in _opened(client_of(world, "okafor"), "figures_of_school", world.lincoln.pk)


def test_what_is_asked_for_and_is_not_there_shows_an_empty_month(taken: World) -> None:
    okafor = client_of(taken, "okafor")
    page = _opened(okafor, "figures_of_school", taken.lincoln.pk, month="x", grade="no such", mode="-")
    assert "Nobody in this month" in page
    assert "Month 3" in page
