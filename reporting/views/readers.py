"""Months are for those who administer or audit a school: to everybody else there are none."""

from django.http import HttpRequest

from attendance.selectors.school_years import NoSchoolYear
from students.access import Scope
from students.refusals import NotInScope, Refused
from students.views.scoped import request_scope


def months_scope(request: HttpRequest) -> Scope:
    """The scope of a person to whom some school's months are open. Raises NotInScope for others."""
    scope = request_scope(request)
    if not scope.reads_months:
        raise NotInScope
    return scope


def nothing_yet(refusal: Refused) -> dict[str, object]:
    """What a page of figures shows in their place (`reporting/nothing_yet.html`)."""
    return {"refusal": str(refusal), "needs_roster": isinstance(refusal, NoSchoolYear)}
