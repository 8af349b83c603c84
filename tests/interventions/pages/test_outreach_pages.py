"""The pages of disengaged students, of outreach, and of the policy behind them."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interventions.models import Contact, OutreachAssignment, OutreachWorker
from students.models import Student
from tests.attendance.pages.visitors import client_of
from tests.interventions.outreach_acts import FAILED, RUNNING, WEEKS, assigned, lost, mother, worker
from tests.world import TODAY, World


def page(world: World, who: str, path: str, status: int = 200) -> str:
    response = client_of(world, who).get(path)
    assert response.status_code == status, path
    return response.content.decode()


def statements(world: World, path: str) -> int:
    client = client_of(world, "reyes")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_RD42_each_listed_student_shows_which_criterion_and_the_days_behind_it(world: World) -> None:
    lost(world, "Abara", RUNNING, WEEKS)
    lost(world, "Shah", FAILED)
    who = worker(world)
    assigned(world, "Abara", who)
    shown = page(world, "reyes", "/disengaged/")
    for words in (
        "5 session days running without presence or engagement",
        "2 weeks running without an interaction",
        "absent on 50% or more of the last 20 session days enrolled (10 at least)",
        "failed contacts on 3 different days",
        "2 session days running without presence or engagement",
        "weeks of",
        "Mon, Oct 12",
        reverse("student_day", args=[world.students["Abara"].pk, date(2020, 10, 26)]),
        "Andre Dupree",
        "nobody looks for them yet",
    ):
        assert words in shown, words
    assert "Shah" not in page(world, "osei", "/disengaged/")
    assert "Shah" not in page(world, "reyes", "/disengaged/?criterion=weeks&grade=09&mode=&worker=somebody")
    assert "Nobody is disengaged here" in page(world, "reyes", "/disengaged/?mode=async_online")
    page(world, "whitfield", "/disengaged/", 403)
    page(world, "hale", "/disengaged/", 403)
    rows = list(csv.DictReader(io.StringIO(page(world, "reyes", "/disengaged.csv?worker=somebody"))))
    assert [(each["criterion"].split(" ")[0], each["since"], each["days"]) for each in rows] == [
        ("2", "2020-10-26", "2020-10-20 2020-10-26"), ("2", "2020-10-19", "2020-10-12 2020-10-19")
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["/disengaged/", "/outreach/", "/outreach/?worker=nobody"])
def test_the_lists_ask_as_many_statements_for_two_students_as_for_nine(world: World, path: str) -> None:
    who = worker(world)
    for name in ("Abara", "Baptiste"):
        lost(world, name)
        mother(world, name, "es")
    assigned(world, "Abara", who)
    few = statements(world, path)
    for name in set(world.students) - {"Abara", "Baptiste"}:
        lost(world, name, WEEKS)
    assigned(world, "Castillo", who)
    assert statements(world, path) == few <= 22


def test_MD08_from_the_list_to_a_saved_assignment(world: World) -> None:
    for name in ("Abara", "Baptiste", "Shah"):
        lost(world, name)
    client = client_of(world, "reyes")
    assert "Nobody does outreach yet" in client.get("/outreach/").content.decode()
    client.post("/outreach/workers/", {"user": world.users["dupree"].pk, "most_students": 2, "needs": ["return"]})
    who = OutreachWorker.objects.get()
    refused = client.post("/outreach/workers/", {"user": who.user_id, "most_students": 0})
    assert refused.status_code == 422
    proposal = client.post("/outreach/proposal/", {"which": "all", "school": "", "worker": ""})
    told = proposal.content.decode()
    assert "Nobody has room for 1 student" in told
    assert "good at this" in told
    assert not OutreachAssignment.objects.exists()
    sent = {"proposal": proposal.context["told"], "words": "Before the break."}
    for _ in range(2):
        assert client.post("/outreach/assign/", sent).status_code == 302
    assert OutreachAssignment.objects.filter(worker=who, words="Before the break.").count() == 2
    assert client.post("/outreach/assign/", {"proposal": "1:2"}).status_code == 302
    assert client.post("/outreach/proposal/", {"which": "chosen"}).status_code == 302
    assert "Shah" in client.get("/outreach/?worker=nobody").content.decode()
    held = OutreachAssignment.objects.first()
    assert held is not None
    other = worker(world, "stone")
    path = f"/outreach/{held.pk}/"
    assert "Give to somebody else" in page(world, "reyes", path)
    assert client.post(path, {"worker": other.pk}).status_code == 302
    held.refresh_from_db()
    assert held.result == "handed_over"
    given = OutreachAssignment.objects.get(student=held.student, ended_at=None)
    assert client.post(f"/outreach/{given.pk}/", {"result": "re_engaged", "words": ""}).status_code == 302
    assert "Re-engaged" in page(world, "reyes", f"/outreach/{given.pk}/")
    assert client.post(f"/outreach/workers/{other.pk}/", {"stop": "yes"}).status_code == 302
    assert "takes on nobody any more" in page(world, "reyes", "/outreach/workers/")
    page(world, "okafor", "/outreach/workers/", 403)
    page(world, "dupree", "/outreach/", 403)
    page(world, "dupree", f"/outreach/{given.pk}/", 404)


def test_MD08_RD60_a_worker_sees_the_own_students_and_nothing_of_their_reasons(world: World) -> None:
    lost(world, "Abara", FAILED)
    Student.objects.filter(pk=world.students["Abara"].pk).update(birth_date=date(2002, 10, 27))
    who = worker(world)
    mother(world, "Abara", "ht")
    mother(world, "Abara", may_contact=False, relationship="barred")
    assert "No student is assigned to you yet" in page(world, "dupree", "/outreach/mine/")
    held = assigned(world, "Abara", who)
    for path in ("/outreach/mine/", f"/outreach/mine/{held.pk}/", "/outreach/mine/print/"):
        shown = page(world, "dupree", path)
        for words in ("Abara, Chidi", "601-555-0100", "Haitian Creole", "Is 18 or older"):
            assert words in shown, (path, words)
        assert "barred" not in shown
        assert "2002" not in shown
    assert "Abara" in page(world, "dupree", f"/students/{world.students['Abara'].pk}/")
    page(world, "dupree", f"/students/{world.students['Grant'].pk}/", 404)
    page(world, "stone" if worker(world, "stone") else "", f"/outreach/mine/{held.pk}/", 404)
    client, path = client_of(world, "dupree"), f"/outreach/mine/{held.pk}/"
    said = {"submission_id": uuid4(), "what": "visit not_home", "at": "2020-10-27T09:30", "words": "", "guardian": ""}
    for _ in range(2):
        assert client.post(path, said).status_code == 302
    kept = Contact.objects.get()
    assert (kept.day, kept.happened_at.hour) == (TODAY, 14)
    later = said | {"submission_id": uuid4(), "at": "2020-10-28T09:30"}
    assert "still to come" in client.post(path, later).content.decode()
    assert client.post(f"{path}result/", {"result": "nothing"}).status_code == 302
    assert client.post(f"{path}result/", {"result": "found", "words": "At home."}).status_code == 302
    held.refresh_from_db()
    assert (held.result, held.ended_by) == ("found", world.users["dupree"])
