"""The pages of how a student is taught: who may change it, what they show first, and what a teacher never reads."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from attendance.models import Accommodation, DailyAttendance, ModeAssignment, OwnSchedule
from attendance.rules.modes import ModeFact
from students.models import Immunization
from tests.attendance.acts import take
from tests.attendance.modes.test_modes import give
from tests.attendance.pages.visitors import client_of
from tests.world import PERIODS, TODAY, YESTERDAY, World


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def saved(client: Client, path: str, **form: object) -> tuple[int, str]:
    """Look, then save what was shown: the status of the save, and the page of the look."""
    form = {"submission_id": str(uuid4()), **form}
    look = client.post(path, {**form, "look": "yes"})
    shown = look.content.decode()
    agreed = re.search(r'name="agreed" value="([^"]+)"', shown)
    assert agreed, (look.status_code, re.findall(r'class="notice-body">(.*?)</div>', shown, re.S), shown[-3000:])
    return client.post(path, {**form, "agreed": agreed[1], "save": "yes"}).status_code, shown


def test_the_office_enters_a_mode_after_a_look_and_ends_it(opened: World) -> None:
    office, abara = client_of(opened, "mayfield"), opened.students["Abara"]
    path = f"/students/{abara.pk}/modes/enter/"
    given = {"mode": "async_online", "starts_on": YESTERDAY, "ends_on": "", "reason": "plan"}
    status, shown = saved(office, path, **given)
    assert status == 422
    assert "In person</b>" not in shown
    assert "2 days change" in shown
    assert "This reaches back to Oct 26, 2020." in shown
    assert not ModeAssignment.objects.exists()
    assert saved(office, path, **given, late_reason="The form lay in a drawer.")[0] == 302
    row = ModeAssignment.objects.get()
    page = office.get(f"/students/{abara.pk}/modes/").content.decode()
    assert "Asynchronous online" in page
    end = f"/students/{abara.pk}/modes/mode/{row.pk}/end/"
    assert end in page
    assert saved(office, end, last_day=YESTERDAY, late_reason="Back at school.")[0] == 302
    assert DailyAttendance.objects.get(student=abara, date=TODAY).mode == "in_person"
    assert office.get(f"/students/{abara.pk}/modes/own-thing/{row.pk}/end/").status_code == 404


def test_MS33_RD60_a_teacher_sees_until_when_and_never_why(opened: World) -> None:
    nurse, abara = client_of(opened, "tran"), opened.students["Abara"]
    path = f"/students/{abara.pk}/modes/quarantine/"
    assert saved(nurse, path, mode="async_online", starts_on=TODAY, ends_on="2020-11-06")[0] == 302
    accommodation = {"measures": ["contact"], "starts_on": TODAY, "reason": "Reads lips; IEP of September"}
    assert saved(nurse, f"/students/{abara.pk}/modes/accommodation/", **accommodation)[0] == 302
    modes = f"/students/{abara.pk}/modes/"
    known = nurse.get(modes).content.decode()
    assert "Quarantine" in known
    assert "Reads lips" in known
    for page in (modes, f"/students/{abara.pk}/"):
        told = client_of(opened, "whitfield").get(page).content.decode()
        assert "Asynchronous online" in told
        assert "Nov 6, 2020" in told
        assert "uarantine" not in told
        assert "Reads lips" not in told
        assert "ccommodation on file" in told
    for who, status in [("whitfield", 403), ("lindqvist", 404)]:
        for what in ("enter", "quarantine", "own-schedule", "accommodation"):
            assert client_of(opened, who).get(f"/students/{abara.pk}/modes/{what}/").status_code == status, (who, what)
    assert nurse.get(f"/students/{abara.pk}/modes/enter/").status_code == 403
    assert client_of(opened, "hale").get(path).status_code == 403


def test_MS04_an_own_schedule_is_entered_with_its_reason(opened: World) -> None:
    for period in PERIODS:
        take(opened, period)
    office, abara = client_of(opened, "mayfield"), opened.students["Abara"]
    path = f"/students/{abara.pk}/modes/own-schedule/"
    form = {"kind": "homebound", "starts_on": YESTERDAY, "reason": "Surgery", "late_reason": "Told today."}
    status, shown = saved(office, path, **form)
    assert status == 302
    assert re.search(r'class="was">present, In person</span>|class="was">present</span>', shown)
    assert "undetermined" in shown
    assert OwnSchedule.objects.get().reason == "Surgery"
    told = client_of(opened, "whitfield").get(f"/students/{abara.pk}/modes/").content.decode()
    assert "Own schedule on file" in told
    assert "omebound" not in told.replace("homebound instruction are entered here", "")
    again = office.post(path, {**form, "submission_id": str(uuid4()), "look": "yes"})
    assert (again.status_code, b"on some of these days" in again.content) == (422, True)
    assert Accommodation.objects.count() == 0


def test_the_page_asks_the_same_of_the_database_however_much_is_on_file(
    opened: World, django_assert_max_num_queries
) -> None:
    for start in (1, 8, 15):
        give(opened, ModeFact("sync_online", date(2020, 12, start), date(2020, 12, start)))
    office = client_of(opened, "mayfield")
    with django_assert_max_num_queries(20):
        assert office.get(f"/students/{opened.students['Abara'].pk}/modes/").status_code == 200


@pytest.mark.parametrize(("who", "told"), [("mayfield", True), ("tran", True), ("whitfield", False), ("osei", False)])
def test_MS36_compliance_stands_on_the_students_page_for_those_entitled(opened: World, who: str, told: bool) -> None:
    abara = opened.students["Abara"]
    Immunization.objects.create(student=abara, is_compliant=False, starts_on=YESTERDAY)
    page = client_of(opened, who).get(f"/students/{abara.pk}/").content.decode()
    assert ("Immunization: does not comply (MS-36)" in page) is told
