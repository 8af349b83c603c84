"""Rosters on paper, and what is keyed in from them (RD-25). It is Tuesday 27 October 2020."""

from datetime import time
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import Submission
from attendance.selectors.explanation import explain_day
from students import clock
from tests.attendance.acts import meeting_of, take
from tests.attendance.homerooms import HOMEROOM, homeroom_days, versions_of
from tests.attendance.office.deeds import enter
from tests.attendance.pages.visitors import client_of, names, posted
from tests.world import TODAY, YESTERDAY, World, at


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def test_a_class_is_printed_with_its_roster_and_what_the_office_may_tell(opened: World) -> None:
    enter(opened, "sign_out", "Abara", starts=time(9), note="Dentist")
    page = f"/sections/{opened.sections['1'].pk}/paper/?date={TODAY}"
    for person, status in [("whitfield", 200), ("mayfield", 200), ("park", 404), ("lindqvist", 404)]:
        response = client_of(opened, person).get(page)
        assert response.status_code == status
        if status == 200:
            [paper] = response.context["papers"].rosters
            assert (len(paper.pupils), paper.teachers, [each.period for each in paper.meetings]) == (
                9,
                ["Rosa Whitfield"],
                ["1"],
            )
            assert paper.pupils[0].office == "signed out 9:00"
            assert "Dentist" not in response.content.decode()


def test_a_whole_school_is_one_print_with_the_same_number_of_questions(opened: World) -> None:
    clerk, page = client_of(opened, "mayfield"), f"/office/paper/?date={TODAY}"
    clerk.get(page)
    with CaptureQueriesContext(connection) as six:
        papers = clerk.get(page).context["papers"]
    assert [each.section.title for each in papers.rosters] == [f"Algebra I, {n}" for n in "123456"]
    with CaptureQueriesContext(connection) as asked:
        coming = clerk.get("/office/paper/?date=2020-11-05").context["papers"]
    assert len(coming.rosters) == 6
    assert len(asked) <= len(six) + 1
    assert client_of(opened, "whitfield").get(page).status_code == 403
    assert client_of(opened, "lindqvist").get(f"{page}&school={opened.lincoln.pk}").status_code == 404


def test_RD25_what_the_office_keys_in_says_from_whose_paper_on_whose_behalf_and_how_late(opened: World) -> None:
    meeting = meeting_of(opened, "1", YESTERDAY)
    page = reverse("meeting", args=[meeting.pk])
    clerk = client_of(opened, "mayfield")
    assert "From paper?" in clerk.get(page).content.decode()
    assert "From paper?" not in client_of(opened, "whitfield").get(page).content.decode()
    with clock.stopped_at(at(11)):
        assert clerk.post(page, posted(opened) | {"on_paper_by": "Pat Sub"}).status_code == 302
    assert Submission.objects.get().on_paper_by == "Pat Sub"
    told = "Joyce Mayfield on behalf of Rosa Whitfield"
    shown = client_of(opened, "whitfield").get(page).content.decode()
    assert told in shown
    assert "From paper, written by Pat Sub." in shown
    assert "Entered late" in shown
    line = explain_day(opened.scope("okafor"), opened.students["Abara"].pk, YESTERDAY).working.meetings[0]
    assert (line.taken_by, line.on_paper_by) == (f"{told}, entered late", "Pat Sub")
    take(opened, "1", reason="Asked Pat.", Hollis="absent")
    corrected = client_of(opened, "whitfield").get(page)
    assert [(each.by, each.on_paper_by, each.is_late) for each in corrected.context["page"].saves] == [
        (told, "Pat Sub", True),
        ("Rosa Whitfield", "", False),
    ]
    line = explain_day(opened.scope("okafor"), opened.students["Abara"].pk, YESTERDAY).working.meetings[0]
    assert (line.taken_by, line.on_paper_by) == ("Rosa Whitfield", "Pat Sub")


def test_a_class_taken_on_its_day_by_its_teacher_says_no_more_than_the_name(opened: World) -> None:
    take(opened, "1", day=TODAY)
    line = explain_day(opened.scope("okafor"), opened.students["Abara"].pk, TODAY).working.meetings[0]
    assert line.taken_by == "Rosa Whitfield"


def test_RD25_a_homerooms_day_is_keyed_in_from_paper_too(world: World) -> None:
    homeroom_days(world)
    versions = " ".join(f"{meeting}:{version}" for meeting, version in versions_of(world, TODAY).items())
    form = {"versions": versions, "submission_id": str(uuid4()), "on_paper_by": "Pat Sub"}
    form |= {f"mark-{pk}": "present" for pk in names(world).values()}
    page = reverse("homeroom", args=[world.sections[HOMEROOM].pk, TODAY])
    clerk = client_of(world, "mayfield")
    assert clerk.post(page, form).status_code == 302
    assert set(Submission.objects.values_list("on_paper_by", flat=True)) == {"Pat Sub"}
    page = clerk.get(page).content.decode()
    assert "by Joyce Mayfield on behalf of Rosa Whitfield. From paper, written by Pat Sub." in page
