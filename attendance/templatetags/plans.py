"""The names of modes and measures, for pages."""

from collections.abc import Iterable

from django import template

from attendance.models import Measure, Mode

register = template.Library()


@register.filter
def mode_name(mode: str) -> str:
    """A mode as pages print it."""
    return str(Mode(mode).label)


@register.filter
def mode_names(modes: Iterable[str]) -> str:
    """Modes as pages print them."""
    return ", ".join(mode_name(each) for each in modes)


@register.filter
def measure_names(measures: Iterable[str]) -> str:
    """Measures as pages print them."""
    return ", ".join(str(Measure(each).label) for each in measures)
