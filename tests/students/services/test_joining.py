"""RD-62: families join by a code that is used once, and see exactly their children."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from students.access import Scope, registered_kinds, scope_of, visible_to
from students.models import Enrollment, FamilyAccount, Guardian, GuardianLink, Invitation, Student, User
from students.refusals import NotInScope, Refused
from students.rules.invitation_codes import printed
from students.selectors.families import children_of
from students.services.joining import CANNOT_BE_USED, LIVES, end_account, invite_guardian, invite_student, join
from tests.world import NOW, TODAY, YEAR_STARTS, World, add_person


def guardian(world: World, given: str, *names: str, **facts: object) -> Guardian:
    """A guardian of children of the cast, with the right to see unless said otherwise."""
    made = Guardian.objects.create(source_id=given, given_name=given, family_name="Family")
    for name in names:
        link = {"starts_on": YEAR_STARTS, "may_access": True, "may_contact": True} | facts
        GuardianLink.objects.create(guardian=made, student=world.students[name], **link)
    return made


def family(world: World, name: str) -> Scope:
    """Somebody without any role, signed in."""
    return scope_of(world.users.get(name) or add_person(world, name, name.title(), "Family"), NOW)


def joined(world: World, who: Guardian, name: str) -> Scope:
    scope = family(world, name)
    join(scope, invite_guardian(world.scope("okafor"), who.pk).code)
    return scope


def children(scope: Scope) -> set[str]:
    return set(children_of(scope).values_list("family_name", flat=True))


def test_RD62_two_families_in_two_schools_see_exactly_their_children(world: World) -> None:
    one = joined(world, guardian(world, "Ana", "Abara", "Shah"), "ana")
    two = joined(world, guardian(world, "Bo", "Grant"), "bo")
    assert (children(one), children(two), children(family(world, "nobody"))) == ({"Abara", "Shah"}, {"Grant"}, set())
    assert children(world.scope("okafor")) == set()


def test_RD62_a_family_has_no_part_in_anything_of_the_staff(world: World) -> None:
    scope = joined(world, guardian(world, "Ana", "Abara"), "ana")
    for kind in registered_kinds():
        found = visible_to(scope, kind)
        assert not found.exists(), kind


def test_RD62_custody_and_dates_are_honored_on_their_day(world: World) -> None:
    mother = guardian(world, "Ana", "Abara")
    scope = joined(world, mother, "ana")
    GuardianLink.objects.update(ends_on=TODAY)
    assert children(scope) == {"Abara"}
    GuardianLink.objects.update(ends_on=TODAY - timedelta(days=1))
    assert children(scope) == set()
    GuardianLink.objects.update(ends_on=None, may_access=False)
    assert children(scope) == set()


def test_RD62_at_18_the_rights_pass_to_the_student(world: World) -> None:
    scope = joined(world, guardian(world, "Ana", "Abara"), "ana")
    student = Student.objects.filter(family_name="Abara")
    own = family(world, "chidi")
    with pytest.raises(Refused, match="Until a student is 18"):
        invite_student(world.scope("okafor"), student.get().pk)
    student.update(birth_date=date(2002, 10, 28))
    assert children(scope) == {"Abara"}
    student.update(birth_date=date(2002, 10, 27))
    join(own, invite_student(world.scope("okafor"), student.get().pk).code)
    assert (children(scope), children(own)) == (set(), {"Abara"})
    with pytest.raises(Refused, match="no right to see"):
        invite_guardian(world.scope("okafor"), Guardian.objects.get().pk)


def test_RD62_a_student_without_a_guardian_has_an_account_until_somebody_answers(world: World) -> None:
    own = family(world, "chidi")
    join(own, invite_student(world.scope("okafor"), world.students["Abara"].pk).code)
    assert children(own) == {"Abara"}
    guardian(world, "Ana", "Abara")
    assert children(own) == set()


def test_a_code_is_used_once_and_by_its_user_again_without_harm(world: World) -> None:
    code = invite_guardian(world.scope("okafor"), guardian(world, "Ana", "Abara").pk).code
    first = join(family(world, "ana"), printed(code).lower())
    assert join(family(world, "ana"), code) == first
    with pytest.raises(Refused, match="cannot be used"):
        join(family(world, "mallory"), code)
    assert FamilyAccount.objects.count() == 1


@pytest.mark.parametrize(("later", "works"), [(LIVES - timedelta(seconds=1), True), (LIVES, False)])
def test_a_code_expires(world: World, later: timedelta, works: bool) -> None:
    code = invite_guardian(world.scope("okafor"), guardian(world, "Ana", "Abara").pk).code
    scope = scope_of(add_person(world, "ana", "Ana", "Family"), NOW + later)
    if works:
        join(scope, code)
    else:
        with pytest.raises(Refused, match="cannot be used"):
            join(scope, code)
    assert FamilyAccount.objects.exists() is works


def test_whatever_is_wrong_with_a_code_is_said_in_the_same_words(world: World) -> None:
    office, who = world.scope("okafor"), guardian(world, "Ana", "Abara")
    replaced = invite_guardian(office, who.pk).code
    invite_guardian(office, who.pk)
    for typed in ("", "no code at all", "0000-0000-0000", replaced):
        with pytest.raises(Refused) as refused:
            join(family(world, "mallory"), typed)
        assert str(refused.value) == CANNOT_BE_USED
    assert not FamilyAccount.objects.exists()


def test_the_table_tells_no_code(world: World) -> None:
    made = invite_guardian(world.scope("okafor"), guardian(world, "Ana", "Abara").pk)
    assert made.code not in str(vars(made.invitation))
    assert len(made.code) == 12


def test_the_office_of_a_childs_school_invites_and_nobody_else(world: World) -> None:
    who = guardian(world, "Ana", "Abara")
    for name in ("whitfield", "osei", "lindqvist", "novak", "dupree", "hale"):
        with pytest.raises(NotInScope):
            invite_guardian(world.scope(name), who.pk)
    stranger = guardian(world, "Cy", "Grant", may_access=False)
    with pytest.raises(Refused, match="no right to see"):
        invite_guardian(world.scope("okafor"), stranger.pk)
    Enrollment.objects.filter(student=world.students["Abara"]).update(ends_on=TODAY - timedelta(days=1))
    with pytest.raises(NotInScope):
        invite_guardian(world.scope("okafor"), who.pk)


def test_an_account_is_not_made_twice_and_can_be_ended_and_joined_again(world: World) -> None:
    office, who = world.scope("okafor"), guardian(world, "Ana", "Abara")
    scope = joined(world, who, "ana")
    with pytest.raises(Refused, match="account already"):
        invite_guardian(office, who.pk)
    held = FamilyAccount.objects.get()
    with pytest.raises(NotInScope):
        end_account(world.scope("lindqvist"), held.pk)
    assert end_account(office, held.pk).ended_at == end_account(office, held.pk).ended_at == NOW
    assert children(scope) == set()
    assert children(joined(world, who, "bo")) == {"Abara"}


def test_one_code_used_by_two_at_once_opens_one_account(committed_world: World) -> None:
    world = committed_world
    code = invite_guardian(world.scope("okafor"), guardian(world, "Ana", "Abara").pk).code
    scopes = [family(world, name) for name in ("ana", "mallory")]
    start, refused = Barrier(2), []

    def use(scope: Scope) -> None:
        start.wait()
        try:
            join(scope, code)
        except Refused as refusal:
            refused.append(str(refusal))
        connection.close()

    threads = [Thread(target=use, args=[scope]) for scope in scopes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (FamilyAccount.objects.count(), refused) == (1, [CANNOT_BE_USED])
    assert Invitation.objects.filter(used_at__isnull=False).count() == 1
    assert User.objects.filter(family__isnull=False).count() == 1
