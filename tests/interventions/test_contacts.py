"""What was tried to reach a family is kept once, told to whoever counts, and taken back visibly."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from interventions.models import Contact, DaysChanged, StepState
from interventions.services.contacts import log_contact, withdraw_contact
from students.refusals import Forbidden, NotInScope, Refused
from tests.interventions.care import guardian, log, open_case, step
from tests.world import NOW, TODAY, YEAR_STARTS, YESTERDAY, World, at


def test_a_call_that_is_sent_twice_is_kept_once_and_is_news(world: World) -> None:
    case, mother, form = open_case(world, "Abara"), guardian(world, "Abara"), uuid4()
    facts = {"guardian_id": mother.pk, "words": " Rang twice. ", "submission_id": form}
    kept = log(world, case, happened_at=NOW - timedelta(hours=1), **facts)
    assert log(world, case, happened_at=NOW, **facts) == kept
    stood = Contact.objects.get()
    assert (stood.day, stood.guardian, stood.words, stood.made_by) == (
        TODAY,
        mother,
        "Rang twice.",
        world.users["osei"],
    )
    assert DaysChanged.objects.get().student_ids == [case.student_id]


def test_a_call_works_on_the_open_call_that_is_due_first_and_ends_nothing(world: World) -> None:
    case = open_case(world, "Abara")
    step(case, due=None)
    later, first, visit = step(case, due=3), step(case, due=-1), step(case, "visit", due=-9)
    step(case, due=-5, state=StepState.DONE, ended_at=NOW, ended_by=world.users["osei"])
    assert log(world, case, "reached").step == first
    assert log(world, case, "reached", step_id=later.pk).step == later
    assert log(world, case, "not_home", kind="visit").step == visit
    assert log(world, case, "sent", kind="letter").step is None
    first.refresh_from_db()
    assert first.state == StepState.OPEN


def test_a_call_is_of_the_school_year_and_not_to_come(world: World) -> None:
    case = open_case(world, "Abara")
    log(world, case, happened_at=at(0, 0, YEAR_STARTS))
    log(world, case, happened_at=NOW)
    for moment in (at(23, 59, YEAR_STARTS - timedelta(days=1)), NOW + timedelta(seconds=1)):
        with pytest.raises(Refused):
            log(world, case, happened_at=moment)
    assert Contact.objects.count() == 2


def test_what_is_no_call_of_this_case_is_refused_and_nothing_is_kept(world: World) -> None:
    case, other, hers = open_case(world, "Abara"), open_case(world, "Grant"), guardian(world, "Grant")
    silenced = guardian(world, "Abara", may_contact=False)
    gone = guardian(world, "Abara", ends_on=YESTERDAY)
    closed = open_case(world, "Hollis", closed_at=NOW, outcome="no_ground")
    strange: list[tuple[type[Exception], dict[str, Any]]] = [
        (Refused, {"result": "not_home"}),
        (Refused, {"kind": "pigeon"}),
        (Refused, {"case": closed}),
        (NotInScope, {"step_id": step(other).pk}),
        (NotInScope, {"guardian_id": hers.pk}),
        (NotInScope, {"guardian_id": silenced.pk}),
        (NotInScope, {"guardian_id": gone.pk}),
        (NotInScope, {"person": "lindqvist"}),
        (NotInScope, {"person": "whitfield"}),
        (NotInScope, {"person": "mayfield"}),
    ]
    for refusal, given in strange:
        with pytest.raises(refusal):
            log(world, **{"case": case} | given)
    assert not Contact.objects.exists()
    assert not DaysChanged.objects.exists()


def test_a_form_of_another_contact_is_refused(world: World) -> None:
    form = uuid4()
    case, other = open_case(world, "Abara"), open_case(world, "Grant")
    log(world, case, submission_id=form)
    for given in ({"case": other}, {"case": case, "result": "reached"}):
        with pytest.raises(Refused, match="another contact"):
            log(world, submission_id=form, **given)
    assert Contact.objects.count() == 1


def test_the_installation_rings_nobody(world: World) -> None:
    facts = {"submission_id": uuid4(), "kind": "call", "result": "no_answer", "happened_at": NOW}
    with pytest.raises(Forbidden):
        log_contact(world.installation, open_case(world, "Abara").pk, **facts)


def test_a_contact_is_withdrawn_once_with_a_reason_and_stays_to_be_seen(world: World) -> None:
    contact = log(world, open_case(world, "Abara"))
    with pytest.raises(Refused):
        withdraw_contact(world.scope("osei"), contact.pk, reason=" ")
    for stranger in ("lindqvist", "whitfield"):
        with pytest.raises(NotInScope):
            withdraw_contact(world.scope(stranger), contact.pk, reason="Another child.")
    withdraw_contact(world.scope("osei"), contact.pk, reason="Another child.")
    withdraw_contact(world.scope("okafor"), contact.pk, reason="Again.")
    contact.refresh_from_db()
    assert (contact.withdrawn_by, contact.withdrawn_reason) == (world.users["osei"], "Another child.")
    # Logged and withdrawn: a failed contact less may end a disengagement.
    assert DaysChanged.objects.count() == 2
