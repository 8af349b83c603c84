"""Months are for administrators: to everybody else there are none."""

from django.http import HttpRequest

from students.access import Scope
from students.refusals import NotInScope
from students.views.scoped import request_scope


def administrator_scope(request: HttpRequest) -> Scope:
    """The scope of a person who administers a school or the district. Raises NotInScope for others."""
    scope = request_scope(request)
    if not scope.is_administrator:
        raise NotInScope
    return scope
