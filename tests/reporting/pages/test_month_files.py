"""The files of a month as they leave: to the byte for the state, and to be read by people."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.models import MonthRun
from reporting.rules.archives import members_of
from reporting.rules.package import zipped
from reporting.rules.record_sources import ATTENDANCE, CALENDAR, DAYS_TAUGHT, SOURCES, SUMMARY, TRUANCY_NOTICES
from reporting.selectors import stored_package
from reporting.views.source_words import SOURCE_WORDS
from students import clock
from tests.reporting.months import AFTER
from tests.reporting.rules.worlds import facts, package
from tests.reporting.signing import certified_as_it_is
from tests.reporting.stored import stored_run
from tests.world import World

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def run(world: World, client: Client):
    client.force_login(world.users["okafor"])
    calendar = facts(30).calendar
    named = [*calendar[:-1], replace(calendar[-1], name='=HYPERLINK("x")')]
    with clock.stopped_at(AFTER):
        yield certified_as_it_is(world, stored_run(world.lincoln, students=30, calendar=named))


def _read(client: Client, name: str, run: MonthRun, record_set: str) -> tuple[str, bytes]:
    answer = client.get(reverse(name, args=[run.pk, record_set]))
    content = b"".join(answer.streaming_content)
    assert answer["Content-Length"] == str(len(content))
    return answer["Content-Disposition"], content


def test_a_file_leaves_to_the_byte_under_its_name_however_small_the_pieces(
    run: MonthRun, client: Client, monkeypatch
) -> None:
    monkeypatch.setattr(stored_package, "PIECE", 777)
    said, content = _read(client, "month_file", run, CALENDAR)
    assert said == 'attachment; filename="S_2500_008_102020_Calendar.csv"'
    assert content == members_of(bytes(run.package.content))["S_2500_008_102020_Calendar.csv"]


def test_a_file_is_never_asked_for_as_a_whole(run: MonthRun, client: Client, monkeypatch) -> None:
    monkeypatch.setattr(stored_package, "PIECE", 1000)
    with CaptureQueriesContext(connection) as asked:
        _, content = _read(client, "month_sheet", run, ATTENDANCE)
    pieces = [query["sql"] for query in asked if "SUBSTRING" in query["sql"]]
    assert len(pieces) > 5
    assert content
    whole = [query["sql"] for query in asked if re.search(r'^SELECT [^(]*"content"', query["sql"])]
    assert whole == []


def test_the_first_rows_are_shown_with_the_meaning_of_every_column(run: MonthRun, client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("month_rows", args=[run.pk, ATTENDANCE])).content.decode()
    assert len(asked) <= 16
    assert "150 rows" in page
    assert "The first 50 rows" in page
    assert "100 more rows are in the file" in page
    assert page.count("<td>DailyAttendance</td>") == 50
    assert "a suspension is unexcused" in page
    assert "UnexcusedAbsence" in page
    assert "once the state has accepted days taught" in page
    assert reverse("month_file", args=[run.pk, ATTENDANCE]) + '"' not in page
    assert reverse("month_sheet", args=[run.pk, ATTENDANCE]) in page
    assert (
        reverse("month_file", args=[run.pk, DAYS_TAUGHT])
        in client.get(reverse("month_rows", args=[run.pk, DAYS_TAUGHT])).content.decode()
    )


def test_a_file_without_rows_says_that_it_is_filed_all_the_same(run: MonthRun, client: Client) -> None:
    page = client.get(reverse("month_rows", args=[run.pk, TRUANCY_NOTICES])).content.decode()
    assert "0 rows" in page
    assert "No rows this month" in page


def test_every_source_has_its_meaning() -> None:
    assert {source for filled in SOURCES.values() for source in filled.values} == set(SOURCE_WORDS)


def test_a_spreadsheet_keeps_ids_as_text_and_days_as_dates_and_runs_nothing(run: MonthRun, client: Client) -> None:
    said, content = _read(client, "month_sheet", run, ATTENDANCE)
    assert said == 'attachment; filename="S_2500_008_102020_Attendance.xlsx"'
    rows = _cells(content)
    assert [kind for kind, _, _ in rows[0]] == ["text"] * 5
    assert rows[1][1][:2] == ("text", "000000000")
    kind, days, look = rows[1][3]
    assert (kind, days, look) == ("number", "44088", "yyyy-mm-dd")
    assert len(rows) == 151
    holiday = _cells(_read(client, "month_sheet", run, CALENDAR)[1])[-1]
    assert holiday[2] == ("text", '=HYPERLINK("x")', "quoted")
    figures = _cells(_read(client, "month_sheet", run, SUMMARY)[1])[1]
    assert figures[-1] == ("number", "30", "#,##0.00")


def _cells(content: bytes) -> list[list[tuple[str, str, str]]]:
    """Each cell of the first sheet: text or number, what it holds, and how it is shown."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    assert not list(sheet.iter(f"{SHEET}f"))
    formats = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter(f"{SHEET}numFmt")}
    formats |= {"3": "#,##0", "4": "#,##0.00"}
    looks = [
        "quoted" if each.get("quotePrefix") else formats.get(each.get("numFmtId"), "")
        for each in styles.find(f"{SHEET}cellXfs")
    ]
    return [
        [
            (
                "text" if cell.get("t") == "inlineStr" else "number",
                "".join(cell.itertext()),
                looks[int(cell.get("s", "0"))] or "",
            )
            for cell in row
        ]
        for row in sheet.iter(f"{SHEET}row")
    ]


@pytest.mark.parametrize("name", ["month_rows", "month_sheet", "month_file"])
def test_the_files_of_a_month_are_for_those_who_administer_the_school(
    world: World, run: MonthRun, client: Client, name: str
) -> None:
    assert client.get(reverse(name, args=[run.pk, "Nothing"])).status_code == 404
    for person in ("whitfield", "park", "lindqvist"):
        client.force_login(world.users[person])
        assert client.get(reverse(name, args=[run.pk, CALENDAR])).status_code == 404


def test_a_package_from_before_layouts_were_files_says_what_to_do(world: World, run: MonthRun, client: Client) -> None:
    members = members_of(package().content)
    del members["layout.toml"]
    old = stored_run(world.lincoln, replace(package(), content=zipped(members)))
    for name in ("month_rows", "month_sheet"):
        answer = client.get(reverse(name, args=[old.pk, CALENDAR]), follow=True)
        assert "Build the month again" in answer.content.decode()
