"""Days and times in the words of the language that is being written."""

from datetime import date, datetime, time

from django.utils import dateformat
from django.utils.translation import get_language

from students.languages.offered import offered_or_english

# In Django's letters for dates.
_WEEKDAY = {"en": "l, F j", "es": r"l j \d\e F", "ht": "l j F"}
_WEEKDAY_AND_YEAR = {"en": "l, F j, Y", "es": r"l j \d\e F \d\e Y", "ht": "l j F Y"}
_DAY = {"en": "F j", "es": r"j \d\e F", "ht": "j F"}
_DAY_AND_YEAR = {"en": "F j, Y", "es": r"j \d\e F \d\e Y", "ht": "j F Y"}
_SHORT = {"en": "M j", "es": "j b", "ht": "j b"}
_MONTH = {"en": "F Y", "es": r"F \d\e Y", "ht": "F Y"}


def weekday_in_words(day: date, *, year: bool = False) -> str:
    """Tuesday, October 27; martes 27 de octubre; madi 27 oktòb."""
    return dateformat.format(day, _in_this_language(_WEEKDAY_AND_YEAR if year else _WEEKDAY))


def day_in_words(day: date, *, year: bool = False) -> str:
    """October 27; 27 de octubre; 27 oktòb."""
    return dateformat.format(day, _in_this_language(_DAY_AND_YEAR if year else _DAY))


def short_day(day: date) -> str:
    """Oct 27; 27 oct; 27 okt."""
    return dateformat.format(day, _in_this_language(_SHORT))


def month_in_words(day: date) -> str:
    """October 2020; octubre de 2020; oktòb 2020."""
    return dateformat.format(day, _in_this_language(_MONTH))


def time_in_words(moment: time | datetime) -> str:
    """1:05 p.m., in twelve hours everywhere; an instant in the zone that it carries."""
    return dateformat.time_format(moment, "g:i a")


def _in_this_language(formats: dict[str, str]) -> str:
    return formats[offered_or_english(get_language())]
