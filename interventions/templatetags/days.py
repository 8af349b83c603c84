"""Links to days, for pages that show a thousand of them."""

from datetime import date
from functools import cache, lru_cache

from django import template
from django.urls import reverse
from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
_SOMEBODY, _SOME_DAY = 987654321, date(2000, 2, 29)


@register.simple_tag
def day_link(student_id: int, day: date) -> SafeString:
    """A link to the page that explains a student's day."""
    return format_html('<a href="{}">{}</a>', day_address(student_id, day), _words(day, "D, M j", get_language()))


@register.filter
def day_in_full(day: date) -> str:
    """A day by its names, in the language of the page: Tuesday, October 27."""
    return _words(day, "l, F j", get_language())


@register.simple_tag
def day_address(student_id: int, day: date) -> str:
    """The address of that page. Put together from one of them: resolving each takes long."""
    return _address().replace(str(_SOMEBODY), str(student_id)).replace(_SOME_DAY.isoformat(), day.isoformat())


@cache
def _address() -> str:
    return reverse("student_day", args=[_SOMEBODY, _SOME_DAY])


@lru_cache(maxsize=2000)
def _words(day: date, letters: str, language: str | None) -> str:
    """The day in the language of the page, by Django's letters."""
    return formatted(day, letters)
