"""The pages of tiers: what they show, to whom, where their figures lead, and as a file."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from interventions.models import PassState, TierPass
from interventions.services.evaluation import evaluate
from reporting.selectors.figures_page import Asked
from reporting.selectors.tier_figures import tiers_of_district
from students import clock
from students.models import Student
from students.rules.csv_text import read_csv
from tests.attendance.pages.visitors import client_of
from tests.interventions.acts import absences
from tests.reporting.a_year import calendar
from tests.world import TODAY, World, at


@pytest.fixture
def fall(world: World) -> World:
    calendar(world)
    absences(world, "Abara", 5)
    absences(world, "Shah", 11)
    evaluate(world.installation, Student.objects.values_list("pk", flat=True))
    return world


def opened(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_each_number_leads_to_its_students_and_open_cases_to_the_queue(fall: World) -> None:
    okafor, school = client_of(fall, "okafor"), fall.lincoln.pk
    page = opened(okafor, reverse("figure_tiers_of_school", args=[school]))
    listed = f"{reverse('students_of_tiers')}?school={school}&amp;grade=09&amp;tier=1"
    assert f'<a href="{listed}">1</a>' in page
    assert f'<a href="{reverse("queue")}?school={school}&amp;grade=09">1</a>' in page
    assert "of 9 enrolled, 11.1%" in page
    assert "1 open case" in page
    assert f"?school={school}&amp;tier=1&amp;on=2020-08-28" in page
    assert "no nightly pass yet" in page
    names = opened(okafor, listed.replace("&amp;", "&"))
    assert "Abara" in names
    assert "open case" in names
    assert "Nobody stands here" in opened(okafor, f"{reverse('students_of_tiers')}?tier=0")
    for wrong in ("", "?tier=4", "?tier=x"):
        assert okafor.get(reverse("students_of_tiers") + wrong).status_code == 404
    district = opened(client_of(fall, "reyes"), reverse("figure_tiers"))
    assert f'<a href="{reverse("figure_tiers_of_school", args=[school])}">Lincoln High School</a>' in district
    assert f'<a href="{reverse("queue")}?">2 open cases</a>' in district


def test_for_publication_no_list_is_linked_and_no_case_told(fall: World) -> None:
    page = opened(client_of(fall, "reyes"), reverse("figure_tiers") + "?small=left-out")
    assert "students_of_tiers" not in page
    assert reverse("students_of_tiers") not in page
    assert "In time" not in page
    assert "The figures of so small a group are left out" in page
    assert (
        client_of(fall, "lindqvist").get(reverse("figure_tiers_of_school", args=[fall.lincoln.pk])).status_code == 404
    )
    assert client_of(fall, "osei").get(reverse("figure_tiers")).status_code == 404


def test_the_file_holds_what_the_page_shows(fall: World) -> None:
    reyes = client_of(fall, "reyes")
    response = reyes.get(reverse("figure_tiers") + "?format=csv")
    assert response["Content-Disposition"] == 'attachment; filename="tiers-district.csv"'
    header, *rows = read_csv(response.content.removeprefix(b"\xef\xbb\xbf"))
    lines = [dict(zip(header, row, strict=True)) for row in rows]
    shown = [[line[name] for name in ("School", "Tier 1", "Tier 3", "Enrolled", "Open cases")] for line in lines]
    assert shown == [
        ["All", "1", "1", "10", "2"],
        ["Lincoln High School", "1", "0", "9", "1"],
        ["Washington High School", "0", "1", "1", "1"],
    ]
    moved = ("Points tier 1", "Points tier 2", "Points tier 3", "Points since")
    heads = tiers_of_district(fall.scope("reyes"), Asked()).heads
    assert heads[0].since is not None
    assert [lines[0][name] for name in moved] == [*(head.points for head in heads[:3]), str(heads[0].since.day)]
    assert [lines[1][name] for name in moved] == [""] * 4
    left_out = reyes.get(reverse("figure_tiers") + "?format=csv&small=left-out").content.decode()
    assert left_out.count("RD-63") == 3
    sheet = reyes.get(reverse("figure_tiers_of_school", args=[fall.lincoln.pk]) + "?format=xlsx")
    assert sheet["Content-Disposition"] == 'attachment; filename="tiers-2500-008.xlsx"'
    assert sheet.content.startswith(b"PK")


def test_a_pass_that_stopped_running_is_told_after_a_second_school_day(fall: World) -> None:
    night = {"state": PassState.DONE, "requested_at": at(4), "finished_at": at(4)}
    TierPass.objects.create(school=fall.lincoln, on=TODAY, **night)
    okafor, address = client_of(fall, "okafor"), reverse("figure_tiers_of_school", args=[fall.lincoln.pk])
    for later, told in [(0, False), (1, False), (2, True)]:
        with clock.stopped_at(at(9, day=TODAY + timedelta(days=later))):
            assert ("The nightly pass has not run since Oct 27" in opened(okafor, address)) is told
