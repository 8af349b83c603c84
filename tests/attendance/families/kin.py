"""Families of the cast, said shortly: who is whose parent, and what they tell the school."""

from datetime import date
from uuid import UUID, uuid4

from attendance.models import AbsenceReport
from attendance.services.absence_reports import Absence, report_absence
from attendance.services.document_intake import Upload
from students.models import FamilyAccount, Guardian, GuardianLink, Invitation, User
from tests.world import NOW, TODAY, YEAR_STARTS, World, add_person, at


def parent(world: World, given: str, *names: str, language: str = "en", **facts: object) -> User:
    """A guardian of children of the cast who has joined, under the given name in small letters."""
    guardian = Guardian.objects.create(source_id=given, given_name=given, family_name="Family", language=language)
    for name in names:
        link = {"starts_on": YEAR_STARTS, "may_access": True, "may_contact": True} | facts
        GuardianLink.objects.create(guardian=guardian, student=world.students[name], **link)
    user = add_person(world, given.lower(), given, "Family")
    _join(world, user, guardian=guardian)
    return user


def in_person(world: World, name: str, born: date = date(2002, 10, 27)) -> User:
    """A student who is of age and has joined, under the family name in small letters."""
    student = world.students[name]
    student.birth_date = born
    student.save()
    user = add_person(world, name.lower(), student.given_name, name)
    _join(world, user, student=student)
    return user


def _join(world: World, user: User, **whom: object) -> FamilyAccount:
    made = {"code_hash": uuid4().hex, "made_by": world.users["okafor"], "made_at": NOW, "expires_at": at(23)}
    invitation = Invitation.objects.create(**made, **whom, used_at=NOW, used_by=user)
    return FamilyAccount.objects.create(user=user, invitation=invitation, joined_at=NOW, **whom)


def tell(
    world: World,
    who: str,
    name: str = "Abara",
    *,
    day: date = TODAY,
    last: date | None = None,
    reason: str = "illness",
    submission_id: UUID | None = None,
    uploads: tuple[Upload, ...] = (),
    now=NOW,
    **facts,
) -> AbsenceReport:
    """Somebody reports an absence at 10:00 of today."""
    absence = Absence(day, last or day, reason, **facts)
    student_id = world.students[name].pk
    scope = world.scope(who, now)
    return report_absence(scope, student_id, absence, submission_id=submission_id or uuid4(), uploads=uploads)
