"""The pages of periods and tardiness: what they show, to whom, and as a file."""

import zipfile
from datetime import date
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from attendance.models import Mark, MarkStatus
from students import clock
from students.rules.csv_text import read_csv
from tests.attendance.pages.visitors import client_of
from tests.reporting.months import AFTER, FIRST, take_month
from tests.world import World

FRIDAY = date(2020, 10, 23)


@pytest.fixture(autouse=True)
def _after_the_month():
    with clock.stopped_at(AFTER):
        yield


@pytest.fixture
def taken(world: World) -> World:
    """Lincoln's month; Abara missed two days of fifteen, Castillo came late to 1st period on Fridays."""
    take_month(world, world.lincoln, absent=[("Abara", FIRST), ("Abara", FRIDAY)])
    fridays = Mark.objects.filter(meeting__date__iso_week_day=5, meeting__period="1")
    fridays.filter(student=world.students["Castillo"]).update(status=MarkStatus.TARDY)
    return world


def _opened(client: Client, name: str, *args: int, **asked: str | int) -> str:
    response = client.get(f"{reverse(name, args=args)}?{urlencode(asked)}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_each_share_stands_with_what_made_it_and_leads_to_its_marks(taken: World) -> None:
    okafor, school = client_of(taken, "okafor"), taken.lincoln.pk
    page = _opened(okafor, "figure_periods_of_school", school)
    # 12 of 810 marks absent, 3 tardy.
    assert "12 of 810 marks" in page
    assert "<b>1.5%</b>" in page
    assert "3 of 810 marks" in page
    assert "as of Nov 9" in page
    assert "for whatever reason" in page
    marks = reverse("marks_of_figure", args=[school])
    friday = "period=1&amp;weekday=5&amp;status=absent&amp;from=2020-10-19&amp;to=2020-11-06"
    assert f'{marks}?{friday}">3.7%</a><small>1 of 27</small>' in page
    listed = _opened(
        okafor, "marks_of_figure", school, period="1", weekday=5, status="tardy", **{"from": FIRST, "to": AFTER.date()}
    )
    assert "3 marks" in listed
    assert reverse("student_day", args=[taken.students["Castillo"].pk, FRIDAY]) in listed
    assert "No such mark" in _opened(okafor, "marks_of_figure", school, status="left_early")
    nothing = _opened(okafor, "figure_periods_of_school", school, period="no such", month="x", weekday="9")
    assert "Nothing marked" in nothing


def test_the_district_leads_to_its_schools_narrowed_as_it_is(taken: World) -> None:
    page = _opened(client_of(taken, "reyes"), "figure_periods", period="1", weekday=5)
    address = reverse("figure_periods_of_school", args=[taken.lincoln.pk])
    assert f'{address}?period=1&amp;weekday=5">' in page
    assert "nothing marked" in page
    assert reverse("marks_of_figure", args=[taken.lincoln.pk]) not in page


@pytest.mark.parametrize("name", ["figure_periods_of_school", "marks_of_figure"])
def test_figures_of_classes_are_of_the_own_schools(taken: World, name: str) -> None:
    assert client_of(taken, "lindqvist").get(reverse(name, args=[taken.lincoln.pk])).status_code == 404
    assert client_of(taken, "whitfield").get(reverse("figure_periods")).status_code == 404


def test_the_files_hold_what_the_page_shows_and_nothing_that_it_leaves_out(taken: World) -> None:
    okafor, address = client_of(taken, "okafor"), reverse("figure_periods_of_school", args=[taken.lincoln.pk])
    response = okafor.get(address + "?format=csv&weekday=5")
    assert response["Content-Disposition"] == 'attachment; filename="classes-2500-008-2020-21.csv"'
    header, *rows = read_csv(response.content.removeprefix(b"\xef\xbb\xbf"))
    lines = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(line["Period"], line["Day of the week"], line["Tardy"], line["Marks"]) for line in lines[:3]] == [
        ("All", "Friday", "3", "162"),
        ("1", "Friday", "3", "27"),
        ("2", "Friday", "0", "27"),
    ]
    weeks = okafor.get(address + "?format=weeks-csv")
    assert weeks["Content-Disposition"] == 'attachment; filename="classes-2500-008-2020-21-weeks.csv"'
    header, first, *_ = read_csv(weeks.content.removeprefix(b"\xef\xbb\xbf"))
    assert (first[0], dict(zip(header, first, strict=True))["Share tardy"]) == ("2020-10-19", "0.4%")
    book = okafor.get(address + "?format=xlsx")
    assert book["Content-Disposition"] == 'attachment; filename="classes-2500-008-2020-21.xlsx"'
    with zipfile.ZipFile(BytesIO(book.content)) as archive:
        assert b'name="Weeks"' in archive.read("xl/workbook.xml")
    # Nine students.
    published = client_of(taken, "reyes").get(reverse("figure_periods") + "?format=csv&small=left-out").content.decode()
    assert published.count("left out: under 10 students (RD-63)") == 1
    assert len(published.splitlines()) == 3
