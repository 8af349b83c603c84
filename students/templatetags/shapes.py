"""The shapes of marks, which stand hundreds of times on the pages of a large school."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
@cache
def shape(status: str) -> SafeString:
    """The shape of a status, beside its words. Drawn once: there are ten, each the same on every page."""
    return render_to_string("components/mark.html", {"status": status, "label": ""})
