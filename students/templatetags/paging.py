"""Where the pages of a list stand."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def page_query(context: dict[str, Any], number: int, key: str) -> str:
    """A page of the same address: `?page=2`, or by another key where a page has two lists."""
    asked = context["request"].GET.copy()
    asked[key or "page"] = str(number)
    return f"?{asked.urlencode()}"
