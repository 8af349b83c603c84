"""Languages by their names."""

from django import template
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from students.languages.offered import OFFERED

register = template.Library()
# Which Django does not know.
OTHERS = {"zh": "Chinese"}


@register.filter
def language_name(code: str) -> str:
    """The name of a language by its code, as Spanish for es; a code that nobody knows stays as it is."""
    known = LANG_INFO.get(code, {})
    name = known.get("name") or OTHERS.get(code)
    return _(str(name)) if name else code


@register.simple_tag
def languages_offered() -> list[tuple[str, str]]:
    """The languages that families may choose from, each by its own name."""
    return list(OFFERED.items())
