"""Whose installation it is, and who can run it."""

from collections.abc import Iterator

from django.db.models import QuerySet

from students.access import Scope
from students.findings import Finding, well, wrong
from students.models import District, RoleAssignment
from students.selectors.administrators import district_administrators, who_can_sign_in


def check_people(scope: Scope) -> Iterator[Finding]:
    """The district, and somebody to administer it on the scope's day."""
    yield _district()
    yield _administrator(scope)


def _district() -> Finding:
    district = District.objects.first()
    if district is not None:
        return well(f"The district is {district.name}.")
    return wrong("There is no district yet.", "Bring in a roster: manage.py import_oneroster PATH.")


def _administrator(scope: Scope) -> Finding:
    if count := _people(who_can_sign_in(scope, scope.today)):
        return well(f"{count} district administrator{'s' if count > 1 else ''} can sign in.")
    if _people(district_administrators(scope, scope.today)):
        return wrong(
            "No district administrator can sign in: none of them has set a password.",
            "Let one of them set it by mail, at “Forgot your password, or never set one?” on the sign-in page.",
        )
    return wrong(
        "No district administrator has an open account.",
        "Give somebody the role in the roster's files, and import them.",
    )


def _people(held: QuerySet[RoleAssignment]) -> int:
    return held.values("user").distinct().count()
