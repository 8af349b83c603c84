"""The texts of a source file that are marked for translation."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

_LAZY = ("gettext_lazy", "ngettext_lazy", "pgettext_lazy", "npgettext_lazy")
_KEYWORDS = DEFAULT_KEYWORDS | {name: DEFAULT_KEYWORDS[name.removesuffix("_lazy")] for name in _LAZY}


class Text(NamedTuple):
    """A text in English as it is looked up; `plural` and `context` are empty where it has none."""

    singular: str
    plural: str = ""
    context: str = ""


def texts_of(path: Path) -> Iterator[Text]:
    """Every text marked in a Python file or a template, in its order."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is left of a template is no Python by its indents alone.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
    for _, message, _, context in extract("python", BytesIO(source.encode()), keywords=_KEYWORDS):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            yield Text(singular, plural, context or "")
