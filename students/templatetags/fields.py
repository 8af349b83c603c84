"""Fields as pages show them."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def without_placeholder(field: BoundField) -> BoundField:
    """The field without the words that the forms of signing in put into it: its label says them already."""
    field.field.widget.attrs.pop("placeholder", None)
    return field
