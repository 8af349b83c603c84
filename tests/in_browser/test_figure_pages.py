"""The figures of the district and of a school, looked at in a real browser."""

from datetime import date

import pytest

from attendance.models import Mark
from reporting.services.chronic import count_news
from students import clock
from tests.reporting.months import AFTER, FIRST, after_the_month, take_month
from tests.world import World

pytestmark = pytest.mark.browser

FRIDAY = date(2020, 10, 23)


@pytest.mark.shows("figures", "figures_of_school", "days_of_schools", "days_of_figure", "chronic_of_school")
def test_the_pages_of_figures_are_legible_everywhere(committed_world: World, camera) -> None:
    world = committed_world
    take_month(world, world.lincoln, absent=[("Abara", FIRST), ("Abara", FRIDAY)], untaken=[("2", FRIDAY)])
    take_month(world, world.washington)
    count_news(after_the_month())
    with clock.stopped_at(AFTER):
        camera.shoot("/figures/", "figures-district", world.users["reyes"])
        camera.shoot("/figures/?small=left-out", "figures-published", world.users["reyes"])
        friday = "/figures/days/?from=2020-10-19&to=2020-10-25&weekday=5&status=absent"
        camera.shoot(friday, "figures-days-by-school", world.users["reyes"])
        school = f"/figures/schools/{world.lincoln.pk}/"
        camera.shoot(school, "figures-school", world.users["okafor"])
        camera.shoot(f"{school}days/?status=present", "figures-days", world.users["okafor"])
        camera.shoot(
            f"{school}days/?from=2020-10-19&to=2020-10-25&status=absent&weekday=5",
            "figures-week-days",
            world.users["okafor"],
        )
        camera.shoot(f"{school}chronic/", "figures-chronic", world.users["okafor"])


@pytest.mark.shows("figure_periods", "figure_periods_of_school", "marks_of_figure")
def test_the_pages_of_periods_and_tardiness_are_legible_everywhere(committed_world: World, camera) -> None:
    world = committed_world
    away = [("Abara", FIRST), ("Abara", FRIDAY), ("Castillo", FRIDAY)]
    take_month(world, world.lincoln, absent=away)
    take_month(world, world.washington)
    late = Mark.objects.filter(meeting__period="1", student=world.students["Castillo"], status="present")
    late.filter(meeting__date__gt=FRIDAY).update(status="tardy")
    Mark.objects.filter(meeting__period="6", student=world.students["Abara"]).update(
        status="absent", minutes_attended=0
    )
    with clock.stopped_at(AFTER):
        camera.shoot("/figures/periods/", "periods-district", world.users["reyes"])
        school = f"/figures/schools/{world.lincoln.pk}/"
        camera.shoot(f"{school}periods/", "periods-school", world.users["okafor"])
        camera.shoot(f"{school}marks/?status=tardy", "periods-marks", world.users["okafor"])
