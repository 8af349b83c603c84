"""A student's day as its page shows it, in each mode of instruction, in a real browser."""

from datetime import date, time

import pytest
from django.urls import reverse

from attendance.services.ledger import recompute
from tests.attendance.acts import open_both_schools, take
from tests.attendance.explanation.lived import (
    assigned,
    college_out,
    engaged,
    planned,
    reviewed,
    seated,
    talked,
    taught,
)
from tests.attendance.office.deeds import enter
from tests.world import PERIODS, TODAY, YESTERDAY, World, at

pytestmark = pytest.mark.browser


def live(world: World) -> None:
    """Everybody's yesterday: Abara online, Baptiste on paper, Castillo in quarantine, Delacroix between two doors."""
    open_both_schools(world)
    for period in PERIODS[:5]:
        take(world, period)
    planned(world, measures=["lms_activity", "work"])
    taught(world, "Abara", "async_online")
    engaged(world, "Abara", "2", minutes=40)
    engaged(world, "Abara", "3", measure="lms_login")
    engaged(world, "Abara", "1", measure="work", work_of=YESTERDAY, when=at(9, 0, TODAY), day=TODAY)
    talked(world, "Abara", "1", minutes=12)
    taught(world, "Baptiste", "offline_packets")
    assigned(world, "1", 60, "Linear equations, pages 14 to 16")
    reviewed(world, "Baptiste", "1", minutes=45, handed_in_on=date(2020, 11, 2))
    reviewed(world, "Baptiste", "2", minutes=55, handed_in_on=date(2020, 11, 3), by="mayfield")
    taught(world, "Castillo", "sync_online", reason="quarantine", ends_on=TODAY)
    college_out(world, "6")
    seated(world, "Castillo", 120)
    for period in PERIODS[:5]:
        reviewed(world, "Castillo", period, work_done=period != "2")
    name = third(world)
    enter(world, "sign_in", name, day=YESTERDAY, starts=time(8, 30), note="Mother called")
    enter(world, "nurse", name, day=YESTERDAY, starts=time(9), ends=time(9, 55))
    recompute(world.installation, [each.pk for each in world.students.values()], YESTERDAY, TODAY)


def third(world: World) -> str:
    """Somebody else of the cast."""
    return sorted(set(world.students) - {"Abara", "Baptiste", "Castillo", "Shah"})[0]


def test_the_day_of_a_student_reads_well_in_every_mode(committed_world: World, camera) -> None:
    world = committed_world
    live(world)
    okafor = world.users["okafor"]
    for name, picture in (("Abara", "day-online"), ("Castillo", "day-quarantine")):
        camera.shoot(reverse("student_day", args=[world.students[name].pk, YESTERDAY]), picture, okafor)
