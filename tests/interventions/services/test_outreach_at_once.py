"""Two people who give the same students away at one moment, with real connections."""

from functools import partial

from interventions.models import OutreachAssignment
from interventions.services.outreach import Assigned, Choice, assign, end_assignment
from students.models import AccessGrant
from students.refusals import Refused
from tests.attendance.test_concurrency import at_once
from tests.interventions.outreach_acts import lost, worker
from tests.world import World, give_role

CAST = ["Abara", "Baptiste", "Castillo", "Delgado", "Fleurimond", "Grant"]


def test_MD08_of_two_who_assign_the_same_students_each_student_gets_one_worker(committed_world: World) -> None:
    world = committed_world
    give_role(world, "osei", "counselor", None)
    for name in CAST:
        lost(world, name)
    one, other = worker(world), worker(world, "stone")

    def give(person: str, to: int, names: list[str]) -> partial:
        return partial(assign, world.scope(person), [Choice(world.students[name].pk, to, "locate") for name in names])

    said = at_once(
        [give("reyes", one.pk, CAST[:4]), give("osei", other.pk, CAST[:1:-1]), give("reyes", one.pk, CAST[:4])]
    )
    assert sum(each.assigned for each in said if isinstance(each, Assigned)) == len(CAST)
    assert OutreachAssignment.objects.count() == AccessGrant.objects.count() == len(CAST)


def test_MD08_two_never_fill_a_worker_over_and_a_result_said_twice_is_one(committed_world: World) -> None:
    world = committed_world
    for name in CAST[:4]:
        lost(world, name)
    few = worker(world, most_students=2)
    pairs = [[Choice(world.students[name].pk, few.pk, "locate") for name in names] for names in (CAST[:2], CAST[2:4])]
    said = at_once([partial(assign, world.scope("reyes"), pair) for pair in pairs])
    assert sorted(type(each).__name__ for each in said) == [Assigned.__name__, Refused.__name__]
    assert few.assignments.count() == 2
    held = few.assignments.first()
    end = partial(end_assignment, world.scope("dupree"), held.pk, result="found")
    first, second = at_once([end, end])
    assert first.ended_at == second.ended_at
