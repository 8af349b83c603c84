"""Cases change hands within their care team, many at once, and never out of somebody else's who took them meanwhile."""

import pytest

from interventions.models import Case, TimelineEntry
from interventions.selectors.care_team import care_team
from interventions.services.handing_over import hand_over
from students.models import Role
from students.refusals import NotInScope, Refused
from tests.interventions.care import open_case
from tests.world import NOW, World, add_person, give_role


def owners() -> dict[str, str]:
    return {case.student.family_name: case.owner.username if case.owner else "" for case in Case.objects.all()}


def test_cases_are_handed_over_together_once_and_each_case_tells_it(world: World) -> None:
    osei, okafor = world.users["osei"], world.users["okafor"]
    mine, free = open_case(world, "Abara", owner=osei), open_case(world, "Grant")
    page = {mine.pk: osei.pk, free.pk: None}
    done = hand_over(world.scope("osei"), page, okafor.pk, words="I am away until Monday.")
    assert sorted(done.handed) == sorted(page)
    again = hand_over(world.scope("osei"), page, okafor.pk)
    assert (again.handed, sorted(again.already), again.meanwhile) == ([], sorted(page), {})
    told = TimelineEntry.objects.order_by("case__student__sort_name")
    assert [(each.owner_before, each.owner_after, each.by, each.words) for each in told] == [
        (osei, okafor, osei, "I am away until Monday."),
        (None, okafor, osei, "I am away until Monday."),
    ]
    hand_over(world.scope("osei"), {mine.pk: okafor.pk}, None)
    assert owners() == {"Abara": "", "Grant": "okafor"}


def test_what_somebody_took_or_closed_meanwhile_is_left_and_said(world: World) -> None:
    osei, okafor, reyes = (world.users[name] for name in ("osei", "okafor", "reyes"))
    taken = open_case(world, "Abara", owner=okafor)
    closed = open_case(world, "Grant", closed_at=NOW, outcome="no_ground")
    given_back, free = open_case(world, "Hollis"), open_case(world, "Nguyen")
    page = {taken.pk: None, closed.pk: None, given_back.pk: reyes.pk, free.pk: None}
    done = hand_over(world.scope("osei"), page, osei.pk)
    assert done.handed == [free.pk]
    assert done.closed == [closed.pk]
    assert done.meanwhile == {taken.pk: "Grace Okafor", given_back.pk: ""}
    assert TimelineEntry.objects.count() == 1


def test_nobody_outside_the_care_team_is_given_a_case_and_no_case_changes_then(world: World) -> None:
    case, shah = open_case(world, "Abara"), open_case(world, "Shah")
    for name in ("whitfield", "mayfield", "lindqvist", "hale"):
        with pytest.raises(Refused, match="Lincoln High School"):
            hand_over(world.scope("osei"), {case.pk: None}, world.users[name].pk)
    with pytest.raises(Refused, match="Washington High School"):
        hand_over(world.scope("reyes"), {case.pk: None, shah.pk: None}, world.users["osei"].pk)
    with pytest.raises(NotInScope):
        hand_over(world.scope("osei"), {case.pk: None, shah.pk: None}, world.users["osei"].pk)
    with pytest.raises(Refused):
        hand_over(world.scope("osei"), {}, world.users["osei"].pk)
    assert owners() == {"Abara": "", "Shah": ""}
    hand_over(world.scope("reyes"), {case.pk: None, shah.pk: None}, world.users["reyes"].pk)
    assert owners() == {"Abara": "reyes", "Shah": "reyes"}


def test_a_closed_account_is_given_nothing_and_stands_in_no_care_team(world: World) -> None:
    add_person(world, "reed", "Pat", "Reed")
    give_role(world, "reed", Role.COUNSELOR, world.lincoln)
    names = [member.name for member in care_team(world.scope("osei"))]
    assert names == ["Grace Okafor", "Abena Osei", "Pat Reed", "Daniel Reyes"]
    world.users["reed"].is_enabled = False
    world.users["reed"].save()
    assert "Pat Reed" not in [member.name for member in care_team(world.scope("osei"))]
    with pytest.raises(Refused):
        hand_over(world.scope("osei"), {open_case(world, "Abara").pk: None}, world.users["reed"].pk)
    assert "Maja Lindqvist" in [member.name for member in care_team(world.scope("reyes"))]
