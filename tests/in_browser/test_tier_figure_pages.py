"""The figures of tiers, looked at in a real browser."""

import pytest

from interventions.services.evaluation import evaluate
from students.models import Student
from tests.interventions.acts import WEEKDAYS, absences, days_of
from tests.interventions.care import open_case as opened_case
from tests.interventions.care import step
from tests.reporting.a_year import calendar
from tests.world import World

pytestmark = pytest.mark.browser

POINTS_OF_ANOTHER_COLOUR = """() => [...document.querySelectorAll(".chart-line .chart-point")].map(
    point => [getComputedStyle(point).fill, getComputedStyle(point.closest(".chart-line")).color]
).filter(([own, line]) => own !== line)"""


@pytest.mark.shows("figure_tiers", "figure_tiers_of_school", "students_of_tiers")
def test_the_pages_of_tiers_are_legible_everywhere(committed_world: World, camera) -> None:
    world = committed_world
    calendar(world)
    for name, number in (("Abara", 5), ("Baptiste", 5), ("Castillo", 11), ("Grant", 7), ("Shah", 9)):
        absences(world, name, number)
    days_of(world, "Hollis", WEEKDAYS, "present")
    days_of(world, "Hollis", WEEKDAYS[-5:])
    evaluate(world.installation, Student.objects.values_list("pk", flat=True))
    step(opened_case(world, "Nguyen"), due=-2)

    def with_tables(shown) -> None:
        for each in shown.locator("details.chart-table > summary").all():
            each.click()
        assert shown.evaluate(POINTS_OF_ANOTHER_COLOUR) == []

    camera.shoot("/figures/tiers/", "tiers-district", world.users["reyes"], with_tables)
    camera.shoot("/figures/tiers/?small=left-out", "tiers-published", world.users["reyes"])
    camera.shoot(f"/figures/schools/{world.lincoln.pk}/tiers/", "tiers-school", world.users["okafor"])
    camera.shoot("/figures/tiers/students/?tier=1&on=2020-09-04", "tiers-students", world.users["okafor"])
