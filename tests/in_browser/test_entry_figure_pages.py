"""The figures of entry completeness, looked at in a real browser."""

from datetime import timedelta

import pytest
from django.db import connection

from attendance.services.entry_counts import count_entry_news
from students import clock
from students.models import SectionTeacher
from tests.reporting.months import AFTER, FIRST, after_the_month, take_month
from tests.world import World, add_person

pytestmark = pytest.mark.browser

_TAKEN = """
    UPDATE attendance_classmeeting SET taken_at = date + CASE WHEN (id * 7 + date_part('doy', date)::int) %% %s = 0
        THEN interval '3 days' ELSE interval '20 hours' END WHERE state = 'taken'
"""


@pytest.mark.shows("figure_entries", "figure_entries_of_school")
def test_the_pages_of_entry_are_legible_everywhere(committed_world: World, camera) -> None:
    world = committed_world
    people = [("salazar", "Maria", "Salazar-Montgomery"), ("obi", "Chidi", "Obi"), ("lee", "Ann", "Lee")]
    for number, (name, given, family) in enumerate(people, start=1):
        teacher = add_person(world, name, given, family)
        SectionTeacher.objects.filter(section=world.sections[str(number)]).update(user=teacher)
    days = [FIRST + timedelta(days=each) for each in (1, 4, 8, 9, 15)]
    take_month(world, world.lincoln, untaken=[("1", day) for day in days] + [("5", days[2])])
    take_month(world, world.washington)
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, [5])
    count_entry_news(after_the_month())

    def with_tables(shown) -> None:
        for each in shown.locator("details.chart-table > summary").all():
            each.click()

    with clock.stopped_at(AFTER):
        camera.shoot("/figures/entries/", "entries-district", world.users["reyes"])
        school = f"/figures/schools/{world.lincoln.pk}/entries/"
        camera.shoot(school, "entries-school", world.users["okafor"], with_tables)
        camera.shoot(f"{school}?kind=work&small=left-out", "entries-published", world.users["okafor"])
