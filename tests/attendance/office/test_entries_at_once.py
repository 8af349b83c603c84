"""Two clerks of one office, each with a connection of their own."""

from datetime import time
from functools import partial
from uuid import uuid4

from attendance.models import OfficeEntry, OfficeEvent
from attendance.services.ledger import check
from attendance.services.office import Recorded, withdraw_entry
from students.refusals import Refused
from tests.attendance.acts import open_both_schools, take
from tests.attendance.office.deeds import enter
from tests.attendance.test_concurrency import at_once
from tests.world import TODAY, World, at


def test_two_clerks_who_sign_in_the_same_students_at_once_sign_in_each_once(committed_world: World) -> None:
    world = open_both_schools(committed_world)
    for period in ("1", "2"):
        take(world, period, day=TODAY)
    form = uuid4()
    done = at_once(
        [
            partial(enter, world, "sign_in", "Abara", "Baptiste", "Castillo", starts=time(8, 25)),
            partial(enter, world, "sign_in", "Castillo", "Baptiste", "Grant", starts=time(8, 26), by="okafor"),
            partial(enter, world, "sign_out", "Abara", starts=time(12), submission_id=form),
            partial(enter, world, "sign_out", "Abara", starts=time(12), submission_id=form),
        ]
    )
    assert all(isinstance(each, Recorded) for each in done), done
    assert OfficeEntry.objects.count() == 3
    assert OfficeEvent.objects.filter(kind="sign_in").count() == 4
    assert OfficeEvent.objects.filter(kind="sign_out").count() == 1
    [bus] = [each.entry for each in done if each.entry.entered_by == world.users["okafor"]]
    withdrawn = at_once([partial(withdraw_entry, world.scope("mayfield", at(17)), bus.pk, reason="Wrong.")] * 2)
    assert not any(isinstance(each, Refused) for each in withdrawn)
    assert sum(withdrawn) == bus.events.count()
    assert check(world.installation) == []
