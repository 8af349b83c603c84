"""Where a finding is mended, for its line on the page."""

from django import template
from django.template import RequestContext

from reporting.models import Finding
from reporting.views.mending import MendLink
from reporting.views.mending import mend_link as link_of
from students.views.scoped import request_scope

register = template.Library()


@register.simple_tag(takes_context=True)
def mend_link(context: RequestContext, found: Finding) -> MendLink | None:
    """The page for this reader; None where there is none."""
    return link_of(request_scope(context["request"]), found)
