"""The office invites families: a letter shown once, a mail, or a whole school's letters; and ends an account."""

import re
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from students.models import FamilyAccount, Guardian, GuardianLink, Invitation, Student, User
from students.refusals import NotInScope, Refused
from students.selectors.invitable import Group, guardians_without_account
from students.services import inviting
from students.services.inviting import letter_for_guardian, letters_for, mail_invitation
from students.services.joining import join
from students.services.signing_up import SignUp, sign_up
from tests.attendance.pages.visitors import client_of
from tests.families import family_of, guardian_of
from tests.world import NOW, TODAY, World


@pytest.fixture
def mother(world: World) -> Guardian:
    found = guardian_of(world, "Ana", "Abara")
    found.email, found.language = "ana@family.example", "es"
    found.save()
    return found


def page(world: World, who: str = "okafor", student: str = "Abara") -> str:
    return client_of(world, who).get(reverse("student_families", args=[world.students[student].pk])).content.decode()


def invite(client: Client, world: World, guardian: Guardian | None, by: str = "letter", student: str = "Abara"):
    form = {"by": by} | ({"guardian": guardian.pk} if guardian else {})
    return client.post(reverse("invite_family", args=[world.students[student].pk]), form)


def test_a_letter_in_the_guardians_language_is_shown_once_and_names_no_student(world: World, mother: Guardian) -> None:
    answer = invite(client_of(world, "okafor"), world, mother)
    letter = answer.content.decode().split("<article", 1)[1]
    assert 'lang="es"' in letter
    assert "Ana Family" in letter
    assert "25 de noviembre de 2020" in letter
    assert reverse("join") in letter
    assert "Abara" not in letter
    [code] = re.findall(r'letter-code">([0-9A-Z-]{14})<', letter)
    assert code not in page(world)
    assert "no-store" in answer.headers["Cache-Control"]
    account = sign_up(world.installation, SignUp(code, "a@b.example", "tardy slips", "es"))
    assert account.guardian_id == mother.pk
    assert "letter made by Grace Okafor" in page(world)
    assert "Has an account" in page(world)


def test_an_invitation_by_mail_proves_the_address_and_is_not_made_when_it_cannot_be_sent(
    world: World, mother: Guardian, settings
) -> None:
    client, before = client_of(world, "okafor"), settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.students.families.test_own_account.Away"
    invite(client, world, mother, "mail")
    assert not Invitation.objects.exists()
    settings.EMAIL_BACKEND = before
    invite(client, world, mother, "mail")
    [sent] = mail.outbox
    assert (sent.to, "Abara" in sent.body) == (["ana@family.example"], False)
    assert sent.subject == "Su invitación a las páginas de asistencia de la escuela"
    [code] = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", sent.body)
    sign_up(world.installation, SignUp(code, "Ana@family.example", "tardy slips", "es"))
    joined = User.objects.get(username="family:ana@family.example")
    assert (joined.email, joined.new_email) == ("ana@family.example", "")


def test_nobody_is_written_to_who_may_not_be_told_of_the_student(world: World, mother: Guardian) -> None:
    office, student = world.scope("okafor"), world.students["Abara"].pk
    GuardianLink.objects.update(may_contact=False)
    assert "Send by e-mail" not in page(world)
    with pytest.raises(Refused, match="does not write"):
        mail_invitation(office, student, mother.pk, send=lambda to, letter: None)
    GuardianLink.objects.update(may_contact=True, may_access=False)
    assert "sees no records" in page(world)
    with pytest.raises(Refused, match="no right to see"):
        letter_for_guardian(office, student, mother.pk)
    Guardian.objects.update(email="")
    with pytest.raises(Refused, match="No e-mail address"):
        mail_invitation(office, student, mother.pk, send=lambda to, letter: None)


def test_a_student_of_18_is_invited_in_person_and_the_guardian_no_longer(world: World, mother: Guardian) -> None:
    assert "the student</span>" not in page(world)
    Student.objects.filter(family_name="Abara").update(birth_date=date(2002, 10, 27))
    assert "the student is 18" in page(world)
    letter = invite(client_of(world, "okafor"), world, None).content.decode()
    assert "See your school attendance" in letter
    assert Invitation.objects.get().student == world.students["Abara"]


@pytest.mark.parametrize("who", ["whitfield", "osei", "lindqvist", "novak", "dupree", "hale"])
def test_the_page_and_its_acts_are_of_the_office_of_the_students_school(
    world: World, mother: Guardian, who: str
) -> None:
    client, student = client_of(world, who), world.students["Abara"].pk
    assert client.get(reverse("student_families", args=[student])).status_code == HTTPStatus.NOT_FOUND
    assert invite(client, world, mother).status_code == HTTPStatus.NOT_FOUND
    assert invite(client, world, None).status_code == HTTPStatus.NOT_FOUND
    assert client.post(reverse("invitations"), {"school": world.lincoln.pk}).status_code == HTTPStatus.NOT_FOUND
    with pytest.raises(NotInScope):
        letters_for(world.scope(who), Group(world.lincoln.pk))
    assert not Invitation.objects.exists()


def test_a_guardian_of_another_child_is_not_invited_through_this_one(world: World, mother: Guardian) -> None:
    assert invite(client_of(world, "okafor"), world, mother, student="Grant").status_code == HTTPStatus.NOT_FOUND


def test_the_office_ends_an_account_and_the_page_says_who_and_when(world: World) -> None:
    scope = family_of(world, "Ana", "Abara")
    held, client = FamilyAccount.objects.get(user=scope.user_id), client_of(world, "okafor")
    address = reverse("end_family_account", args=[world.students["Abara"].pk, held.pk])
    assert client_of(world, "lindqvist").post(address).status_code == HTTPStatus.NOT_FOUND
    assert client.post(address).status_code == HTTPStatus.FOUND
    held.refresh_from_db()
    assert (held.ended_at, held.ended_by) == (NOW, world.users["okafor"])
    assert "ended by Grace Okafor" in page(world)


def test_the_page_asks_the_same_number_of_questions_however_many_guardians(
    world: World, django_assert_num_queries
) -> None:
    client, address = client_of(world, "okafor"), reverse("student_families", args=[world.students["Abara"].pk])
    guardian_of(world, "G0", "Abara")
    client.get(address)
    with django_assert_num_queries(8) as asked:
        client.get(address)
    for number in range(1, 6):
        guardian_of(world, f"G{number}", "Abara")
    with django_assert_num_queries(len(asked.captured_queries)):
        client.get(address)


def test_a_whole_school_is_invited_at_once_a_letter_for_each_guardian_without_account(world: World) -> None:
    office = world.scope("okafor")
    family_of(world, "Joined", "Abara")
    one, two = guardian_of(world, "One", "Abara", "Grant"), guardian_of(world, "Two", "Grant", may_contact=False)
    guardian_of(world, "NoAccess", "Grant", may_access=False)
    guardian_of(world, "Elsewhere", "Shah")
    guardian_of(world, "Past", "Grant", ends_on=TODAY - timedelta(days=1))
    group = Group(world.lincoln.pk)
    first = letters_for(office, group)
    assert [letter.name for letter in first] == ["One Family", "Two Family"]
    assert len({letter.code for letter in first}) == 2
    with pytest.raises(Refused, match="nobody to invite"):
        letters_for(office, group)
    again = letters_for(office, Group(world.lincoln.pk, again=True))
    with pytest.raises(Refused, match="cannot be used"):
        join(world.scope("novak"), first[0].code)
    assert join(world.scope("novak"), again[0].code).guardian == one
    assert set(guardians_without_account(office, Group(world.lincoln.pk, again=True))) == {two}


def test_a_grade_or_a_class_narrows_the_letters_and_too_many_are_refused(
    world: World, mother: Guardian, monkeypatch
) -> None:
    office, lincoln = world.scope("okafor"), world.lincoln.pk
    assert guardians_without_account(office, Group(lincoln, grade="10")).count() == 0
    assert guardians_without_account(office, Group(lincoln, grade="09")).count() == 1
    assert guardians_without_account(office, Group(lincoln, section_id=world.sections["1"].pk)).count() == 1
    assert guardians_without_account(office, Group(lincoln, section_id=world.sections["W1"].pk)).count() == 0
    monkeypatch.setattr(inviting, "MOST_LETTERS", 0)
    with pytest.raises(Refused, match="choose a grade"):
        letters_for(office, Group(lincoln))


def test_the_page_of_many_says_how_many_letters_and_prints_them(world: World, mother: Guardian) -> None:
    client = client_of(world, "okafor")
    shown = client.get(reverse("invitations")).content.decode()
    assert "1 guardian has no account." in shown
    form = {"school": world.lincoln.pk, "grade": "09", "section": "", "again": ""}
    letter = client.post(reverse("invitations"), form).content.decode()
    assert "Ana Family" in letter
    assert client.post(reverse("invitations"), form).status_code == HTTPStatus.FOUND
    assert "Nobody to invite" in client.get(reverse("invitations")).content.decode()
    assert client.get(reverse("invitations"), {"school": world.washington.pk}).status_code == HTTPStatus.NOT_FOUND
