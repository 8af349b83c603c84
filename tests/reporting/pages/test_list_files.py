"""The lists behind figures as files: every page of what is seen, to those alone who see it."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import Mark, MarkStatus
from interventions.services.evaluation import evaluate
from reporting.services.chronic import count_news
from reporting.views.table_files import MOST_LINES
from students import clock
from students.models import Student
from students.rules.csv_text import read_csv
from students.rules.rights import RIGHTS, Right
from tests.attendance.pages.visitors import client_of
from tests.interventions.acts import absences
from tests.reporting.a_year import calendar
from tests.reporting.months import AFTER, FIRST, MONTH, after_the_month, take_month
from tests.world import World

FRIDAY = date(2020, 10, 23)
_ROW = re.compile(r'<th scope="row"><a href="[^"]*">([^<]*)</a>')
_NEXT = re.compile(r'rel="next" href="([^"]*)"')


@pytest.fixture
def taken(world: World) -> Iterator[World]:
    """Lincoln's month; Abara missed two days of fifteen, Castillo came late to 1st period on Fridays."""
    with clock.stopped_at(AFTER):
        take_month(world, world.lincoln, absent=[("Abara", FIRST), ("Abara", FRIDAY)])
        fridays = Mark.objects.filter(meeting__date__iso_week_day=5, meeting__period="1")
        fridays.filter(student=world.students["Castillo"]).update(status=MarkStatus.TARDY)
        count_news(after_the_month())
        yield world


@pytest.fixture
def fall(world: World) -> World:
    """Abara in tier 1, Shah in tier 3."""
    calendar(world)
    absences(world, "Abara", 5)
    absences(world, "Shah", 11)
    evaluate(world.installation, Student.objects.values_list("pk", flat=True))
    return world


def _address(name: str, *args: int, **asked: str | int) -> str:
    return f"{reverse(name, args=args)}?{urlencode(asked)}"


def _listed(client: Client, address: str) -> list[str]:
    """The names on all pages of a list, in their order."""
    path, query = address.split("?")
    names: list[str] = []
    while query:
        page = client.get(f"{path}?{query}").content.decode()
        names += map(unescape, _ROW.findall(page))
        after = _NEXT.search(page)
        query = unescape(after[1]).removeprefix("?") if after else ""
    return names


def _saved(response: HttpResponseBase) -> list[dict[str, str]]:
    content = response.getvalue()  # type: ignore[attr-defined]
    header, *rows = read_csv(content.removeprefix(b"\xef\xbb\xbf"))
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("name", "asked", "lines"),
    [
        ("days_of_figure", {"month": MONTH}, 135),
        ("days_of_figure", {"month": MONTH, "status": "unexcused"}, 2),
        ("days_of_figure", {"from": "2020-10-19", "to": "2020-10-25", "weekday": 5, "grade": "09"}, 9),
        ("marks_of_figure", {"month": MONTH}, 810),
        ("marks_of_figure", {"month": MONTH, "weekday": 5, "period": "1"}, 27),
        ("marks_of_figure", {"month": MONTH, "status": "tardy"}, 3),
        ("chronic_of_school", {"month": MONTH, "grade": "09"}, 1),
    ],
)
def test_the_file_holds_every_page_of_the_list_narrowed_as_it_is(
    taken: World, name: str, asked: dict[str, str | int], lines: int
) -> None:
    okafor, school = client_of(taken, "okafor"), taken.lincoln.pk
    address = _address(name, school, **asked)
    saved = _saved(okafor.get(address + "&format=csv"))
    assert [each["Student"] for each in saved] == _listed(okafor, address)
    assert len(saved) == lines
    assert _saved(okafor.get(address + "&page=2&format=csv")) == saved
    sheet = okafor.get(address + "&format=xlsx")
    assert sheet["Content-Disposition"].endswith('.xlsx"')
    with zipfile.ZipFile(BytesIO(sheet.content)) as archive:
        assert archive.read("xl/worksheets/sheet1.xml").count(b"<row ") == lines + 1
    page = okafor.get(address).content.decode()
    assert "&amp;format=csv" in page
    assert "&amp;format=xlsx" in page


def test_a_line_says_what_the_page_says_of_it(taken: World) -> None:
    okafor, school = client_of(taken, "okafor"), taken.lincoln.pk
    days = okafor.get(_address("days_of_figure", school, month=MONTH, status="unexcused", format="csv"))
    assert days["Content-Disposition"] == ('attachment; filename="days-2500-008-2020-10-19-2020-11-06-unexcused.csv"')
    abara = taken.students["Abara"]
    first = {"Day": FIRST.isoformat(), "Student": abara.listed_name, "State id": abara.state_id}
    assert _saved(days)[0].items() >= (first | {"Status": "Unexcused", "Grade": "09", "Mode": "In person"}).items()
    marks = _saved(okafor.get(_address("marks_of_figure", school, month=MONTH, status="tardy", format="csv")))
    assert [marks[0][each] for each in ("Day", "Period", "Mark")] == ["2020-10-23", "1", "Tardy"]
    [chronic] = _saved(okafor.get(_address("chronic_of_school", school, month=MONTH, format="csv")))
    assert [chronic[each] for each in ("Days absent", "Days determined", "Share absent")] == ["2", "15", "13.3%"]


def test_the_students_of_a_tier_leave_as_they_are_listed(fall: World) -> None:
    okafor, reyes = client_of(fall, "okafor"), client_of(fall, "reyes")
    school = {"school": fall.lincoln.pk}
    [abara] = _saved(okafor.get(_address("students_of_tiers", tier=1, format="csv", **school)))
    assert abara["Student"] == fall.students["Abara"].listed_name
    assert [abara[each] for each in ("Absences now", "Case", "School")] == ["5", "open case", fall.lincoln.name]
    assert _saved(okafor.get(_address("students_of_tiers", tier=1, grade="12", format="csv", **school))) == []
    district = reyes.get(_address("students_of_tiers", tier=3, format="csv"))
    assert district["Content-Disposition"].startswith('attachment; filename="students-tier-3-district-')
    assert [each["Student"] for each in _saved(district)] == [fall.students["Shah"].listed_name]
    assert reyes.get(_address("students_of_tiers", tier=3, format="xlsx")).content.startswith(b"PK")
    assert okafor.get(_address("students_of_tiers", tier=1, school=fall.washington.pk, format="csv")).status_code == 404


@pytest.mark.parametrize("name", ["days_of_figure", "marks_of_figure", "chronic_of_school"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_only_who_may_know_the_students_takes_the_list_away(
    taken: World, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    address = _address(name, taken.lincoln.pk, format=kind)
    assert client_of(taken, "lindqvist").get(address).status_code == 404
    assert client_of(taken, "whitfield").get(address).status_code == 404
    monkeypatch.setattr("students.scope.RIGHTS", {**RIGHTS, "school_administrator": frozenset({Right.FIGURES})})
    assert client_of(taken, "okafor").get(address).status_code == 403


@pytest.mark.parametrize("name", ["days_of_figure", "marks_of_figure"])
def test_a_long_list_is_read_in_as_many_statements_as_a_short_one(taken: World, name: str) -> None:
    okafor, school = client_of(taken, "okafor"), taken.lincoln.pk
    okafor.get(_address(name, school))
    statements, lines = [], []
    for last in (FIRST, AFTER.date()):
        asked: dict[str, str | int] = {"from": FIRST.isoformat(), "to": last.isoformat(), "format": "csv"}
        with CaptureQueriesContext(connection) as captured:
            lines.append(len(_saved(okafor.get(_address(name, school, **asked)))))
        statements.append(len(captured))
    assert lines[1] == 15 * lines[0]
    assert statements[0] == statements[1]


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(taken: World) -> None:
    Student.objects.filter(pk=taken.students["Abara"].pk).update(family_name="=1+1")
    saved = _saved(
        client_of(taken, "okafor").get(_address("days_of_figure", taken.lincoln.pk, status="absent", format="csv"))
    )
    assert {each["Student"] for each in saved} == {f"'=1+1, {taken.students['Abara'].first_name}"}


def test_a_list_that_is_too_long_for_its_file_is_refused_with_what_helps(
    taken: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    okafor = client_of(taken, "okafor")
    address = _address("marks_of_figure", taken.lincoln.pk, month=MONTH, status="present")
    number = len(_saved(okafor.get(address + "&format=csv")))
    monkeypatch.setitem(MOST_LINES, "xlsx", number - 1)
    refused = okafor.get(address + "&format=xlsx", follow=True)
    assert refused.redirect_chain == [(address, 302)]
    assert f"The list has {number} lines, and a file of it holds at most {number - 1}. Download it as CSV" in (
        refused.content.decode()
    )
    assert len(_saved(okafor.get(address + "&format=csv"))) == number
    monkeypatch.setitem(MOST_LINES, "csv", number - 1)
    assert "Narrow it first" in okafor.get(address + "&format=csv", follow=True).content.decode()
    monkeypatch.setitem(MOST_LINES, "xlsx", number)
    assert okafor.get(address + "&format=xlsx").content.startswith(b"PK")
