"""Whom a school may invite at once: the guardians of its students who have no account."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from students.access import Scope
from students.models import (
    Enrollment,
    FamilyAccount,
    Guardian,
    GuardianLink,
    Invitation,
    School,
    Section,
    SectionEnrollment,
)
from students.refusals import NotInScope
from students.rules.majority import born_by
from students.rules.rights import Right
from students.selectors.places import schools_with_right


@dataclass(frozen=True)
class Group:
    """Whose guardians: of a school, narrowed to a grade or a class; `again` those too whose letter is still good."""

    school_id: int
    grade: str = ""
    section_id: int | None = None
    again: bool = False


@dataclass(frozen=True)
class InvitationPage:
    """The schools, grades and classes to choose from, and how many letters the choice is."""

    schools: Sequence[School]
    school: School
    grades: Sequence[str]
    sections: Sequence[Section]
    group: Group
    letters: int
    waiting: int


def invitation_page(scope: Scope, group: Group | None) -> InvitationPage:
    """What the page shows; without a group, of the first school whose office somebody keeps. Raises NotInScope."""
    schools = list(schools_with_right(scope, Right.OFFICE))
    school = next((each for each in schools if group is None or each.pk == group.school_id), None)
    if school is None:
        raise NotInScope
    group = group or Group(school.pk)
    grades = Enrollment.attending_on(scope.today).filter(school=school).exclude(grade="").order_by("grade")
    everybody = Group(group.school_id, group.grade, group.section_id, again=True)
    every, new = guardians_without_account(scope, everybody).count(), guardians_without_account(scope, group).count()
    return InvitationPage(
        schools=schools,
        school=school,
        grades=list(grades.values_list("grade", flat=True).distinct()),
        sections=list(Section.objects.filter(school=school).order_by("title", "pk")),
        group=group,
        letters=new,
        waiting=every - new,
    )


def guardians_without_account(scope: Scope, group: Group) -> QuerySet[Guardian]:
    """By name, those with the right to see records of a student of the group who is not 18. Raises NotInScope."""
    if not scope.may(Right.OFFICE, group.school_id):
        raise NotInScope
    standing = FamilyAccount.objects.filter(guardian=OuterRef("pk"), ended_at__isnull=True)
    lawful = GuardianLink.objects.holding_on(scope.today).filter(
        ~Q(student__birth_date__lte=born_by(scope.today)) | Q(student__birth_date__isnull=True),
        guardian=OuterRef("pk"),
        may_access=True,
        student__in=_students(scope, group),
    )
    found = Guardian.objects.filter(Exists(lawful)).exclude(Exists(standing))
    if not group.again:
        found = found.exclude(Exists(_good_letters(scope)))
    return found.order_by("family_name", "given_name", "pk")


def _good_letters(scope: Scope) -> QuerySet[Invitation]:
    unused = Invitation.objects.filter(guardian=OuterRef("pk"), used_at__isnull=True, withdrawn_at__isnull=True)
    return unused.filter(expires_at__gt=scope.now)


def _students(scope: Scope, group: Group) -> QuerySet:
    held = Enrollment.attending_on(scope.today).filter(school=group.school_id)
    if group.grade:
        held = held.filter(grade=group.grade)
    if group.section_id:
        places = SectionEnrollment.objects.holding_on(scope.today).filter(section=group.section_id)
        held = held.filter(student__in=places.values("student_id"))
    return held.values("student_id")
