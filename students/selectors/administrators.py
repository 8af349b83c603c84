"""Who may run the district, and could sign in to do so."""

from datetime import date

from django.db.models import QuerySet

from students.access import Scope
from students.models import Role, RoleAssignment
from students.models.people import without_password


def district_administrators(scope: Scope, day: date) -> QuerySet[RoleAssignment]:
    """The roles of district administrator that hold on a day, with an open account."""
    held = RoleAssignment.objects.holding_on(day).filter(role=Role.DISTRICT_ADMINISTRATOR)
    return held.filter(user__is_active=True)


def who_can_sign_in(scope: Scope, day: date) -> QuerySet[RoleAssignment]:
    """Those of them whose account has a password: the others would have to set one first."""
    return district_administrators(scope, day).exclude(without_password("user__"))
