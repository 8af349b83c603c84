"""Pages of the district's administrators: to everybody else there are none."""

from django.http import HttpRequest

from students.access import Scope
from students.refusals import NotInScope
from students.views.scoped import request_scope


def district_scope(request: HttpRequest) -> Scope:
    """The scope of a person who administers the district. Raises NotInScope for others."""
    scope = request_scope(request)
    if not scope.district_wide:
        raise NotInScope
    return scope
