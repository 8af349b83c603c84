"""Two people, and a correction, at the same letters at once, on connections of their own."""

from functools import partial

from interventions.models import Letter
from interventions.selectors.letters_due import due_letters
from interventions.services.letters import make_letters
from tests.attendance.test_concurrency import at_once
from tests.interventions.acts import days_of
from tests.interventions.letters.acts import absent, parent
from tests.interventions.truancy_days import follow
from tests.world import World


def test_two_people_write_one_letter_and_a_correction_meanwhile_leaves_none_standing(committed_world: World) -> None:
    world = committed_world
    for name in ("Abara", "Grant", "Hollis"):
        parent(world, name)
    for name in ("Abara", "Grant"):
        absent(world, name, 5)
    osei, okafor, hollis = world.scope("osei"), world.scope("okafor"), world.students["Hollis"]
    keys = [each.key for each in due_letters(osei)]
    hers, his = at_once([partial(make_letters, osei, keys), partial(make_letters, okafor, keys[::-1])])
    assert hers.made + his.made == Letter.objects.count() == len(keys) == 4
    days = absent(world, "Hollis", 5)
    more = [each.key for each in due_letters(osei)]
    days_of(world, "Hollis", days[:1], "present")
    at_once([partial(make_letters, osei, more), partial(follow, world, hollis)])
    # Written before the correction or not at all: either way nothing stands without its ground.
    assert not Letter.objects.filter(student=hollis, withdrawn_at=None).exists()
