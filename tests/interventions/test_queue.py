"""The queue: most pressing first and saying why, in its schools alone, narrowed and counted. It is Tuesday, 10:00."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import DailyAttendance
from interventions.models import StepState
from interventions.selectors.queue import Asked
from interventions.selectors.queue_page import QueuePage, queue_page
from students.models import Enrollment
from students.refusals import Forbidden
from tests.attendance.pages.visitors import client_of
from tests.interventions.care import guardian, log, open_case, stand, step, tried
from tests.world import NOW, TODAY, YESTERDAY, World


def asked(world: World, person: str = "osei", **narrowed: Any) -> QueuePage:
    return queue_page(world.scope(person), Asked(**narrowed))


def listed(world: World, person: str = "osei", **narrowed: Any) -> list[str]:
    return [line.name.partition(",")[0] for line in asked(world, person, **narrowed).lines]


@pytest.fixture
def cases(world: World) -> World:
    """Abara is overdue, Grant due today, Hollis disengaged, Nguyen quiet; Shah is of the other school."""
    osei = world.users["osei"]
    late = open_case(world, "Abara", 1, owner=osei, opened_on=TODAY - timedelta(days=20))
    step(late, due=-4), step(late, "visit", due=-1), step(late, "conference", due=3)
    step(open_case(world, "Grant", 2), due=0)
    lost = open_case(world, "Hollis", 3, owner=osei)
    step(lost, due=2), step(lost, "visit", due=-9, state=StepState.WITHDRAWN, ended_at=NOW)
    open_case(world, "Nguyen", 1, owner=world.users["okafor"])
    open_case(world, "Delgado", closed_at=NOW, outcome="no_ground")
    open_case(world, "Shah", 3)
    stand(world, "Abara", absences=5)
    stand(world, "Hollis", absences=4, criteria=[{"sign": "weeks"}])
    tried(world, "Abara", YESTERDAY - timedelta(days=16))
    return world


def test_the_most_pressing_case_stands_first_and_says_why(cases: World) -> None:
    found = asked(cases)
    assert [line.name.partition(",")[0] for line in found.lines] == ["Abara", "Hollis", "Grant", "Nguyen"]
    abara, hollis, grant, nguyen = found.lines
    assert abara.why == ["2 steps are late, the first 4 days late", "no contact for 17 days"]
    assert (hollis.why, grant.why) == (["disengaged"], ["a step is due today", "nobody has taken the case"])
    assert (nguyen.why, nguyen.next_step, nguyen.absences) == ([], None, None)
    assert abara.next_step
    assert (abara.next_step.words, abara.next_step.is_late) == ("Do the call", True)
    assert abara.last_contact
    assert abara.last_contact.result == "No answer"
    assert (abara.owner, abara.absences, abara.grade, abara.school) == ("Abena Osei", 5, "09", "Lincoln High School")


def test_the_figures_count_what_can_be_asked_for_next(cases: World) -> None:
    figures = asked(cases).figures
    assert (figures.total, figures.overdue, figures.today, figures.lost) == (4, 1, 1, 1)
    assert (figures.mine, figures.nobodys, figures.tiers) == (2, 1, {1: 2, 2: 1, 3: 1})
    assert asked(cases, tier=2, owner="mine").figures == figures


def test_the_queue_narrows_to_what_was_asked_for(cases: World) -> None:
    grade_10 = Enrollment.objects.get(student=cases.students["Grant"])
    grade_10.grade = "10"
    grade_10.save()
    hollis = Enrollment.objects.get(student=cases.students["Hollis"])
    nguyen = Enrollment.objects.get(student=cases.students["Nguyen"])
    for held, day, mode in [
        *((hollis, YESTERDAY, "in_person"), (hollis, TODAY, "offline_packets")),
        *((nguyen, YESTERDAY - timedelta(days=1), "in_person"), (nguyen, YESTERDAY, "sync_online")),
    ]:
        facts = {"student": held.student, "enrollment": held, "school": cases.lincoln}
        DailyAttendance.objects.create(date=day, mode=mode, **facts)
    for narrowed, names in [
        ({"show": "overdue"}, ["Abara"]),
        ({"show": "today"}, ["Grant"]),
        ({"show": "lost"}, ["Hollis"]),
        ({"tier": 1}, ["Abara", "Nguyen"]),
        ({"owner": "mine"}, ["Abara", "Hollis"]),
        ({"owner": "nobody"}, ["Grant"]),
        ({"owner": str(cases.users["okafor"].pk)}, ["Nguyen"]),
        ({"grade": "10"}, ["Grant"]),
        ({"mode": "offline_packets"}, ["Hollis"]),
        ({"mode": "sync_online"}, ["Nguyen"]),
        ({"mode": "in_person"}, []),
        ({"school_id": cases.washington.pk}, []),
        ({"words": "wade hol"}, ["Hollis"]),
        ({"words": cases.students["Grant"].state_id}, ["Grant"]),
        ({"tier": 1, "owner": "mine", "show": "overdue"}, ["Abara"]),
    ]:
        assert listed(cases, **narrowed) == names, narrowed


def test_a_care_team_sees_the_cases_of_its_own_schools_and_nobody_else_any(cases: World) -> None:
    assert listed(cases, "lindqvist") == ["Shah"]
    assert sorted(listed(cases, "reyes")) == ["Abara", "Grant", "Hollis", "Nguyen", "Shah"]
    assert listed(cases, "reyes", school_id=cases.washington.pk) == ["Shah"]
    for person in ("whitfield", "mayfield", "tran", "hale", "dupree", "novak"):
        with pytest.raises(Forbidden):
            asked(cases, person)


def test_a_withdrawn_contact_is_no_contact(cases: World) -> None:
    case = cases.students["Hollis"].cases.get()
    kept = log(cases, case, "reached")
    assert asked(cases, show="lost").lines[0].last_contact
    kept.withdrawn_at, kept.withdrawn_by, kept.withdrawn_reason = NOW, cases.users["osei"], "Test."
    kept.save()
    assert asked(cases, show="lost").lines[0].last_contact is None


def test_the_page_asks_the_same_number_of_questions_however_many_cases_there_are(cases: World) -> None:
    counselor = client_of(cases, "osei")
    counselor.get("/queue/")
    with CaptureQueriesContext(connection) as few:
        assert counselor.get("/queue/?tier=1").context["found"].page.paginator.count == 2
    for name in ("Baptiste", "Castillo", "Fleurimond", "O’Hara"):
        log(cases, open_case(cases, name, 1), "reached")
        step(cases.students[name].cases.get(), due=-3)
        stand(cases, name, absences=7)
    with CaptureQueriesContext(connection) as many:
        assert counselor.get("/queue/?tier=1").context["found"].page.paginator.count == 6
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as file:
        counselor.get("/queue/csv/")
    assert len(file) < len(few)


def test_the_file_holds_every_case_asked_for_and_runs_in_no_spreadsheet(cases: World) -> None:
    step(cases.students["Nguyen"].cases.get(), words="=HYPERLINK(1)", due=9)
    file = client_of(cases, "osei").get("/queue/csv/?tier=1")
    header, *rows = file.getvalue().decode("utf-8-sig").splitlines()
    assert header.startswith("student,state_id,school,grade,mode,tier,absences,why,next_step,due_on,owner")
    assert [row.split('"')[1].partition(",")[0] for row in rows] == ["Abara", "Nguyen"]
    assert "'=HYPERLINK(1)" in rows[1]
    assert file.headers["Content-Disposition"] == 'attachment; filename="queue-2020-10-27.csv"'


def test_an_empty_queue_says_how_cases_come_and_a_narrow_one_how_to_widen_it(world: World) -> None:
    counselor = client_of(world, "osei")
    assert "opens by itself" in counselor.get("/queue/").content.decode()
    assert "All open cases" in counselor.get("/queue/?show=overdue").content.decode()
    for strange in ("tier=x", "school=1e3"):
        assert counselor.get(f"/queue/?{strange}").status_code == 404
    assert counselor.get("/queue/?owner=x&mode=%00&grade=%00&page=999&show=nonsense").status_code == 200


def test_a_call_is_logged_from_its_row_which_comes_back_as_it_now_stands(cases: World) -> None:
    counselor, case, mother = client_of(cases, "osei"), cases.students["Abara"].cases.get(), guardian(cases, "Abara")
    path = f"/cases/{case.pk}/call/"
    panel = counselor.get(path, headers={"HX-Request": "true"})
    assert "601-555-0101" in panel.content.decode()
    assert "<html" not in panel.content.decode()
    form = {"submission_id": panel.context["submission_id"], "result": "left_message", "guardian": mother.pk}
    row = counselor.post(path, form, headers={"HX-Request": "true"})
    assert "Oct 27, call: left a message" in row.content.decode()
    assert "no contact for" not in row.content.decode()
    wrong = counselor.post(path, form | {"result": "pigeon"}, headers={"HX-Request": "true"})
    assert (wrong.status_code, wrong.headers["HX-Retarget"]) == (422, f"#call-{case.pk}")
    assert case.contacts.count() == 1


def test_without_script_a_call_is_a_page_of_its_own_that_leads_back_to_the_same_queue(cases: World) -> None:
    counselor, case = client_of(cases, "osei"), cases.students["Abara"].cases.get()
    page = counselor.get(f"/cases/{case.pk}/call/?tier=1")
    form = {"submission_id": page.context["submission_id"], "result": "no_answer", "happened_at": "2020-10-27T08:30"}
    sent = counselor.post(f"/cases/{case.pk}/call/?tier=1", form)
    assert (sent.status_code, sent.headers["Location"]) == (302, "/queue/?tier=1")
    assert case.contacts.get().happened_at.isoformat() == "2020-10-27T13:30:00+00:00"
    late = counselor.post(f"/cases/{case.pk}/call/", form | {"happened_at": "2020-10-27T10:01"})
    assert late.status_code == 422
    for person, status in [("lindqvist", 404), ("whitfield", 404), ("mayfield", 404), ("okafor", 200)]:
        assert client_of(cases, person).get(f"/cases/{case.pk}/call/").status_code == status


def test_whoever_was_reached_can_be_said_to_end_the_step_which_no_call_does_by_itself(cases: World) -> None:
    counselor, case = client_of(cases, "osei"), cases.students["Abara"].cases.get()
    asks = "Is this done: Do the call?"
    log(cases, case, "left_message")
    assert asks not in counselor.get("/queue/").content.decode()
    reached = log(cases, case, "reached", happened_at=NOW)
    assert asks in counselor.get("/queue/").content.decode()
    path = f"/cases/{case.pk}/steps/{reached.step_id}/finish/"
    row = counselor.post(path, headers={"HX-Request": "true"}).content.decode()
    assert "Done: Do the call." in row
    assert asks not in row
    assert case.steps.get(pk=reached.step_id).state == StepState.DONE
    assert counselor.post(f"{path}?tier=1").headers["Location"] == "/queue/?tier=1"
    stale = client_of(cases, "okafor").post(path, headers={"HX-Request": "true"}).content.decode()
    assert "Somebody ended this step already" in stale
    assert client_of(cases, "lindqvist").post(path).status_code == 404


def test_chosen_cases_are_handed_over_from_the_page_which_says_what_became_of_them(cases: World) -> None:
    counselor, okafor = client_of(cases, "osei"), cases.users["okafor"]
    free, hers = cases.students["Grant"].cases.get(), cases.students["Nguyen"].cases.get()
    form = {"case": [f"{free.pk}:0", f"{hers.pk}:{okafor.pk}"], "owner": okafor.pk}
    said = counselor.post("/queue/hand-over/?tier=2", form, follow=True)
    assert said.redirect_chain == [("/queue/?tier=2", 302)]
    assert "1 case is handed over." in said.content.decode()
    assert "1 case was theirs already." in said.content.decode()
    stale = counselor.post("/queue/hand-over/", form | {"owner": cases.users["osei"].pk}, follow=True)
    assert "now with Grace Okafor" in stale.content.decode()
    for wrong, words in [({"owner": ""}, "to whom"), ({"case": ["x"]}, "again"), ({"case": []}, "at least one")]:
        assert words in counselor.post("/queue/hand-over/", form | wrong, follow=True).content.decode()
    assert client_of(cases, "lindqvist").post("/queue/hand-over/", form).status_code == 404
