"""Whom to call about a student."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from students.access import Scope, visible_to
from students.models import GuardianLink


@dataclass(frozen=True)
class Contact:
    """Somebody to call."""

    guardian_id: int
    name: str
    relationship: str
    phone: str
    language: str


def guardians_of(scope: Scope, student_id: int) -> list[GuardianLink]:
    """A student's guardians today with their persons, by the order of contact; none for who may not know them."""
    return _standing(scope, [student_id])


def contacts_of(scope: Scope, student_ids: Sequence[int]) -> Mapping[int, list[Contact]]:
    """Of each student whom the school may tell of an absence, by the order of contact; nobody for who may not know."""
    found: dict[int, list[Contact]] = defaultdict(list)
    for link in _standing(scope, student_ids):
        if link.may_contact:
            found[link.student_id].append(_contact(link))
    return found


def _standing(scope: Scope, student_ids: Sequence[int]) -> list[GuardianLink]:
    links = visible_to(scope, GuardianLink).filter(student__in=student_ids, starts_on__lte=scope.today)
    standing = links.exclude(ends_on__lt=scope.today).select_related("guardian")
    return sorted(standing, key=lambda link: (link.contact_order is None, link.contact_order or 0, link.pk))


def _contact(link: GuardianLink) -> Contact:
    guardian = link.guardian
    return Contact(guardian.pk, str(guardian), link.relationship, guardian.phone or guardian.sms, guardian.language)
