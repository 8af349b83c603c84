"""Two people who keep accounts, acting on each other at once."""

from functools import partial

from students.models import FactSource, Role, RoleAssignment, User
from students.refusals import Refused
from students.selectors.administrators import who_can_sign_in
from students.services.accounts import switch_off
from students.services.roles import end_role, give_role
from tests.attendance.test_concurrency import at_once
from tests.world import TODAY, YESTERDAY, World
from tests.world import give_role as from_roster


def test_of_two_who_end_each_others_right_to_run_the_district_one_is_left(committed_world: World) -> None:
    world = committed_world
    User.objects.update(password="md5$salt$hash")
    from_roster(world, "okafor", Role.DISTRICT_ADMINISTRATOR, None)
    RoleAssignment.objects.filter(role=Role.DISTRICT_ADMINISTRATOR).update(source=FactSource.HERE)
    held = RoleAssignment.objects.get(user=world.users["okafor"], role=Role.DISTRICT_ADMINISTRATOR)
    reyes, okafor = world.scope("reyes"), world.scope("okafor")
    said = at_once(
        [
            partial(end_role, reyes, held.pk, last_day=YESTERDAY),
            partial(switch_off, okafor, world.users["reyes"].pk),
        ]
    )
    assert [type(each) for each in said].count(Refused) == 1
    assert who_can_sign_in(world.installation, TODAY).count() == 1


def test_a_form_sent_twice_at_once_gives_one_role(committed_world: World) -> None:
    world = committed_world
    scope, lindqvist = world.scope("reyes"), world.users["lindqvist"].pk
    give = partial(give_role, scope, lindqvist, role=Role.NURSE, school_id=None, starts_on=TODAY)
    first, second = at_once([give, give])
    assert first == second
    assert RoleAssignment.objects.filter(user=lindqvist, role=Role.NURSE).count() == 1
