"""A counselor's work on a case in a real browser: a step ended, a note written, the case closed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from interventions.models import Case, Crossing, Standing
from interventions.services.notes import withdraw_note, write_note
from interventions.services.planned_steps import add_planned_steps
from interventions.services.steps import end_step
from students.models import Guardian, GuardianLink
from tests.interventions.a_case import contact_of, ledger_days, open_case
from tests.world import NOW, TODAY, YEAR_STARTS, World, at

pytestmark = pytest.mark.browser

WEEKDAYS = [day for n in range(79) if (day := YEAR_STARTS + timedelta(days=n)).weekday() < 5 and day <= TODAY]
ABSENT = tuple(WEEKDAYS[n] for n in (4, 12, 13, 21, 22, 24, 27, 31, 33, 34, 36, 44))


def a_long_case(world: World) -> Case:
    """Abara's case of tier 3 after twelve weeks, with everything that a page can show."""
    ledger_days(world, "Abara", ABSENT, *WEEKDAYS)
    case = open_case(world, tier=3, owner=world.users["osei"], is_unlocated=False)
    add_planned_steps(world.installation, [case], on=WEEKDAYS[40])
    late = {"crossed_on": WEEKDAYS[22], "acts_on": WEEKDAYS[22], "noticed_at": NOW, "absences": 5}
    crossing = {"student": case.student, "year": world.year, "ground": "count", "case": case, **late}
    Crossing.objects.create(**crossing, tier=1)
    Crossing.objects.create(**crossing | {"tier": 2}, withdrawn_at=NOW, withdrawn_absences=4)
    held = {"sign": "share", "since": "2020-10-13", "days": [day.isoformat() for day in ABSENT[-4:]], "among": 20}
    Standing.objects.update(criteria=[held])
    person = {"given_name": "Ada", "family_name": "Abara", "phone": "601-555-0147", "language": "ht"}
    link = {"relationship": "mother", "starts_on": YEAR_STARTS, "may_contact": True}
    mother = Guardian.objects.create(**person)
    GuardianLink.objects.create(guardian=mother, student=case.student, **link)
    call, visit, *_rest = case.steps.filter(kind__in=["call", "visit"])
    for day, result in ((WEEKDAYS[37], "no_answer"), (WEEKDAYS[39], "reached")):
        contact_of(world, case, step=call, day=day, happened_at=at(16, day=day), result=result, guardian=mother)
    then = world.scope("osei", at(17, day=WEEKDAYS[40]))
    end_step(then, case.pk, call.pk, state="done", outcome="The mother works nights; the aunt will wake him.")
    end_step(world.scope("osei"), case.pk, visit.pk, state="not_needed", outcome="The aunt came to school.")
    note = write_note(then, case.pk, submission_id=uuid4(), text="Wants to join the band.")
    write_note(world.scope("osei"), case.pk, submission_id=uuid4(), text="The bus no longer stops at the corner.")
    withdraw_note(world.scope("osei"), case.pk, note.pk, reason="Said in confidence.")
    return case


@pytest.mark.shows("plans")
def test_a_step_is_ended_a_note_is_written_and_the_case_is_closed(
    committed_world: World, signed_in_page, camera
) -> None:
    world = committed_world
    case, osei = a_long_case(world), world.users["osei"]
    camera.shoot(f"/cases/{case.pk}/", "case", osei)
    camera.shoot("/plans/", "plans", world.users["reyes"])
    page = signed_in_page(osei)
    page.goto("/students/")
    page.goto(f"/students/{case.student_id}/")
    page.get_by_role("link", name="Case", exact=True).click()
    step = page.locator(".case-step").filter(has_text="Hold a parent conference")
    step.get_by_text("End it").click()
    step.get_by_label("What came of it").fill("The father came. He asks for a morning call.")
    step.get_by_role("button", name="Done").click()
    expect(page.get_by_text("The step is ended.")).to_be_visible()
    page.get_by_label("Note of the care team").fill("Ask about the bus.")
    page.get_by_role("button", name="Write the note").click()
    expect(page.get_by_text("Ask about the bus.")).to_be_visible()
    page.get_by_text("Close the case", exact=True).first.click()
    page.get_by_label("What became of it").select_option(label="Attendance improved")
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_text("Attendance improved.")).to_be_visible()
    case.refresh_from_db()
    assert (case.outcome, case.closed_by) == ("improved", osei)
    expect(page.get_by_text(f"{date(2020, 10, 27):%b %-d}").first).to_be_visible()
