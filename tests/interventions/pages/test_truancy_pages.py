"""The pages of truancy: the deadline first, reporting without JavaScript, and a list for the officer."""

from csv import reader
from io import StringIO
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from interventions.models import Disclosure, TruancyNotice
from tests.attendance.pages.visitors import client_of
from tests.interventions.care import guardian
from tests.interventions.truancy_days import WEEKDAYS, follow, write_absences
from tests.world import TODAY, YESTERDAY, World, add_student


def truants(world: World) -> World:
    abara, grant = world.students["Abara"], world.students["Grant"]
    write_absences([abara], WEEKDAYS[:12])
    write_absences([grant], [*WEEKDAYS[:4], YESTERDAY])
    follow(world, abara, grant)
    return world


def test_ST02_the_page_reports_in_bulk_and_says_why_it_refuses(world: World) -> None:
    truants(world)
    clerk = client_of(world, "mayfield")
    page = clerk.get("/truancy/").content.decode()
    assert "4 to be told" in page
    assert "Overdue by 9 days" in page
    assert "Final notice: 12 unexcused absences" in page
    ids = list(TruancyNotice.objects.filter(student=world.students["Abara"]).values_list("pk", flat=True))
    refused = clerk.post("/truancy/", {"chosen": ids, "reported_on": "2020-10-28"})
    assert refused.status_code == 422
    assert "The officer was told today or before." in refused.content.decode()
    assert clerk.post("/truancy/", {"reported_on": "tomorrow"}).status_code == 422
    asked = {"chosen": ids, "reported_on": TODAY.isoformat(), "reference": "Case 4711"}
    said = clerk.post("/truancy/?threshold=12&state=every", asked, follow=True)
    assert said.redirect_chain == [("/truancy/?threshold=12&state=every", 302)]
    assert "3 are entered as reported." in said.content.decode()
    assert "Case 4711" in said.content.decode()
    assert "1 to be told" in clerk.get("/truancy/?state=nonsense&threshold=x").content.decode()
    assert "No notice fits" in clerk.get("/truancy/?state=withdrawn").content.decode()


def test_a_notice_shows_its_absences_and_a_report_is_put_right_there(world: World) -> None:
    truants(world)
    clerk, grant = client_of(world, "mayfield"), TruancyNotice.objects.get(student=world.students["Grant"])
    address = f"/truancy/notices/{grant.pk}/"
    clerk.post("/truancy/", {"chosen": [grant.pk], "reported_on": TODAY.isoformat()})
    assert f"/students/{grant.student_id}/days/{YESTERDAY}/" in clerk.get(address).content.decode()
    assert clerk.post(address, {"reported_on": "2020-10-28"}).status_code == 422
    assert clerk.post(address, {"reported_on": ""}).status_code == 422
    page = clerk.post(address, {"was_not": "yes"}, follow=True).content.decode()
    assert "What was said before" in page
    assert "Due in 2 days" in page
    for stranger in ("lindqvist", "whitfield"):
        assert client_of(world, stranger).get(address).status_code == 404


def test_the_pages_are_for_office_and_care_team_alone(world: World) -> None:
    addresses = ("/truancy/", "/truancy/suspensions/", "/truancy/unenrolled/")
    for person, status in (("osei", 200), ("okafor", 200), ("reyes", 200), ("whitfield", 403), ("hale", 403)):
        client = client_of(world, person)
        assert {client.get(address).status_code for address in addresses} == {status}, person
        assert client.post("/truancy/notices/list/").status_code == status
        assert ('href="/truancy/"' in client.get("/students/").content.decode()) is (status == 200), person
    assert client_of(world, "osei").post("/truancy/weather/list/").status_code == 404


def test_RD61_the_list_for_the_officer_is_streamed_harmless_and_logged(world: World) -> None:
    truants(world)
    rosa = guardian(world, "Abara")
    rosa.given_name = "=Rosa"
    rosa.save()
    clerk, form = client_of(world, "mayfield"), {"submission_id": str(uuid4())}
    sent = clerk.post("/truancy/notices/list/?threshold=5", form)
    assert sent.streaming
    rows = list(reader(StringIO(sent.getvalue().decode("utf-8-sig"))))
    assert rows[0][:4] == ["why", "student", "state_id", "birth_date"]
    assert {len(row) for row in rows} == {14}
    [abara] = [row for row in rows if row[1].startswith("Abara")]
    assert abara[6].split("; ") == [day.isoformat() for day in WEEKDAYS[:5]]
    assert abara[8:11] == [f"'{rosa}", "mother", "601-555-0101"]
    paper = clerk.post("/truancy/notices/list/?threshold=5", form | {"paper": "yes"}).content.decode()
    assert "For the School Attendance Officer" in paper
    assert Disclosure.objects.count() == 2
    assert Disclosure.objects.filter(to="School Attendance Officer", basis="school_official").count() == 2


def test_the_page_asks_the_same_number_of_statements_for_however_many(world: World) -> None:
    truants(world)
    clerk = client_of(world, "mayfield")

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get("/truancy/").status_code == 200
        return len(asked)

    few = statements()
    more = [add_student(world, f"Pupil{number} A", f"30000000{number}", world.lincoln) for number in range(4)]
    write_absences(more, WEEKDAYS[:12])
    follow(world, *more)
    assert statements() == few


def test_a_case_shows_the_notices_of_its_student(world: World) -> None:
    truants(world)
    page = client_of(world, "osei").get(f"/students/{world.students['Abara'].pk}/case/", follow=True).content.decode()
    assert "Notice of truancy, at 5 unexcused absences" in page
    assert "Final notice of truancy, at 12 unexcused absences" in page
    assert "Overdue by 9 days" in page
