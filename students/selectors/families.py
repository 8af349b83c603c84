"""Whose children an account opens (RD-62): asked anew each time, from the links of the day.

Families have no role, so `visible_to` opens nothing to them: the pages of staff do not exist for a parent. Whoever
builds a page for families begins here.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from students.access import Scope
from students.models import FamilyAccount, GuardianLink, Student
from students.refusals import NotInScope
from students.rules.majority import born_by


def children_of(scope: Scope) -> QuerySet[Student]:
    """The students whose records somebody may see today as their guardian, or as the student in person.

    A guardian: by a link that holds today with the right to see, until the student is 18. The student: from that day
    on, or where nobody on record answers for her or him.
    """
    accounts = FamilyAccount.objects.filter(user=scope.user_id, ended_at__isnull=True)
    lawful = GuardianLink.objects.holding_on(scope.today).filter(may_access=True)
    mine = lawful.filter(guardian__in=accounts.values("guardian_id"), student=OuterRef("pk"))
    of_age = Q(birth_date__lte=born_by(scope.today))
    minor = Q(birth_date__isnull=True) | ~of_age
    in_person = Q(pk__in=accounts.values("student_id"))
    alone = ~Exists(GuardianLink.objects.holding_on(scope.today).filter(student=OuterRef("pk")))
    return Student.objects.filter((Q(Exists(mine)) & minor) | (in_person & (of_age | alone)))


def own_child(scope: Scope, student_id: int) -> Student:
    """One of them. Raises NotInScope for everybody else's child, and for one whose rights have passed on."""
    child = children_of(scope).filter(pk=student_id).first()
    if child is None:
        raise NotInScope
    return child
