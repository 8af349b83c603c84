"""Who may see whom: both forms of every permission, over two schools."""

import pytest
from django.db.models import Model

from attendance.models import ClassMeeting
from students.access import visible_to, why_can_view
from students.models import School, Section, Student, Term
from tests.world import World

PEOPLE = ["whitfield", "okafor", "reyes", "park", "lindqvist"]


@pytest.mark.parametrize("kind", [School, Section, Student, ClassMeeting])
@pytest.mark.parametrize("person", PEOPLE)
def test_the_filter_and_the_reason_agree_on_every_record(world: World, person: str, kind: type[Model]) -> None:
    scope = world.scope(person)
    visible = set(visible_to(scope, kind))
    assert visible == {record for record in kind.objects.all() if why_can_view(scope, record)}


def test_a_teacher_sees_the_students_of_the_own_classes_and_no_others(world: World) -> None:
    seen = {student.family_name for student in visible_to(world.scope("park"), Student)}
    assert seen == {"Shah"}


def test_a_school_administrator_sees_the_own_school_alone(world: World) -> None:
    assert list(visible_to(world.scope("okafor"), School)) == [world.lincoln]
    assert why_can_view(world.scope("okafor"), world.students["Shah"]) is None


def test_a_kind_that_no_rule_knows_is_an_error_and_not_an_empty_page(world: World) -> None:
    with pytest.raises(TypeError):
        visible_to(world.scope("reyes"), Term)
