"""Whose installation it is, and who can run it."""

from collections.abc import Iterator

from students.access import Scope
from students.findings import Finding, well, wrong
from students.models import District, Role, RoleAssignment


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
    held = RoleAssignment.objects.holding_on(scope.today)
    count = held.filter(role=Role.DISTRICT_ADMINISTRATOR, user__is_active=True).values("user").distinct().count()
    if count:
        return well(f"{count} district administrator{'s have' if count > 1 else ' has'} an open account.")
    return wrong(
        "No district administrator has an open account.",
        "Give somebody the role in the roster's files, and import them.",
    )
