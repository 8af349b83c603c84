"""Who of a student's family has joined, for the office that invites them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from students.access import Scope
from students.models import Enrollment, FamilyAccount, Guardian, GuardianLink, Invitation, Student
from students.refusals import NotInScope
from students.rules.majority import is_of_age
from students.rules.rights import Right

Row = TypeVar("Row", Invitation, FamilyAccount)


@dataclass(frozen=True)
class Event:
    """Something that was done: made, mailed, joined or ended, by whom and when."""

    what: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Door:
    """One person's way in: a guardian's, or the student's own where `guardian_id` is None.

    `why_not` says why nobody invites them today; `waits_until` is the last day of a code that nobody used.
    """

    guardian_id: int | None
    name: str
    relationship: str
    email: str
    language: str
    why_not: str
    may_mail: bool
    account_id: int | None
    waits_until: datetime | None
    events: Sequence[Event]

    @property
    def is_joined(self) -> bool:
        """Whether an account stands."""
        return self.account_id is not None


@dataclass(frozen=True)
class FamilyAccess:
    """A student, and everybody who may have a way in to the student's records."""

    student: Student
    doors: Sequence[Door]


def family_access(scope: Scope, student_id: int) -> FamilyAccess:
    """The doors of a student; the same number of statements however many. Raises NotInScope for all but the office."""
    held = Enrollment.attending_on(scope.today).filter(student=student_id).select_related("student")
    mine = [each.student for each in held if scope.may(Right.OFFICE, each.school_id)]
    if not mine:
        raise NotInScope
    student = mine[0]
    links = GuardianLink.objects.holding_on(scope.today).filter(student=student).select_related("guardian")
    ordered = sorted(links, key=lambda link: (link.contact_order is None, link.contact_order or 0, link.pk))
    doors = _doors(scope, student, ordered)
    return FamilyAccess(student, doors)


def _doors(scope: Scope, student: Student, links: Sequence[GuardianLink]) -> list[Door]:
    whom = Q(guardian__in=[link.guardian_id for link in links]) | Q(student=student)
    invitations = _by_person(Invitation.objects.filter(whom).select_related("made_by"))
    accounts = _by_person(FamilyAccount.objects.filter(whom).select_related("user", "ended_by"))
    of_age = is_of_age(student.birth_date, scope.today)
    doors = [
        _door(scope, link.guardian, link, invitations[link.guardian_id], accounts[link.guardian_id], of_age)
        for link in links
    ]
    if of_age or not links or accounts[None]:
        doors.insert(0, _own_door(scope, student, invitations[None], accounts[None], of_age or not links))
    return doors


def _by_person(rows: QuerySet[Row]) -> Mapping[int | None, list[Row]]:
    found: dict[int | None, list[Row]] = defaultdict(list)
    for each in rows.order_by("pk"):
        found[each.guardian_id].append(each)
    return found


def _door(
    scope: Scope,
    guardian: Guardian,
    link: GuardianLink,
    invitations: Sequence[Invitation],
    accounts: Sequence[FamilyAccount],
    of_age: bool,
) -> Door:
    why_not = "sees no records" if not link.may_access else "the student is 18" if of_age else ""
    return Door(
        guardian.pk,
        str(guardian),
        link.relationship,
        guardian.email,
        guardian.language,
        why_not,
        bool(guardian.email) and link.may_contact,
        _standing(accounts),
        _waits_until(scope, invitations),
        _events(invitations, accounts),
    )


def _own_door(
    scope: Scope,
    student: Student,
    invitations: Sequence[Invitation],
    accounts: Sequence[FamilyAccount],
    is_open: bool,
) -> Door:
    why_not = "" if is_open else "a guardian answers for the student"
    name, standing = f"{student.given_name} {student.family_name}", _standing(accounts)
    waits = _waits_until(scope, invitations)
    return Door(None, name, "", "", "", why_not, False, standing, waits, _events(invitations, accounts))


def _standing(accounts: Sequence[FamilyAccount]) -> int | None:
    return next((each.pk for each in accounts if each.ended_at is None), None)


def _waits_until(scope: Scope, invitations: Sequence[Invitation]) -> datetime | None:
    open_ones = (each for each in invitations if not each.used_at and not each.withdrawn_at)
    return next((each.expires_at for each in open_ones if each.expires_at > scope.now), None)


def _events(invitations: Sequence[Invitation], accounts: Sequence[FamilyAccount]) -> list[Event]:
    events = [Event("mailed" if each.sent_to else "printed", each.made_at, str(each.made_by)) for each in invitations]
    events += [Event("joined", each.joined_at, str(each.user)) for each in accounts]
    events += [Event("ended", each.ended_at, str(each.ended_by)) for each in accounts if each.ended_at]
    return sorted(events, key=lambda event: event.at, reverse=True)
