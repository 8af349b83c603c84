"""The action plans: edited by the district alone, by two people at once, and never in the steps of open cases."""

from typing import Any

import pytest
from django.urls import reverse

from interventions.models import Case, PlannedAction
from interventions.selectors.plans import plans_page, seen_of
from interventions.services.planned_steps import add_planned_steps
from interventions.services.plans import ActionFacts, add_action, change_action, move_action, retire_action
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.attendance.pages.visitors import client_of
from tests.interventions.a_case import open_case
from tests.world import TODAY, World

CALL = ActionFacts("call", "Call the aunt", 3)


def words_of(tier: int) -> list[str]:
    actions = PlannedAction.objects.filter(tier=tier, retired_at=None)
    return [action.words for action in actions.order_by("position", "pk")]


def first(tier: int = 1) -> PlannedAction:
    action = PlannedAction.objects.filter(tier=tier, retired_at=None).order_by("position").first()
    assert action is not None
    return action


def test_the_district_alone_changes_a_plan_and_whoever_works_cases_reads_it(world: World) -> None:
    action = first()
    acts: list[Any] = [
        lambda scope: add_action(scope, 1, CALL),
        lambda scope: change_action(scope, action.pk, CALL, seen=seen_of(action)),
        lambda scope: move_action(scope, action.pk, earlier=False, position=action.position),
        lambda scope: retire_action(scope, action.pk),
    ]
    for person, refusal in {
        "osei": Forbidden,
        "okafor": Forbidden,
        "whitfield": NotInScope,
        "hale": NotInScope,
    }.items():
        for act in acts:
            with pytest.raises(refusal):
                act(world.scope(person))
    assert [len(plan.lines) for plan in plans_page(world.scope("osei"))] == [7, 6, 5]
    with pytest.raises(NotInScope):
        plans_page(world.scope("hale"))


def test_an_action_is_added_once_as_the_last_of_its_tier(world: World) -> None:
    reyes = world.scope("reyes")
    added = add_action(reyes, 2, CALL)
    assert add_action(reyes, 2, CALL) == added
    assert words_of(2)[-1] == "Call the aunt"
    for tier, wrong in (
        (4, CALL),
        (1, ActionFacts("call", " ", 3)),
        (1, ActionFacts("call", "x" * 201, 3)),
        (1, ActionFacts("dance", "Dance", 3)),
        (1, ActionFacts("call", "Call", 0)),
        (1, ActionFacts("call", "Call", 181)),
    ):
        with pytest.raises(Refused):
            add_action(reyes, tier, wrong)


def test_MD07_an_agency_that_locates_students_is_never_planned_by_count_alone(world: World) -> None:
    agency = ActionFacts("agency", "Ask the shelter", 5)
    with pytest.raises(Refused, match="MD-07"):
        add_action(world.scope("reyes"), 3, agency)
    asked = PlannedAction.objects.filter(only_unlocated=True).first()
    assert asked is not None
    with pytest.raises(Refused, match="MD-07"):
        change_action(world.scope("reyes"), asked.pk, agency, seen=seen_of(asked))


def test_a_reworded_action_leaves_open_cases_as_they_are_and_says_what_it_said_before(world: World) -> None:
    reyes, action = world.scope("reyes"), first()
    case: Case = open_case(world)
    add_planned_steps(world.installation, [case], on=TODAY)
    seen = seen_of(action)
    for _ in range(2):
        change_action(reyes, action.pk, CALL, seen=seen)
    with pytest.raises(Stale):
        change_action(reyes, action.pk, ActionFacts("call", "Call the uncle", 3), seen=seen)
    assert case.steps.get(action=action).words == action.words
    line = plans_page(reyes)[0].lines[0]
    assert (line.action.words, [was.words for was in line.earlier]) == ("Call the aunt", [action.words])
    move_action(reyes, action.pk, earlier=False, position=action.position)
    assert len(plans_page(reyes)[0].lines[1].earlier) == 1


def test_an_action_moves_one_place_and_a_double_click_moves_it_once(world: World) -> None:
    reyes, action = world.scope("reyes"), first()
    before = words_of(1)
    move_action(reyes, action.pk, earlier=True, position=action.position)
    assert words_of(1) == before
    for _ in range(2):
        move_action(reyes, action.pk, earlier=False, position=action.position)
    assert words_of(1) == [before[1], before[0], *before[2:]]


def test_an_action_taken_out_is_in_no_new_case_and_stays_on_the_page(world: World) -> None:
    reyes, action = world.scope("reyes"), first()
    for _ in range(2):
        retire_action(reyes, action.pk)
    case = open_case(world)
    add_planned_steps(world.installation, [case], on=TODAY)
    assert not case.steps.filter(action=action).exists()
    assert plans_page(reyes)[0].retired == [action]
    with pytest.raises(NotInScope):
        change_action(reyes, action.pk, CALL, seen=seen_of(action))


def test_the_page_edits_a_plan(world: World) -> None:
    client, page, action = client_of(world, "reyes"), reverse("plans"), first()
    given = {"words": "Call the aunt", "kind": "call", "due_school_days": 3}
    assert client.post(reverse("add_planned_action", args=[2]), given).url == page
    changing = reverse("change_planned_action", args=[action.pk])
    assert client.post(changing, given | {"seen": "something else"}).status_code == 409
    assert client.post(changing, given | {"due_school_days": 0}).status_code == 422
    assert client.post(changing, given | {"words": "Ring the family", "seen": seen_of(action)}).url == page
    moving = {"earlier": "no", "position": action.position}
    assert client.post(reverse("move_planned_action", args=[action.pk]), moving).url == page
    assert client.post(reverse("retire_planned_action", args=[first(3).pk]), {}).url == page
    text = client.get(page).content.decode()
    for said in ("Call the aunt", "Ring the family", "“Call the family in person”", "1 action taken out"):
        assert said in text, said
    counselor = client_of(world, "osei")
    assert "Ring the family" in counselor.get(page).content.decode()
    assert changing not in counselor.get(page).content.decode()
    assert counselor.post(changing, given).status_code == 403
    assert client_of(world, "whitfield").get(page).status_code == 404
