"""Where the demo does not load."""

from datetime import timedelta

import pytest

from attendance.demo.cast import NOW
from attendance.demo.loading import load
from students.access import installation_scope
from students.models import District
from students.refusals import Refused


@pytest.mark.parametrize("years", [-1, 6])
def test_a_clock_outside_the_demos_year_is_refused_and_nothing_is_written(db, years):
    with pytest.raises(Refused, match="make demo"):
        load(installation_scope(NOW + timedelta(days=365 * years)))
    assert not District.objects.exists()


def test_another_district_is_left_alone(world):
    world.district.source_id = "another"
    world.district.save()
    with pytest.raises(Refused, match="holds Magnolia County School District"):
        load(world.installation)
