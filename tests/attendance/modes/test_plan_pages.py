"""The learning plan, one mode for many, assessments, colleges and the homebound log, as people open and send them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from attendance.models import (
    Assessment,
    AssessmentSeat,
    College,
    DailyAttendance,
    DayReview,
    LearningPlan,
    ModeAssignment,
)
from attendance.rules.modes import ModeFact
from attendance.services import day_changes
from attendance.services.learning_plan import preview_taking_back, take_back_plan
from attendance.services.ledger import check
from attendance.services.own_days import OwnDays
from students.refusals import Refused
from tests.attendance.acts import take
from tests.attendance.modes.test_individual_days import own
from tests.attendance.modes.test_mode_pages import saved
from tests.attendance.modes.test_modes import give
from tests.attendance.modes.ways import engaged, instant, row
from tests.attendance.pages.visitors import client_of
from tests.world import PERIODS, TODAY, YESTERDAY, World

TOMORROW = TODAY + timedelta(days=1)
PLAN = {
    "modes": ["in_person", "sync_online", "async_online"],
    "measures": ["contact"],
    "measured_by": "day",
    "contact_frequency": "weekly",
    "least_contact_minutes": "10",
    "entry_frequency": "weekly",
    "turn_in_session_days": "1",
    "virtual_day_mode": "async_online",
}


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def test_MS18_the_district_writes_a_plan_for_a_school_after_a_look_at_whose_days_change(opened: World) -> None:
    give(opened, ModeFact("async_online", YESTERDAY, None), late_reason="Late.")
    give(opened, ModeFact("offline_packets", TODAY, None), "Baptiste")
    DayReview.objects.create(
        student=opened.students["Abara"],
        section=opened.sections["1"],
        date=YESTERDAY,
        measure="work",
        entered_by=opened.users["whitfield"],
        entered_at="2020-10-26T20:00Z",
    )
    district = client_of(opened, "reyes")
    assert b"what the state" in district.get("/plan/").content
    form = {**PLAN, "school": opened.lincoln.pk, "grade": "", "starts_on": YESTERDAY}
    status, shown = saved(district, "/plan/change/", **form)
    assert status == 422
    assert "1 student is taught in a mode that this plan does not offer: Paper packets" in shown
    assert not LearningPlan.objects.exists()
    assert saved(district, "/plan/change/", **form, late_reason="Board of Oct 20")[0] == 302
    page = client_of(opened, "okafor").get("/plan/").content.decode()
    assert "Lincoln High School, all grades" in page
    assert "Board of Oct 20" in page
    assert "10 minutes at least" in page
    twice = district.post("/plan/change/", {**form, "submission_id": str(uuid4()), "look": "yes"})
    assert (twice.status_code, b"begins on this day already" in twice.content) == (422, True)
    for who, status in [("okafor", 403), ("whitfield", 403), ("lindqvist", 403)]:
        assert client_of(opened, who).get("/plan/change/").status_code == status
    assert client_of(opened, "whitfield").get("/plan/").status_code == 403
    assert district.get("/plan/change/?school=999").status_code == 404


def test_MS18_a_plan_is_taken_back_after_a_look_and_what_held_before_it_holds_again(opened: World) -> None:
    give(opened, ModeFact("async_online", YESTERDAY, None), late_reason="Late.")
    engaged(opened, "Abara", instant(YESTERDAY, 20))
    district = client_of(opened, "reyes")
    form = {**PLAN, "school": opened.lincoln.pk, "grade": "", "starts_on": YESTERDAY, "late_reason": "Board of Oct 20"}
    assert row(opened, "Abara", YESTERDAY).status == "present"
    assert saved(district, "/plan/change/", **form)[0] == 302
    assert row(opened, "Abara", YESTERDAY).status == "undetermined"
    its = LearningPlan.objects.get()
    path = f"/plan/{its.pk}/take-back/"
    assert path in district.get("/plan/").content.decode()
    assert district.post(path, {"submission_id": str(uuid4()), "late_reason": " ", "save": "yes"}).status_code == 422
    assert LearningPlan.objects.exists()
    status, shown = saved(district, path, late_reason="Not what the board decided")
    assert (status, LearningPlan.objects.count()) == (302, 0)
    assert "1 day changes" in shown
    assert row(opened, "Abara", YESTERDAY).status == "present"
    page = client_of(opened, "okafor").get("/plan/").content.decode()
    assert "taken back by Daniel Reyes, Oct 27, 2020, 10:00\xa0am: Not what the board decided" in page
    assert "take-back" not in page
    assert district.get(path).status_code == 404
    assert check(opened.installation) == []


def test_MS18_only_the_district_takes_a_plan_back(opened: World) -> None:
    its = LearningPlan.objects.create(starts_on=TOMORROW, school=opened.lincoln)
    path = f"/plan/{its.pk}/take-back/"
    for who, status in [("okafor", 403), ("whitfield", 403), ("lindqvist", 404), ("reyes", 200)]:
        assert client_of(opened, who).get(path).status_code == status, who
    with pytest.raises(Refused, match="Look at what it does"):
        take_back_plan(opened.scope("reyes"), its.pk, agreed="", reason="A slip.")


def test_a_plan_by_which_too_many_days_were_judged_stands_and_says_what_to_do(
    opened: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    its = LearningPlan.objects.create(starts_on=YESTERDAY)
    monkeypatch.setattr(day_changes, "MOST_STUDENT_DAYS", 10)
    with pytest.raises(Refused, match="Write another from today"):
        preview_taking_back(opened.scope("reyes"), its.pk)
    assert LearningPlan.objects.filter(pk=its.pk).exists()


def test_a_school_goes_virtual_on_one_page(opened: World) -> None:
    give(opened, ModeFact("offline_packets", TODAY, None), "Castillo")
    office, path = client_of(opened, "mayfield"), f"/modes/?school={opened.lincoln.pk}"
    form = {"mode": "sync_online", "starts_on": TODAY, "ends_on": "2020-11-06"}
    status, shown = saved(office, path, **form)
    assert status == 302
    assert "8 students get this mode." in shown
    assert "Castillo, Mateo: Paper packets holds from Oct 27, 2020 on already." in shown
    assert ModeAssignment.objects.filter(mode="sync_online").count() == 8
    few = {**form, "starts_on": "2020-11-09", "ends_on": "2020-11-20", "state_ids": "100000000, 100000001"}
    assert saved(office, path, **few)[0] == 302
    assert ModeAssignment.objects.filter(mode="sync_online").count() == 10
    unknown = office.post(path, {**few, "state_ids": "999", "submission_id": str(uuid4())})
    assert (unknown.status_code, b"has these state ids: 999" in unknown.content) == (422, True) or (
        unknown.status_code == 422
    )
    assert client_of(opened, "whitfield").get("/modes/").status_code == 403
    assert client_of(opened, "lindqvist").get(path).status_code == 404


def test_MS12_an_assessment_is_entered_taken_and_withdrawn_on_its_pages(opened: World) -> None:
    office = client_of(opened, "mayfield")
    form = {"school": opened.lincoln.pk, "name": "English II", "date": TODAY, "starts_at": "09:00", "ends_at": "11:00"}
    assert office.post("/assessments/", {**form, "submission_id": str(uuid4())}).status_code == 422
    form |= {"state_ids": "100000000 100000001", "submission_id": str(uuid4())}
    assert office.post("/assessments/", form).status_code == 302
    assert office.post("/assessments/", form).status_code == 302
    sat = Assessment.objects.get()
    path = f"/assessments/{sat.pk}/"
    assert b"0 of 2 taken" in office.get("/assessments/").content
    assert b"has no minutes yet" in office.post(path, {}).content
    absent = f"minutes-{opened.students['Abara'].pk}"
    assert office.post(path, {absent: "0", "all_present": "on"}).status_code == 302
    assert sorted(AssessmentSeat.objects.values_list("minutes_attended", flat=True)) == [0, 120]
    castillo = opened.students["Castillo"].pk
    for wrong in ({"state_ids": "999"}, {"grades": ["77"]}, {}):
        assert office.post(path, {"add": "yes", **wrong}).status_code == 422
    assert office.post(path, {"add": "yes", "state_ids": "100000002"}, follow=True).content.count(b"listed too") == 1
    assert b"not taken yet" in office.get(path).content
    off = {"take_off": "yes", "off": [str(castillo)], "reason": "Sits it in spring"}
    assert b"1 student is off the list" in office.post(path, off, follow=True).content
    assert b"by Joyce Mayfield" in office.get(path).content
    assert b"2 of 2 taken" in office.get("/assessments/").content
    assert client_of(opened, "hale").post(path, {}).status_code == 403
    assert client_of(opened, "lindqvist").get(path).status_code == 404
    assert client_of(opened, "whitfield").get("/assessments/").status_code == 404
    assert office.post(path, {"withdraw": "yes", "reason": " "}).status_code == 422
    assert office.post(path, {"withdraw": "yes", "reason": "Ice"}).status_code == 302
    assert b"Withdrawn by Joyce Mayfield: Ice" in office.get(path).content


def test_RD27_a_colleges_calendar_comes_in_by_a_file_and_a_bad_one_changes_nothing(opened: World) -> None:
    for period in PERIODS:
        take(opened, period, Abara="absent" if period > "3" else "present")
    district = client_of(opened, "reyes")
    assert district.post("/colleges/", {"name": "Hinds"}).status_code == 302
    path = f"/colleges/{College.objects.get().pk}/"
    classes = {"classes": "yes", "sections": [opened.sections["6"].pk]}
    assert district.post(path, classes).status_code == 302
    csv = SimpleUploadedFile("days.csv", f"date,name\n{YESTERDAY},Fall break\n".encode())
    assert district.post(path, {"file": csv}).status_code == 302
    day = DailyAttendance.objects.get(student=opened.students["Abara"], date=YESTERDAY)
    assert (day.minutes_attended, day.status) == (220, "present")
    for bad in (b"date\nsoon\n", b"\xff\xfe\x00", b"x" * 100_001):
        refused = district.post(path, {"file": SimpleUploadedFile("days.csv", bad)})
        assert refused.status_code == 422
    assert b"Fall break" in district.get(path).content
    assert district.post(path, {"date": str(TOMORROW), "name": ""}).status_code == 302
    assert district.post(path, {"remove": str(YESTERDAY)}).status_code == 302
    assert list(College.objects.get().days_off.values_list("date", flat=True)) == [TOMORROW]
    assert client_of(opened, "okafor").get(path).status_code == 200
    assert client_of(opened, "okafor").post(path, {"remove": str(TOMORROW)}).status_code == 403
    assert client_of(opened, "whitfield").get(path).status_code == 404


def test_RD01_homebound_minutes_are_entered_a_week_at_a_time(opened: World) -> None:
    own(opened, OwnDays("homebound", YESTERDAY))
    abara = opened.students["Abara"].pk
    path, teacher = f"/students/{abara}/own-minutes/?on={YESTERDAY}", client_of(opened, "whitfield")
    page = teacher.get(path).content.decode()
    assert f"minutes-{TODAY}" in page
    assert page.count("not to be entered") == 3
    assert teacher.post(path, {f"minutes-{YESTERDAY}": "208", f"minutes-{TOMORROW}": "9"}).status_code == 302
    assert DayReview.objects.get().minutes == 208
    refused = teacher.post(path, {f"minutes-{YESTERDAY}": "lots"})
    assert (refused.status_code, b"no number of minutes" in refused.content) == (422, True)
    assert teacher.post(path, {f"minutes-{YESTERDAY}": "200"}).status_code == 422
    assert teacher.post(path, {f"minutes-{YESTERDAY}": "200", "reason": "A slip."}).status_code == 302
    assert client_of(opened, "osei").get(path).status_code == 403
    assert client_of(opened, "lindqvist").get(path).status_code == 404
