"""Dates, counts and set phrases of letters in the three languages. Frozen into each letter as it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ht": "janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm",
}
_AND = {"en": "and", "es": "y", "ht": "ak"}
_DAY = {"en": ("day", "days"), "es": ("día", "días"), "ht": ("jou", "jou")}


@dataclass(frozen=True)
class Phrases:
    """What every letter says beside the words of its kind."""

    # Below the name, since no source of the product carries a postal address: it finds its way by hand.
    family_of: str
    about: str
    # Before the words of a letter that goes to the student: they speak of the student by name.
    to_the_student: str
    page: str


PHRASES = {
    "en": Phrases(
        family_of="Family of {student}",
        about="About: {student}",
        to_the_student="We write to you in person, because you answer for yourself. Where this letter says {child}, "
        "it speaks of you.",
        page="Page {number}",
    ),
    "es": Phrases(
        family_of="Familia de {student}",
        about="Sobre: {student}",
        to_the_student="Le escribimos directamente a usted, porque usted responde por su propia persona. "
        "Donde esta carta dice {child}, habla de usted.",
        page="Página {number}",
    ),
    "ht": Phrases(
        family_of="Fanmi {student}",
        about="Konsènan: {student}",
        to_the_student="Nou ekri ou dirèkteman, paske se ou ki reponn pou tèt ou. Kote lèt sa a di {child}, se de ou "
        "l ap pale.",
        page="Paj {number}",
    ),
}


def day_words(day: date, language: str) -> str:
    """A date as a letter writes it, with its year."""
    return f"{_without_year(day, language)}{_of_year(language)}{day.year}"


def days_words(days: Sequence[date], language: str) -> str:
    """Dates in their order as a list in words; the year stands once, after the last of each year."""
    last_of_year = {day.year: day for day in sorted(days)}
    said = [
        day_words(day, language) if day == last_of_year[day.year] else _without_year(day, language)
        for day in sorted(days)
    ]
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])} {_AND[language]} {said[-1]}"


def absences_words(count: int, language: str) -> str:
    """How many days, as “5 days”."""
    one, more = _DAY[language]
    return f"{count} {one if count == 1 else more}"


def _without_year(day: date, language: str) -> str:
    month = _MONTHS[language].split()[day.month - 1]
    # Creole calls the first of a month by its name.
    creole = f"{'premye' if day.day == 1 else day.day} {month}"
    return {"en": f"{month} {day.day}", "es": f"{day.day} de {month}"}.get(language, creole)


def _of_year(language: str) -> str:
    return {"en": ", ", "es": " de "}.get(language, " ")
