"""What is done in a case: steps ended, notes written, the case closed and opened again, a student lost and found."""

from datetime import timedelta
from uuid import uuid4

import pytest

from interventions.models import Case, CaseNote, PlannedAction, Standing, Step, TimelineEntry
from interventions.services.closing import close_case, reopen_case
from interventions.services.notes import withdraw_note, write_note
from interventions.services.planned_steps import add_planned_steps
from interventions.services.steps import add_step, end_step, plan_step, reopen_step
from interventions.services.whereabouts import set_unlocated
from students.access import visible_to, why_can_view
from students.models import Role
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.attendance.test_concurrency import at_once
from tests.interventions.a_case import contact_of, open_case, step_of
from tests.world import NOW, TODAY, World, add_person, give_role

ACTS = {
    "plan": lambda scope, pk, step: plan_step(scope, pk, step.pk, due_on=TODAY, owner_id=None),
    "end": lambda scope, pk, step: end_step(scope, pk, step.pk, state="done", outcome="Talked."),
    "reopen step": lambda scope, pk, step: reopen_step(scope, pk, step.pk),
    "add": lambda scope, pk, step: add_step(scope, pk, kind="call", words="Call the aunt"),
    "note": lambda scope, pk, step: write_note(scope, pk, submission_id=uuid4(), text="A note."),
    "whereabouts": lambda scope, pk, step: set_unlocated(scope, pk, is_unlocated=True),
}


@pytest.fixture
def case(world: World) -> Case:
    return open_case(world)


@pytest.fixture
def step(case: Case) -> Step:
    return step_of(case)


def kinds(case: Case) -> list[str]:
    return list(TimelineEntry.objects.filter(case=case).values_list("kind", flat=True))[2:]


def test_nobody_acts_in_a_case_but_its_schools_care_team(world: World, case: Case, step: Step) -> None:
    for person in ("lindqvist", "whitfield", "mayfield", "tran", "dupree", "hale", "novak"):
        for act in ACTS.values():
            with pytest.raises(NotInScope):
                act(world.scope(person), case.pk, step)
        with pytest.raises(NotInScope):
            close_case(world.scope(person), case.pk, outcome="improved")
    with pytest.raises(Forbidden):
        end_step(world.installation, case.pk, step.pk, state="done", outcome="Talked.")
    other = open_case(world, "Grant")
    with pytest.raises(NotInScope):
        end_step(world.scope("osei"), other.pk, step.pk, state="done", outcome="Talked.")


def test_nothing_is_done_in_a_closed_case_before_it_is_open_again(world: World, case: Case, step: Step) -> None:
    osei = world.scope("osei")
    note = write_note(osei, case.pk, submission_id=uuid4(), text="Of another child.")
    close_case(osei, case.pk, outcome="improved")
    for act in ACTS.values():
        with pytest.raises(Refused, match="closed"):
            act(osei, case.pk, step)
    withdraw_note(osei, case.pk, note.pk, reason="Another child.")
    reopen_case(osei, case.pk, words="Absent again.")
    for act in ACTS.values():
        act(osei, case.pk, step)


def test_a_step_is_ended_with_its_outcome_once(world: World, case: Case, step: Step) -> None:
    osei, okafor = world.scope("osei"), world.scope("okafor")
    for wrong in ({"state": "done", "outcome": " "}, {"state": "open", "outcome": "?"}):
        with pytest.raises(Refused):
            end_step(osei, case.pk, step.pk, **wrong)
    for _ in range(2):
        ended = end_step(osei, case.pk, step.pk, state="done", outcome=" Mother will call. ")
    assert (ended.state, ended.outcome, ended.ended_by, ended.ended_at) == (
        "done",
        "Mother will call.",
        world.users["osei"],
        NOW,
    )
    assert ended.events.count() == 1
    with pytest.raises(Stale):
        end_step(okafor, case.pk, step.pk, state="not_needed", outcome="Moved.")
    with pytest.raises(Stale):
        plan_step(okafor, case.pk, step.pk, due_on=TODAY, owner_id=None)
    assert reopen_step(okafor, case.pk, step.pk).ended_by is None
    reopen_step(okafor, case.pk, step.pk)


def test_a_step_that_went_with_its_tier_is_not_opened_by_hand(world: World, case: Case) -> None:
    gone = step_of(case, state="withdrawn", ended_at=NOW)
    with pytest.raises(Refused, match="tier"):
        reopen_step(world.scope("osei"), case.pk, gone.pk)


def test_a_step_of_ones_own_is_added_once_and_owned_by_the_care_team(world: World, case: Case) -> None:
    osei = world.scope("osei")
    facts = {"kind": "call", "words": "Call the aunt", "due_on": TODAY, "owner_id": world.users["okafor"].pk}
    added = add_step(osei, case.pk, **facts)
    assert add_step(osei, case.pk, **facts) == added
    assert (added.tier, added.action) == (1, None)
    for wrong in (
        {"words": " "},
        {"kind": "dance"},
        {"due_on": TODAY - timedelta(days=1)},
        {"owner_id": world.users["lindqvist"].pk},
        {"owner_id": world.users["whitfield"].pk},
    ):
        with pytest.raises(Refused):
            add_step(osei, case.pk, **facts | wrong)
    assert case.steps.count() == 1
    end_step(osei, case.pk, added.pk, state="done", outcome="She knows.")
    assert add_step(osei, case.pk, **facts) != added


def test_a_step_overdue_may_get_another_owner_and_keep_its_day(world: World, case: Case) -> None:
    late = step_of(case, due_on=TODAY - timedelta(days=5))
    planned = plan_step(world.scope("osei"), case.pk, late.pk, due_on=late.due_on, owner_id=world.users["reyes"].pk)
    assert (planned.owner, planned.due_on) == (world.users["reyes"], late.due_on)


def test_a_note_is_written_once_and_withdrawn_with_a_reason(world: World, case: Case) -> None:
    osei, sent = world.scope("osei"), uuid4()
    note = write_note(osei, case.pk, submission_id=sent, text=" The bus comes late. ")
    assert write_note(osei, case.pk, submission_id=sent, text="The bus comes late.") == note
    assert note.text == "The bus comes late."
    other = open_case(world, "Grant")
    with pytest.raises(Refused, match="another case"):
        write_note(osei, other.pk, submission_id=sent, text="The bus comes late.")
    for wrong in (" ", "x" * 5001):
        with pytest.raises(Refused):
            write_note(osei, case.pk, submission_id=uuid4(), text=wrong)
    with pytest.raises(Refused):
        withdraw_note(osei, case.pk, note.pk, reason=" ")
    with pytest.raises(NotInScope):
        withdraw_note(osei, other.pk, note.pk, reason="Wrong child.")
    for reason in ("Wrong child.", "Again."):
        withdraw_note(osei, case.pk, note.pk, reason=reason)
    note.refresh_from_db()
    assert (note.withdrawn_reason, note.withdrawn_by) == ("Wrong child.", world.users["osei"])
    assert CaseNote.objects.count() == 1


def test_RD61_a_note_is_seen_by_the_care_team_of_the_cases_school_alone(world: World, case: Case) -> None:
    note = write_note(world.scope("osei"), case.pk, submission_id=uuid4(), text="The bus comes late.")
    care_team = {"osei", "okafor", "reyes"}
    for person in world.users:
        scope = world.scope(person)
        assert set(visible_to(scope, CaseNote)) == ({note} if person in care_team else set()), person
        assert bool(why_can_view(scope, note)) == (person in care_team), person


def test_a_case_is_closed_with_what_became_of_it_and_opened_again(world: World, case: Case) -> None:
    osei, okafor = world.scope("osei"), world.scope("okafor")
    for wrong in ({"outcome": ""}, {"outcome": "other", "words": " "}):
        with pytest.raises(Refused):
            close_case(osei, case.pk, **wrong)
    for _ in range(2):
        closed = close_case(osei, case.pk, outcome="improved", words="Here every day.")
    assert (closed.closed_by, closed.outcome, closed.is_open) == (world.users["osei"], "improved", False)
    with pytest.raises(Stale):
        close_case(okafor, case.pk, outcome="moved")
    with pytest.raises(Refused):
        reopen_case(okafor, case.pk, words=" ")
    for _ in range(2):
        assert reopen_case(okafor, case.pk, words="Absent again.").is_open
    assert kinds(case) == ["closed", "reopened"]


def test_a_case_stays_closed_while_another_is_open_or_its_year_is_over(world: World, case: Case) -> None:
    osei = world.scope("osei")
    close_case(osei, case.pk, outcome="improved")
    another = Case.objects.create(
        student=case.student, year=world.year, school=world.lincoln, tier=2, opened_at=NOW, opened_on=TODAY
    )
    with pytest.raises(Refused, match="Another case"):
        reopen_case(osei, case.pk, words="Absent again.")
    assert kinds(case) == ["closed"]
    close_case(osei, another.pk, outcome="improved")
    with pytest.raises(Refused, match="year that is over"):
        reopen_case(world.scope("reyes", NOW + timedelta(days=365)), case.pk, words="Absent again.")


def test_MD07_agencies_come_with_a_student_whom_nobody_can_find_and_go_when_found(world: World) -> None:
    case = open_case(world, tier=3)
    osei = world.scope("osei")
    agencies = case.steps.filter(kind="agency")
    for _ in range(2):
        set_unlocated(osei, case.pk, is_unlocated=True, words="Mail came back.")
    assert agencies.filter(state="open").count() == 3
    asked = agencies.first()
    contact_of(world, case, step=asked, kind="agency")
    set_unlocated(osei, case.pk, is_unlocated=False)
    assert list(agencies.filter(state="open")) == [asked]
    set_unlocated(osei, case.pk, is_unlocated=True)
    assert agencies.filter(state="open").count() == 3
    assert kinds(case) == ["unlocated", "located", "unlocated"]
    # What the district added to its plan since is not the open case's.
    assert case.steps.exclude(kind="agency").count() == 0


def test_MD07_no_agency_is_asked_by_count_alone_nor_below_tier_3(world: World) -> None:
    case = open_case(world, tier=2)
    set_unlocated(world.scope("osei"), case.pk, is_unlocated=True)
    assert not case.steps.exists()
    counted = open_case(world, "Grant", tier=3)
    add_planned_steps(world.installation, [counted], on=TODAY)
    assert counted.steps.count() == PlannedAction.objects.filter(only_unlocated=False).count()


def test_MD07_a_disengaged_student_who_is_found_keeps_the_agencies(world: World) -> None:
    case = open_case(world, tier=3)
    set_unlocated(world.scope("osei"), case.pk, is_unlocated=True)
    held = [{"sign": "days_running", "since": "2020-10-23", "days": ["2020-10-23"], "among": 1}]
    Standing.objects.filter(student=case.student).update(criteria=held)
    set_unlocated(world.scope("osei"), case.pk, is_unlocated=False)
    assert case.steps.filter(kind="agency", state="open").count() == 3


def test_two_people_who_end_a_step_or_close_a_case_at_once_are_told_apart(committed_world: World) -> None:
    world = committed_world
    add_person(world, "fischer", "Pat", "Fischer")
    give_role(world, "fischer", Role.COUNSELOR, world.lincoln)
    case = open_case(world)
    step, scopes = step_of(case), [world.scope("osei"), world.scope("fischer")]
    ended = at_once(
        [lambda each=each: end_step(each, case.pk, step.pk, state="done", outcome="Talked.") for each in scopes]
    )
    assert sorted(type(each).__name__ for each in ended) == ["Stale", "Step"]
    sent = uuid4()
    at_once([lambda: write_note(scopes[0], case.pk, submission_id=sent, text="Once.") for _ in range(2)])
    assert CaseNote.objects.count() == 1
    closed = at_once([lambda each=each: close_case(each, case.pk, outcome="improved") for each in scopes])
    assert sorted(type(each).__name__ for each in closed) == ["Case", "Stale"]
    assert kinds(case) == ["closed"]
