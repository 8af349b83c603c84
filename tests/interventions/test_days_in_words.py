"""Days on pages that show hundreds of them say what Django's own filter says, in the language of the page."""

from datetime import date, timedelta

from django.template import Context, Template
from django.utils import translation

BOTH = Template('{% load days %}{{ day|day_in_full }}/{{ day|date:"l, F j" }}')


def test_a_day_is_named_in_the_language_of_the_page() -> None:
    for language in ("en", "es", "ht", "en"):
        with translation.override(language):
            for after in range(366):
                fast, plain = BOTH.render(Context({"day": date(2020, 8, 1) + timedelta(days=after)})).split("/")
                assert fast == plain
