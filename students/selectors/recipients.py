"""Who is lawfully told of a student today (RD-50, RD-62)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from students.access import Scope
from students.models import FamilyAccount, GuardianLink, Student
from students.rules.majority import is_of_age


@dataclass(frozen=True)
class Recipient:
    """A guardian, or the student in person by an account; one of the ids is set."""

    guardian_id: int | None = None
    user_id: int | None = None


def told_about(scope: Scope, student_ids: Collection[int]) -> Mapping[int, list[Recipient]]:
    """Of each student whom the school tells today; three statements for however many.

    Guardians by a link that holds today and says that they may be told, until the student is 18. From that day on, or
    where nobody on record answers for the student, the student in person, by an account.
    """
    found: dict[int, list[Recipient]] = defaultdict(list)
    children = {each.pk: each for each in Student.objects.filter(pk__in=student_ids)}
    grown = {each.pk for each in children.values() if is_of_age(each.birth_date, scope.today)}
    links = GuardianLink.objects.holding_on(scope.today).filter(student__in=children).order_by("contact_order", "pk")
    answered = set()
    for link in links:
        answered.add(link.student_id)
        if link.may_contact and link.student_id not in grown:
            found[link.student_id].append(Recipient(guardian_id=link.guardian_id))
    in_person = [pk for pk in children if pk in grown or pk not in answered]
    for account in FamilyAccount.objects.filter(student__in=in_person, ended_at__isnull=True).order_by("pk"):
        if account.student_id is not None:
            found[account.student_id].append(Recipient(user_id=account.user_id))
    return found
