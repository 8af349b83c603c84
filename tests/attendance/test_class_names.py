"""What a teacher's classes are called among each other."""

import pytest

from attendance.models import SectionMeetingTime
from attendance.selectors.class_names import class_names
from tests.world import World

pytestmark = pytest.mark.django_db


def test_two_classes_of_one_period_are_told_apart_by_their_days_of_the_rotation(
    world: World, django_assert_num_queries
) -> None:
    mine = [world.sections[key] for key in "123"]
    first, second, third = mine
    for section, period, days in ((first, "Block 2", ["A"]), (second, "Block 2", ["B"]), (third, "3", [])):
        section.title, section.periods = "Algebra I", [period]
        section.save()
        SectionMeetingTime.objects.filter(section=section).update(rotation_days=days)
    scope = world.scope("whitfield")
    with django_assert_num_queries(1):
        assert class_names(scope, mine) == {
            first.pk: "Algebra I, Block 2, A days",
            second.pk: "Algebra I, Block 2, B days",
            third.pk: "Algebra I, period 3",
        }
    # One that meets on every day of the rotation keeps its name, and classes told apart by periods ask for nothing.
    SectionMeetingTime.objects.filter(section=second).update(rotation_days=[])
    assert class_names(scope, mine)[second.pk] == "Algebra I, Block 2"
    with django_assert_num_queries(0):
        assert class_names(scope, [first, third])[first.pk] == "Algebra I, Block 2"
