"""Two people in one case at the same moment: a call is kept once, and a case gets one owner."""

from functools import partial
from uuid import uuid4

from interventions.models import Case, Contact, DaysChanged, TimelineEntry
from interventions.services.handing_over import HandedOver, hand_over
from tests.attendance.test_concurrency import at_once
from tests.interventions.care import log, open_case
from tests.world import World


def test_a_double_click_keeps_one_call_and_of_two_who_take_a_case_one_is_told(committed_world: World) -> None:
    world, form = committed_world, uuid4()
    called, *free = [open_case(world, name) for name in ("Abara", "Grant", "Hollis")]
    kept = at_once([partial(log, world, called, submission_id=form)] * 4)
    assert {contact.pk for contact in kept} == {Contact.objects.get().pk}
    assert DaysChanged.objects.count() == 1

    def take(person: str, cases: list[Case]) -> HandedOver:
        return hand_over(world.scope(person), {case.pk: None for case in cases}, world.users[person].pk)

    hers, his = at_once([partial(take, "osei", free), partial(take, "okafor", free[::-1])])
    assert sorted([*hers.handed, *his.handed]) == sorted(case.pk for case in free)
    assert {case.pk for case in free} == {*hers.handed, *hers.meanwhile} == {*his.handed, *his.meanwhile}
    assert TimelineEntry.objects.count() == 2
