"""Who may see whom: both forms of every permission, over two schools."""

import pytest
from django.db.models import Model

from attendance.models import ClassMeeting
from students.access import visible_to, why_can_view
from students.models import Guardian, GuardianLink, Immunization, School, Section, Student, Term
from students.selectors.guardians import guardians_of
from students.selectors.immunizations import compliance_on
from tests.world import TODAY, World

PEOPLE = ["whitfield", "okafor", "reyes", "park", "lindqvist"]


@pytest.mark.parametrize("kind", [School, Section, Student, ClassMeeting, Guardian, GuardianLink, Immunization])
@pytest.mark.parametrize("person", PEOPLE)
def test_the_filter_and_the_reason_agree_on_every_record(world: World, person: str, kind: type[Model]) -> None:
    for name in ("Abara", "Shah"):
        contact_and_status(world, name)
    scope = world.scope(person)
    visible = set(visible_to(scope, kind))
    assert visible == {record for record in kind.objects.all() if why_can_view(scope, record)}


def contact_and_status(world: World, name: str) -> tuple[GuardianLink, Immunization]:
    student = world.students[name]
    mother = Guardian.objects.create(source_id=f"g-{name}", given_name="Ana", family_name=name)
    status = Immunization.objects.create(student=student, is_compliant=False, starts_on=TODAY)
    return GuardianLink.objects.create(guardian=mother, student=student, starts_on=TODAY), status


def test_RD60_contacts_and_immunization_are_for_administrators_of_the_students_school_alone(world: World) -> None:
    (link, status), shah = contact_and_status(world, "Abara"), contact_and_status(world, "Shah")
    student = world.students["Abara"].pk
    for person, sees in (
        ("whitfield", False),
        ("okafor", True),
        ("reyes", True),
        ("park", False),
        ("lindqvist", False),
    ):
        scope = world.scope(person)
        assert bool(why_can_view(scope, link.guardian)) is sees
        assert guardians_of(scope, student) == ([link] if sees else [])
        assert compliance_on(scope, [student], TODAY) == ({student: False} if sees else {})
        assert bool(why_can_view(scope, status)) is sees
    assert [each.guardian for each in guardians_of(world.scope("lindqvist"), shah[1].student_id)] == [shah[0].guardian]


def test_a_teacher_sees_the_students_of_the_own_classes_and_no_others(world: World) -> None:
    seen = {student.family_name for student in visible_to(world.scope("park"), Student)}
    assert seen == {"Shah"}


def test_a_school_administrator_sees_the_own_school_alone(world: World) -> None:
    assert list(visible_to(world.scope("okafor"), School)) == [world.lincoln]
    assert why_can_view(world.scope("okafor"), world.students["Shah"]) is None


def test_a_kind_that_no_rule_knows_is_an_error_and_not_an_empty_page(world: World) -> None:
    with pytest.raises(TypeError):
        visible_to(world.scope("reyes"), Term)
