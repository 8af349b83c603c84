"""Days and times in words, in each language that families are offered."""

from datetime import date, time

import pytest
from django.utils import translation
from django.utils.formats import date_format

from students.languages.days_in_words import (
    day_in_words,
    month_in_words,
    short_day,
    time_in_words,
    weekday_in_words,
)
from students.languages.offered import offered, offered_or_english

TUESDAY = date(2020, 10, 27)
WORDS = {
    "en": ("Tuesday, October 27", "October 27, 2020", "Oct 27", "October 2020", "1:05 p.m."),
    "es": ("martes 27 de octubre", "27 de octubre de 2020", "27 oct", "octubre de 2020", "1:05 p.m."),
    "ht": ("madi 27 oktòb", "27 oktòb 2020", "27 okt", "oktòb 2020", "1:05 p.m."),
}


@pytest.mark.parametrize(("language", "words"), WORDS.items(), ids=WORDS)
def test_a_day_is_said_as_the_language_says_it(language: str, words: tuple[str, ...]) -> None:
    with translation.override(language):
        said = (weekday_in_words(TUESDAY), day_in_words(TUESDAY, year=True), short_day(TUESDAY))
        assert (*said, month_in_words(TUESDAY), time_in_words(time(13, 5))) == words
        assert weekday_in_words(TUESDAY, year=True).endswith("2020")


def test_djangos_own_formats_follow_the_language() -> None:
    with translation.override("ht"):
        assert date_format(TUESDAY) == "27 oktòb 2020"
    with translation.override("es"):
        assert (date_format(TUESDAY), date_format(time(13, 5), "TIME_FORMAT")) == ("27 de octubre de 2020", "1:05 p.m.")


def test_haitian_creole_is_known_by_its_name_and_counts_as_english_does() -> None:
    assert translation.get_language_info("ht")["name_local"] == "Kreyòl ayisyen"
    with translation.override("ht"):
        sentence = "This password is too short. It must contain at least %d character."
        assert translation.ngettext(sentence, sentence, 12).startswith("Modpas sa a twò kout")


@pytest.mark.parametrize(
    ("code", "language"),
    [("es", "es"), ("es-MX", "es"), ("ES", "es"), ("spa", "es"), ("hat", "ht"), ("fr", None), ("", None), (None, None)],
)
def test_a_code_of_a_roster_or_a_browser_is_one_of_the_offered_or_none(code: str | None, language: str | None) -> None:
    assert offered(code) == language
    assert offered_or_english(code) == (language or "en")
