"""Which languages families are offered, by their own names. Staff read English."""

from typing import Any

ENGLISH = "en"
OFFERED = {"en": "English", "es": "Español", "ht": "Kreyòl ayisyen"}
TRANSLATED = tuple(code for code in OFFERED if code != ENGLISH)
# What rosters write besides: ISO 639-2 codes of three letters.
_ALSO = {"eng": "en", "spa": "es", "hat": "ht"}

# Django does not know Haitian Creole.
HAITIAN_CREOLE: dict[str, Any] = {
    "bidi": False,
    "code": "ht",
    "name": "Haitian Creole",
    "name_local": OFFERED["ht"],
}


def offered(code: str | None) -> str | None:
    """The offered language that a code of a roster or a browser means, as es for es-MX; None where none is."""
    base = (code or "").strip().lower().replace("_", "-").partition("-")[0]
    base = _ALSO.get(base, base)
    return base if base in OFFERED else None


def codes_of(language: str) -> list[str]:
    """What a roster may write for an offered language."""
    return [language, *(code for code, short in _ALSO.items() if short == language)]


def offered_or_english(code: str | None) -> str:
    """The language to write in to somebody whose language is this one: English where it is not offered."""
    return offered(code) or ENGLISH
