"""The figures of a class, looked at in a real browser."""

from datetime import date

import pytest

from attendance.models import Mark, ModeAssignment
from attendance.services.ledger import recompute
from students import clock
from tests.reporting.months import AFTER, FIRST, after_the_month, take_month
from tests.world import YEAR_STARTS, World

pytestmark = pytest.mark.browser

FRIDAY = date(2020, 10, 23)
MONDAYS = [FIRST, date(2020, 10, 26), date(2020, 11, 2)]


@pytest.mark.shows("figures_of_class")
def test_the_figures_of_a_class_are_legible_everywhere(committed_world: World, camera) -> None:
    world = committed_world
    away = [("Abara", day) for day in MONDAYS] + [("Hollis", FRIDAY), ("Nguyen", FIRST), ("Nguyen", FRIDAY)]
    take_month(world, world.lincoln, absent=away, untaken=[("1", FRIDAY), ("1", date(2020, 11, 3))])
    Mark.objects.filter(student=world.students["Grant"], meeting__date__gt=FRIDAY).update(status="tardy")
    castillo = world.students["Castillo"]
    ModeAssignment.objects.create(student=castillo, mode="async_online", starts_on=YEAR_STARTS)
    recompute(after_the_month(), [castillo.pk], FIRST, AFTER.date())
    with clock.stopped_at(AFTER):
        there = f"/figures/classes/{world.sections['1'].pk}/"
        camera.shoot(f"{there}?sort=absent", "figures-class", world.users["whitfield"])
        camera.shoot(f"{there}?from=2020-10-19&to=2020-10-25&weekday=1", "figures-class-week", world.users["okafor"])
