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
    return GuardianLink.objects.filter(is_lawful(scope))


def is_lawful(scope: Scope, link: str = "", student: str = "student__") -> Q:
    """The same of links and their students at the end of two paths."""
    minor = Q(**{f"{student}birth_date__isnull": True}) | Q(**{f"{student}birth_date__gt": born_by(scope.today)})
    begun = Q(**{f"{link}starts_on__lte": scope.today, f"{link}may_contact": True})
    return minor & begun & (Q(**{f"{link}ends_on__isnull": True}) | Q(**{f"{link}ends_on__gte": scope.today}))


def in_person(scope: Scope) -> QuerySet[Student]:
    """Students who are written to themselves: of 18, or nobody on record answers for them."""
    return Student.objects.filter(is_in_person(scope))


def is_in_person(scope: Scope, student: str = "") -> Q:
    """The same of students at the end of a path."""
    answered = GuardianLink.objects.holding_on(scope.today).filter(student=OuterRef(f"{student}pk"))
    return Q(**{f"{student}birth_date__lte": born_by(scope.today)}) | ~Q(Exists(answered))


def lawful_pairs(scope: Scope, student_ids: Collection[int]) -> set[Pair]:
    """Everybody to whom a letter about these students may go today; two statements."""
    guardians = lawful_links(scope).filter(student__in=student_ids).order_by()
    students = in_person(scope).filter(pk__in=student_ids).order_by()
    return {
        *guardians.values_list("student_id", "guardian_id"),
        *((pk, None) for pk in students.values_list("pk", flat=True)),
    }
