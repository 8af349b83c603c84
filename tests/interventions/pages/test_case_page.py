"""A case's page: what it shows, to whom, and what is done on it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interventions.models import Case, CaseNote, Crossing, Standing
from interventions.services.closing import close_case
from interventions.services.notes import write_note
from interventions.services.steps import end_step
from students.models import Guardian, GuardianLink
from tests.attendance.pages.visitors import client_of
from tests.interventions.a_case import CROSSED, contact_of, ledger_days, open_case, step_of
from tests.world import NOW, TODAY, YEAR_STARTS, YESTERDAY, World

DAYS = [date(2020, 10, 19) + timedelta(days=each) for each in range(9) if each not in (5, 6)]


@pytest.fixture
def case(world: World) -> Case:
    return open_case(world)


def address(case: Case) -> str:
    return reverse("case", args=[case.pk])


def page(world: World, case: Case, person: str = "osei") -> str:
    response = client_of(world, person).get(address(case))
    assert response.status_code == 200
    return response.content.decode()


def family(world: World) -> None:
    """A mother who may be called, and a father whom a court keeps away."""
    for name, may_contact in (("Ada", True), ("Otto", False)):
        guardian = Guardian.objects.create(
            given_name=name, family_name="Abara", phone=f"555-01{len(name)}", language="es"
        )
        link = {"relationship": "parent", "starts_on": YEAR_STARTS, "may_contact": may_contact}
        GuardianLink.objects.create(guardian=guardian, student=world.students["Abara"], **link)


def test_the_care_team_of_the_school_alone_opens_a_case(world: World, case: Case) -> None:
    for person in ("osei", "okafor", "reyes"):
        assert "Abara" in page(world, case, person)
    for person in ("lindqvist", "park", "whitfield", "mayfield", "tran", "dupree", "hale", "novak"):
        client = client_of(world, person)
        assert client.get(address(case)).status_code == 404
        assert client.post(reverse("write_case_note", args=[case.pk]), {"text": "x"}).status_code == 404
        assert client.get(reverse("student_case", args=[case.student_id])).status_code == 404
    assert CaseNote.objects.count() == 0


def test_the_page_says_why_whom_to_call_what_to_do_and_what_was_done(world: World, case: Case) -> None:
    family(world)
    ledger_days(world, "Abara", (DAYS[0], DAYS[1]), *DAYS)
    withdrawn = {"withdrawn_at": NOW, "withdrawn_absences": 4}
    facts = {"crossed_on": YESTERDAY, "acts_on": YESTERDAY, "noticed_at": NOW, "absences": 6}
    Crossing.objects.create(
        student=case.student, year=world.year, tier=2, ground="count", case=case, **facts, **withdrawn
    )
    running = {"sign": "days_running", "since": "2020-10-23", "days": ["2020-10-22", "2020-10-23"], "among": 2}
    Standing.objects.update(criteria=[running])
    late = step_of(case, due_on=date(2020, 10, 23), owner=world.users["okafor"])
    contact_of(world, case, step=late, words="Rang twice.")
    done = step_of(case, kind="visit", words="Visit the home")
    end_step(world.scope("osei"), case.pk, done.pk, state="done", outcome="They moved in with the aunt.")
    text = page(world, case)
    for said in (
        "Tier 1", "grade 09", "Lincoln High School", "5 absences", "as of Oct 27", "nobody’s yet",
        "tier 1, 5 absences", "withdrawn: 4 absences are left", "2 session days running", "Oct 22, Oct 23",
        "Ada Abara", "Spanish", "2 school days overdue (Oct 23)", "no answer", "Rang twice.",
        world.users["okafor"].full_name,
        "They moved in with the aunt.", "Present 4 of 6 days before; no school day since", "Reached tier 1, 5 absences",
        "Oct 20: tier 1, 5 absences", "Parents can ask to see notes.",
    ):  # fmt: skip
        assert said in text, said
    assert "Otto" not in text
    assert "60.0%" in text
    assert text.index("Call the family in person") < text.index("Visit the home")


def test_the_page_costs_the_same_however_much_happened(world: World, case: Case) -> None:
    client = client_of(world, "osei")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(case)).status_code == 200
        return len(captured)

    family(world)
    ledger_days(world, "Abara", (), TODAY)
    contact_of(world, case, step=step_of(case))
    write_note(world.scope("osei"), case.pk, submission_id=uuid4(), text="One.")
    before = asked()
    ledger_days(world, "Abara", (), *DAYS[:-1])
    for kind in ("visit", "conference", "review"):
        step = step_of(case, kind=kind, owner=world.users["okafor"])
        contact_of(world, case, step=step)
        end_step(world.scope("okafor"), case.pk, step.pk, state="done", outcome="Done.")
        write_note(world.scope("okafor"), case.pk, submission_id=uuid4(), text="Two.")
    assert asked() == before <= 24


def test_each_act_leads_back_to_the_page_and_a_refused_form_stays_filled_in(world: World, case: Case) -> None:
    client, step = client_of(world, "osei"), step_of(case)
    ending = reverse("end_case_step", args=[case.pk, step.pk])
    assert client.get(ending).url == address(case)
    for wrong in ({"state": "done", "outcome": ""}, {"state": "open", "outcome": "We talked."}):
        assert client.post(ending, wrong).status_code == 422
    assert client.post(ending, {"state": "done", "outcome": "We talked."}).url == address(case)
    okafor = client_of(world, "okafor")
    late = okafor.post(ending, {"state": "not_needed", "outcome": "She moved."})
    assert late.status_code == 409
    assert "ended this step already" in late.content.decode()
    sent = {
        ("reopen_case_step", step.pk): {},
        ("plan_case_step", step.pk): {"due_on": "2020-10-30", "owner_id": world.users["okafor"].pk},
        ("add_case_step",): {"words": "Call the aunt", "kind": "call"},
        ("log_case_contact",): {"submission_id": uuid4(), "attempt": "call reached", "step_id": step.pk},
        ("hand_over_case",): {"seen": "", "owner_id": world.users["okafor"].pk},
        ("write_case_note",): {"submission_id": uuid4(), "text": "The bus comes late."},
        ("case_whereabouts",): {"is_unlocated": "yes", "words": "Mail came back."},
        ("close_case",): {"outcome": "moved"},
        ("reopen_case",): {"words": "Back again."},
    }
    for (name, *more), given in sent.items():
        assert client.post(reverse(name, args=[case.pk, *more]), given).url == address(case), name
    note = CaseNote.objects.get()
    client.post(reverse("withdraw_case_note", args=[case.pk, note.pk]), {"reason": "Another child."})
    text = page(world, case)
    for said in (
        "Call the aunt",
        "in 3 school days (Oct 30)",
        "Nobody knows where",
        "Withdrawn by",
        "Reopened",
    ):
        assert said in text, said
    assert (
        client.post(reverse("end_case_step", args=[case.pk, 0]), {"state": "done", "outcome": "x"}).status_code == 404
    )


def test_a_student_leads_to_the_open_case_else_to_the_last_one(world: World, case: Case) -> None:
    client, asked = client_of(world, "osei"), reverse("student_case", args=[case.student_id])
    assert client.get(asked).url == address(case)
    close_case(world.scope("osei"), case.pk, outcome="moved")
    assert client.get(asked).url == address(case)
    again = open_case(world, tier=2, opened_at=NOW, opened_on=TODAY)
    assert client.get(asked).url == address(again)
    nobody = client.get(reverse("student_case", args=[world.students["Grant"].pk]))
    assert "No case of this student" in nobody.content.decode()
    assert client.get(reverse("student_case", args=[world.students["Shah"].pk])).status_code == 404
    record = reverse("student", args=[case.student_id])
    assert asked in client.get(record).content.decode()
    assert asked not in client_of(world, "whitfield").get(record).content.decode()


def test_a_case_without_days_contacts_or_steps_says_what_to_do(world: World) -> None:
    case = open_case(world)
    Standing.objects.all().delete()
    text = page(world, case)
    for said in ("names nobody who may be called", "Every step is done", "No school day of this student"):
        assert said in text, said
    assert CROSSED.strftime("%b %-d") in text
