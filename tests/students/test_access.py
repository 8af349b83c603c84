"""Who may see whom: both forms of every permission, over two schools, for everybody and every kind of record."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Model

from attendance.access import markable
from attendance.models import ClassMeeting, Document, Excuse
from attendance.services.excuses import enter_excuse
from reporting.models import MonthRun
from students.access import registered_kinds, visible_to, why_can_view
from students.models import (
    AccessGrant,
    Guardian,
    GuardianLink,
    Immunization,
    Role,
    RoleAssignment,
    School,
    Section,
    Student,
    Term,
    User,
)
from students.refusals import Forbidden
from students.selectors.guardians import guardians_of
from students.selectors.immunizations import compliance_on
from tests.attendance.acts import upload
from tests.world import NOW, TODAY, World, add_person, give_role

# Beside the cast: a role held in the other way than the cast's, and people without any.
BESIDE = {
    "fischer": ("counselor", None),
    "lindgren": ("auditor", "washington"),
    "stone": ("outreach", "lincoln"),
    "knox": ("outreach", None),
    "reed": (None, None),
}

# L: of Lincoln, W: of Washington; a small letter where it is for reading alone, a capital one where the act that
# belongs to the record is allowed: marking a class, entering an excuse, building a month. A: every account and role.
TABLE = """
who        as                      school  class  student  meeting  month  contact  immunized  excuse  document  account
whitfield  teacher                 l.      l.     l.       L.       ..     ..       ..         ..      ..        .
okafor     school_administrator    l.      l.     L.       L.       L.     l.       l.         l.      l.        .
reyes      district_administrator  lw      lw     LW       LW       LW     lw       lw         lw      lw        A
mayfield   clerk                   l.      l.     L.       L.       ..     l.       l.         l.      l.        .
osei       counselor               l.      l.     l.       l.       ..     l.       ..         ..      ..        .
tran       nurse                   l.      l.     l.       l.       ..     l.       l.         l.      l.        .
dupree     outreach                ..      ..     ..       ..       ..     ..       ..         ..      ..        .
hale       auditor                 lw      lw     lw       lw       lw     ..       lw         lw      lw        .
novak      system_administrator    ..      ..     ..       ..       ..     ..       ..         ..      ..        A
park       teacher                 .w      .w     .w       .W       ..     ..       ..         ..      ..        .
lindqvist  school_administrator    .w      .w     .W       .W       .W     .w       .w         .w      .w        .
fischer    counselor               lw      lw     lw       lw       ..     lw       ..         ..      ..        .
lindgren   auditor                 .w      .w     .w       .w       .w     ..       .w         .w      .w        .
stone      outreach                ..      ..     ..       ..       ..     ..       ..         ..      ..        .
knox       outreach                ..      ..     l.       ..       ..     l.       ..         ..      ..        .
reed       nobody                  ..      ..     ..       ..       ..     ..       ..         ..      ..        .
"""


@pytest.fixture
def crowd(opened_world: World) -> World:
    """The world with meetings, a month of each school, and people of every role in every place."""
    world = opened_world
    for person, (role, school) in BESIDE.items():
        add_person(world, person, "Pat", person.title())
        if role:
            ends = TODAY if role == Role.AUDITOR else None
            give_role(world, person, role, getattr(world, school) if school else None, ends_on=ends)
    for school in (world.lincoln, world.washington):
        MonthRun.objects.create(
            school=school, school_year=world.year, month=2, starts_on=TODAY, ends_on=TODAY, submission_id=uuid4(),
            requested_at=world.installation.now, days_total=1,
        )  # fmt: skip
    for name in ("Abara", "Shah"):
        contact_and_status(world, name)
        documented_excuse(world, name)
    grant(world, "knox", "Abara").save()
    return world


def test_the_whole_table_of_people_and_records(crowd: World) -> None:
    printed = "\n".join(table(crowd))
    print(printed)  # noqa: T201 - pytest shows it with -s
    assert printed == TABLE.strip()


def test_the_filter_and_the_reason_agree_on_every_record(crowd: World) -> None:
    kinds = registered_kinds()
    assert {Guardian, User, RoleAssignment, *(kind for _, kind, _ in COLUMNS)} <= set(kinds)
    for person in crowd.users:
        scope = crowd.scope(person)
        for kind in kinds:
            visible = set(visible_to(scope, kind))
            assert visible == {record for record in kind._base_manager.all() if why_can_view(scope, record)}, (
                person,
                kind,
            )


def table(world: World) -> Iterator[str]:
    """The table, as it stands above."""
    yield f"who        as                      {''.join(f'{name:<{width}}' for name, _, width in COLUMNS)}account"
    for person in TABLE.split("\n")[2:-1]:
        name = person.split()[0]
        scope = world.scope(name)
        role = next(iter(scope.roles)).role if scope.roles else "nobody"
        account = "A" if visible_to(scope, User).count() == User.objects.count() else "."
        row = "".join(f"{letters(world, name, kind):<{width}}" for _, kind, width in COLUMNS)
        yield f"{name:<11}{role:<24}{row}{account}"


def letters(world: World, person: str, kind: type[Model]) -> str:
    scope = world.scope(person)
    seen = {school_of(record) for record in visible_to(scope, kind)}
    acts = ACTS.get(kind, lambda world, person, school: False)
    return "".join(
        (letter.upper() if acts(world, person, school) else letter) if school.pk in seen else "."
        for letter, school in (("l", world.lincoln), ("w", world.washington))
    )


def school_of(record: Any) -> int:
    if isinstance(record, School):
        return record.pk
    if isinstance(record, Document):
        record = record.excuse
    if isinstance(record, GuardianLink | Immunization | Excuse):
        record = record.student
    return record.enrollments.get().school_id if isinstance(record, Student) else record.school_id


def may_mark(world: World, person: str, school: School) -> bool:
    return markable(world.scope(person)).filter(school=school).exists()


def may_excuse(world: World, person: str, school: School) -> bool:
    return world.scope(person).keeps_office(school.pk)


def may_build(world: World, person: str, school: School) -> bool:
    return world.scope(person).administers(school.pk)


COLUMNS: list[tuple[str, type[Model], int]] = [
    ("school", School, 8),
    ("class", Section, 7),
    ("student", Student, 9),
    ("meeting", ClassMeeting, 9),
    ("month", MonthRun, 7),
    ("contact", GuardianLink, 9),
    ("immunized", Immunization, 11),
    ("excuse", Excuse, 8),
    ("document", Document, 10),
]
ACTS: dict[type[Model], Callable[[World, str, School], bool]] = {
    ClassMeeting: may_mark,
    Student: may_excuse,
    MonthRun: may_build,
}


def contact_and_status(world: World, name: str) -> tuple[GuardianLink, Immunization]:
    student = world.students[name]
    mother = Guardian.objects.create(source_id=f"g-{name}", given_name="Ana", family_name=name)
    status = Immunization.objects.create(student=student, is_compliant=False, starts_on=TODAY)
    link = GuardianLink.objects.create(guardian=mother, student=student, starts_on=TODAY, may_contact=True)
    return link, status


def grant(world: World, person: str, student: str, **given: Any) -> AccessGrant:
    """Access to one student for somebody, from today on."""
    facts = {"reason": "outreach", "given_by": world.users["reyes"], "given_at": NOW, "starts_on": TODAY}
    return AccessGrant(**facts | {"user": world.users[person], "student": world.students[student]} | given)


def documented_excuse(world: World, name: str) -> Excuse:
    """Mr. Reyes enters an excuse for today, with the doctor's letter on file."""
    return enter_excuse(
        world.scope("reyes"), world.students[name].pk, submission_id=uuid4(), starts_on=TODAY, ends_on=TODAY,
        reason="illness", document_kind="medical", uploads=[upload()],
    )  # fmt: skip


def test_RD60_contacts_and_immunization_are_for_those_who_need_them_and_teachers_least(world: World) -> None:
    (link, status), shah = contact_and_status(world, "Abara"), contact_and_status(world, "Shah")
    student = world.students["Abara"].pk
    for person, calls, knows in (
        ("whitfield", False, False),
        ("okafor", True, True),
        ("reyes", True, True),
        ("mayfield", True, True),
        ("osei", True, False),
        ("tran", True, True),
        ("hale", False, True),
        ("park", False, False),
        ("lindqvist", False, False),
    ):
        scope = world.scope(person)
        assert bool(why_can_view(scope, link.guardian)) is calls
        assert guardians_of(scope, student) == ([link] if calls else [])
        assert compliance_on(scope, [student], TODAY) == ({student: False} if knows else {})
        assert bool(why_can_view(scope, status)) is knows
    assert [each.guardian for each in guardians_of(world.scope("lindqvist"), shah[1].student_id)] == [shah[0].guardian]


def test_a_teacher_sees_the_students_of_the_own_classes_and_no_others(world: World) -> None:
    seen = {student.family_name for student in visible_to(world.scope("park"), Student)}
    assert seen == {"Shah"}


def test_a_school_administrator_sees_the_own_school_alone(world: World) -> None:
    assert list(visible_to(world.scope("okafor"), School)) == [world.lincoln]
    assert why_can_view(world.scope("okafor"), world.students["Shah"]) is None


@pytest.mark.parametrize(("days", "sees"), [(-1, False), (0, True), (1, True)])
def test_a_role_opens_its_school_through_its_last_day(world: World, days: int, sees: bool) -> None:
    RoleAssignment.objects.filter(user=world.users["tran"]).update(ends_on=TODAY + timedelta(days=days))
    assert visible_to(world.scope("tran"), Student).exists() is sees


@pytest.mark.parametrize(("days", "sees"), [(-1, True), (0, True), (1, False)])
def test_a_role_opens_its_school_from_its_first_day(world: World, days: int, sees: bool) -> None:
    RoleAssignment.objects.filter(user=world.users["tran"]).update(starts_on=TODAY + timedelta(days=days))
    assert visible_to(world.scope("tran"), Student).exists() is sees


@pytest.mark.parametrize(
    ("starts", "ends", "sees"), [(-5, -1, False), (-5, 0, True), (0, 0, True), (1, None, False), (0, None, True)]
)
def test_MD08_access_that_is_given_opens_the_student_through_its_last_day(
    world: World, starts: int, ends: int | None, sees: bool
) -> None:
    last = None if ends is None else TODAY + timedelta(days=ends)
    grant(world, "dupree", "Abara", starts_on=TODAY + timedelta(days=starts), ends_on=last).save()
    scope = world.scope("dupree")
    assert list(visible_to(scope, Student)) == ([world.students["Abara"]] if sees else [])
    assert why_can_view(scope, world.students["Abara"]) == ("the student is assigned to them" if sees else None)


def test_RD62_access_that_is_given_opens_those_alone_who_may_be_told(world: World) -> None:
    lawful, status = contact_and_status(world, "Abara")
    father = Guardian.objects.create(source_id="g-2", given_name="Obi", family_name="Abara")
    barred = GuardianLink.objects.create(guardian=father, student=lawful.student, starts_on=TODAY)
    aunt = Guardian.objects.create(source_id="g-3", given_name="Eze", family_name="Abara")
    until = {"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY - timedelta(days=1)}
    left = GuardianLink.objects.create(guardian=aunt, student=lawful.student, may_contact=True, **until)
    grant(world, "dupree", "Abara").save()
    scope = world.scope("dupree")
    assert guardians_of(scope, lawful.student_id) == [lawful]
    assert list(visible_to(scope, Guardian)) == [lawful.guardian]
    assert [why_can_view(scope, each) for each in (barred, father, left, status)] == [None] * 4


def test_a_scope_says_by_which_role_a_record_is_seen(world: World) -> None:
    lincoln, abara = world.lincoln, world.students["Abara"]
    assert why_can_view(world.scope("mayfield"), lincoln) == "attendance clerk of the school"
    assert why_can_view(world.scope("hale"), abara) == "auditor of the district"
    assert why_can_view(world.scope("tran"), abara) == "nurse of the school"
    assert why_can_view(world.scope("whitfield"), abara) == "teaches the student"


def test_somebody_with_two_roles_has_the_rights_of_both(world: World) -> None:
    give_role(world, "novak", Role.NURSE, world.washington)
    scope = world.scope("novak")
    assert scope.keeps_accounts
    assert list(visible_to(scope, Student)) == [world.students["Shah"]]


def test_a_scope_is_built_by_one_statement(world: World, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        scope = world.scope("reyes")
    assert (scope.zone, scope.year_starts_on) == ("America/Chicago", world.year.starts_on)


def test_where_there_is_no_district_yet_somebody_may_hold_a_role(db) -> None:
    from students.access import scope_of

    first = User.objects.create(username="first", given_name="Fay", family_name="First", password="!")
    RoleAssignment.objects.create(user=first, role=Role.DISTRICT_ADMINISTRATOR, starts_on=TODAY)
    scope = scope_of(first, NOW)
    assert scope.district_wide
    assert (scope.zone, scope.year_starts_on) == ("America/Chicago", TODAY)


def test_the_installation_signs_for_nothing(world: World) -> None:
    assert world.installation.district_wide
    with pytest.raises(Forbidden):
        _ = world.installation.person


def test_a_kind_that_no_rule_knows_is_an_error_and_not_an_empty_page(world: World) -> None:
    with pytest.raises(TypeError):
        visible_to(world.scope("reyes"), Term)
