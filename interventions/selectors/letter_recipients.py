"""To whom a letter about a student lawfully goes, on the day (RD-62)."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from students.access import Scope
from students.models import GuardianLink, Student
from students.rules.majority import born_by

# A student and a guardian; no guardian is the student in person.
Pair = tuple[int, int | None]


def lawful_links(scope: Scope) -> QuerySet[GuardianLink]:
    """Guardians who may be told of a student today: until the student is 18."""
    minor = Q(student__birth_date__isnull=True) | Q(student__birth_date__gt=born_by(scope.today))
    return GuardianLink.objects.holding_on(scope.today).filter(minor, may_contact=True)


def in_person(scope: Scope) -> QuerySet[Student]:
    """Students who are written to themselves: of 18, or nobody on record answers for them."""
    of_age = Q(birth_date__lte=born_by(scope.today))
    answered = GuardianLink.objects.holding_on(scope.today).filter(student=OuterRef("pk"))
    return Student.objects.filter(of_age | ~Exists(answered))


def lawful_pairs(scope: Scope, student_ids: Collection[int]) -> set[Pair]:
    """Everybody to whom a letter about these students may go today; two statements."""
    guardians = lawful_links(scope).filter(student__in=student_ids).order_by()
    students = in_person(scope).filter(pk__in=student_ids).order_by()
    return {
        *guardians.values_list("student_id", "guardian_id"),
        *((pk, None) for pk in students.values_list("pk", flat=True)),
    }
