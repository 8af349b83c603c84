"""Writes the invitations of families: a letter to print, a mail, or the letters of a whole school at once (RD-62).

A code stands in the letter alone: what is kept is its hash, so a letter is shown once, and mailed while it is made.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from students.access import Scope
from students.clock import local_date
from students.languages.offered import offered_or_english
from students.models import Enrollment, Guardian, GuardianLink, Invitation, School, Student, User
from students.refusals import NotInScope, Refused
from students.rules.invitation_codes import printed
from students.rules.rights import Right
from students.selectors.invitable import Group, guardians_without_account
from students.services.joining import Invited, invite_guardian, invite_student, new_invitation

# More letters than a printer takes at once, and than a browser shows at ease.
MOST_LETTERS = 1000


@dataclass(frozen=True)
class Letter:
    """What stands in an invitation: it names who is invited, and never a student beside a guardian."""

    name: str
    code: str
    language: str
    last_day: date
    school: str
    is_students_own: bool = False


def letter_for_guardian(scope: Scope, student_id: int, guardian_id: int) -> Letter:
    """Invite a guardian of a student, by a letter to print. Raises NotInScope or Refused."""
    school, guardian = _school_of(scope, student_id), _link(scope, student_id, guardian_id).guardian
    return _letter(scope, invite_guardian(scope, guardian_id), guardian, school)


def letter_for_student(scope: Scope, student_id: int) -> Letter:
    """Invite a student who is 18, or for whom nobody answers, by a letter to print. Raises NotInScope or Refused."""
    school, made = _school_of(scope, student_id), invite_student(scope, student_id)
    return _letter(scope, made, Student.objects.get(pk=student_id), school)


def mail_invitation(scope: Scope, student_id: int, guardian_id: int, *, send: Callable[[str, Letter], None]) -> None:
    """Invite a guardian by mail; `send` does it, with the address. What cannot be sent is not made.

    Raises NotInScope, or Refused: no address, nobody who may be told of the student, no right, an account already.
    """
    school, link = _school_of(scope, student_id), _link(scope, student_id, guardian_id)
    if not link.may_contact:
        raise Refused("The school does not write to this person about the student.")
    if not link.guardian.email:
        raise Refused("No e-mail address is known. Print a letter instead.")
    with transaction.atomic():
        made = invite_guardian(scope, guardian_id, sent_to=link.guardian.email)
        send(link.guardian.email, _letter(scope, made, link.guardian, school))


def letters_for(scope: Scope, group: Group) -> list[Letter]:
    """Invite every guardian of a group who has no account; codes that they were given before end.

    Raises NotInScope for a school whose office somebody else keeps, Refused for nobody, and for too many at once.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=scope.person)
        guardians = list(guardians_without_account(scope, group))
        if not guardians:
            raise Refused("There is nobody to invite: all have an account or a letter already.")
        if len(guardians) > MOST_LETTERS:
            raise Refused(f"These are {len(guardians):,} letters, and {MOST_LETTERS:,} is the most: choose a grade.")
        made = [new_invitation(scope, guardian_id=each.pk) for each in guardians]
        _withdraw_unused(scope, [each.pk for each in guardians])
        Invitation.objects.bulk_create(each.invitation for each in made)
    school = School.objects.get(pk=group.school_id)
    return [_letter(scope, each, guardian, school.name) for each, guardian in zip(made, guardians, strict=True)]


def _withdraw_unused(scope: Scope, guardian_ids: Collection[int]) -> None:
    unused = Invitation.objects.filter(guardian__in=guardian_ids, used_at__isnull=True, withdrawn_at__isnull=True)
    unused.update(withdrawn_at=scope.now)


def _letter(scope: Scope, made: Invited, whom: Guardian | Student, school: str) -> Letter:
    return Letter(
        name=f"{whom.given_name} {whom.family_name}".strip(),
        code=printed(made.code),
        language=offered_or_english(whom.language if isinstance(whom, Guardian) else None),
        # The last whole day: the hour at which it was made is nobody's to remember.
        last_day=local_date(made.invitation.expires_at, scope.zone) - timedelta(days=1),
        school=school,
        is_students_own=isinstance(whom, Student),
    )


def _link(scope: Scope, student_id: int, guardian_id: int) -> GuardianLink:
    links = GuardianLink.objects.holding_on(scope.today).filter(student=student_id, guardian=guardian_id)
    link = links.select_related("guardian").first()
    if link is None:
        raise NotInScope
    return link


def _school_of(scope: Scope, student_id: int) -> str:
    """The school whose office invites. Raises NotInScope where none of the student's is somebody's own."""
    held = Enrollment.attending_on(scope.today).filter(student=student_id).select_related("school")
    found = next((each.school.name for each in held if scope.may(Right.OFFICE, each.school_id)), None)
    if found is None:
        raise NotInScope
    return found
