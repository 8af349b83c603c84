"""The families of the demo who have joined the portal: one in each language, and a student who answers for himself.

All others have a code to come: the office makes it on the student's page.
"""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from attendance.demo.cast import HIGH, PASSWORD
from attendance.demo.guardians import UNACCOMPANIED, households
from attendance.demo.people import pupils
from students.access import Scope, scope_of
from students.models import Guardian, RoleAssignment, Student, User
from students.services.joining import invite_guardian, invite_student, join

# Of a student's family, by the student's place in the list: the adult who is called first joins.
NAOMIE, WADE, ZARIA, MAKAYLA = 1, 6, 29, 456


@dataclass(frozen=True)
class Family:
    """An account of a family, whose it is (the student's place in the list), and what is worth looking at first."""

    username: str
    pupil: int
    language: str
    look_first: str
    is_student: bool = False

    @property
    def email(self) -> str:
        """Where messages go."""
        return f"{self.username}@families.example"


FAMILIES = [
    Family(
        "hollis",
        WADE,
        "English",
        "Wade's mother: today as it is taken; under Absences the clinic's paper that the school is looking at.",
    ),
    Family(
        "john",
        ZARIA,
        "English",
        "Zaria's mother: she works online on Tuesdays and Thursdays; today's page has when she was there this morning.",
    ),
    Family(
        "pena",
        MAKAYLA,
        "Spanish",
        "Two children in two schools, both in live classes online; Notes, where the office has answered.",
    ),
    Family(
        "baptiste",
        NAOMIE,
        "Haitian Creole",
        "Naomie's mother: five absences, and under Absences what her own note lacks to excuse one (MS-34).",
    ),
    Family(
        "toney",
        UNACCOMPANIED,
        "English",
        "A student without a guardian, who sees for himself what a parent would see.",
        is_student=True,
    ),
]


def let_families_join(scope: Scope) -> None:
    """Invite them, and let each join by the code, as in life."""
    head = RoleAssignment.objects.filter(role="school_administrator", school__source_id=HIGH).earliest("pk")
    office = scope_of(head.user, scope.now)
    password = make_password(PASSWORD)
    for family in FAMILIES:
        _join(scope, office, family, password)


def _join(scope: Scope, office: Scope, family: Family, password: str) -> None:
    whom: Student | Guardian
    if family.is_student:
        whom = Student.objects.get(source_id=pupils()[family.pupil].source_id)
        invited = invite_student(office, whom.pk)
    else:
        whom = Guardian.objects.get(source_id=_called_first(family.pupil))
        invited = invite_guardian(office, whom.pk)
    user = User.objects.create(
        username=family.username,
        email=family.email,
        given_name=whom.given_name,
        family_name=whom.family_name,
        password=password,
    )
    join(scope_of(user, scope.now), invited.code)


def _called_first(pupil: int) -> str:
    return next(
        household.guardians[0].source_id
        for household in households()
        if pupil in {child.number for child in household.children}
    )
