"""What was shared, in words."""

from collections.abc import Sequence

from django import template

from interventions.models import SharedFact

register = template.Library()


@register.filter
def shared_facts(shared: Sequence[str]) -> str:
    """The kinds of facts by their names, in one order."""
    return ", ".join(str(each.label) for each in SharedFact if each.value in shared)
