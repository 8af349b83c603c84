"""Whom to call about a student."""

from students.access import Scope, visible_to
from students.models import GuardianLink


def guardians_of(scope: Scope, student_id: int) -> list[GuardianLink]:
    """A student's guardians today with their persons, by the order of contact; none for who may not know them."""
    links = visible_to(scope, GuardianLink).filter(student=student_id, starts_on__lte=scope.today)
    standing = links.exclude(ends_on__lt=scope.today).select_related("guardian")
    return sorted(standing, key=lambda link: (link.contact_order is None, link.contact_order or 0, link.pk))
