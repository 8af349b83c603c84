"""Whatever families read is there in every language that they are offered."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation

from students.languages import catalogs
from students.languages.extracting import Text, texts_of
from students.languages.family_texts import BORROWED, BORROWED_PLURALS, ROOT, SOURCES, files_of
from students.languages.offered import TRANSLATED

EVERY = [(app, language) for app in SOURCES for language in TRANSLATED]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_that_a_family_reads_is_translated_with_its_placeholders(language: str) -> None:
    assert catalogs.faults(language) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_words_of_django_and_allauth_that_a_family_meets_are_translated(language: str) -> None:
    catalog = translation.trans_real.translation(language)._catalog
    keys = [*BORROWED, *((one, number) for one, _ in BORROWED_PLURALS for number in (0, 1))]
    assert [key for key in keys if not catalog.get(key)] == []


@pytest.mark.parametrize(("app", "language"), EVERY)
def test_the_compiled_catalog_is_that_of_its_source(app: str, language: str) -> None:
    # `manage.py compile_languages` writes it.
    assert (catalogs.folder(app, language) / "django.mo").read_bytes() == catalogs.compiled(app, language)


def test_enough_was_looked_at() -> None:
    assert len({text for _, text in catalogs.family_texts()}) >= 45
    assert ROOT.joinpath("templates/account/login.html") in files_of("students")
    assert not set(files_of("students")) & set(files_of("reporting"))


def test_texts_are_found_in_templates_and_in_python(tmp_path: Path) -> None:
    page, module = tmp_path / "page.html", tmp_path / "module.py"
    page.write_text(
        '{% load i18n %}<p>\n    {% trans "One" %} {% include "x" with title=_("Two") only %}\n  </p>'
        "{% blocktrans count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktrans %}</p>\n"
        '{% trans "May" context "month" %}{{ x|default:_("Three") }}'
        "{% blocktrans trimmed %}\n    Four\n  {% endblocktrans %}"
    )
    module.write_text("A = gettext_lazy('Five')\ndef b(n): return ngettext('%(n)s day', '%(n)s days', n)\n")
    days = Text("%(n)s day", "%(n)s days")
    plain = {Text(each) for each in ("One", "Two", "Three", "Four")}
    assert set(texts_of(page)) == {*plain, days, Text("May", "", "month")}
    assert list(texts_of(module)) == [Text("Five"), days]


@pytest.mark.parametrize(
    ("text", "translated", "fault"),
    [
        (Text("Hello %(name)s"), "Hola, %(name)s", None),
        (Text("Hello %(name)s"), "Hola, %(nombre)s", "“Hello %(name)s” has other placeholders"),
        (Text("Hello"), "", "“Hello” is not translated"),
        (Text("%(n)s day", "%(n)s days"), ("un día", "%(n)s días"), None),
        (Text("%(n)s day", "%(n)s days"), ("un día", "unos días"), "“%(n)s day” has other placeholders"),
        (Text("%(n)s day", "%(n)s days"), ("un día", ""), "“%(n)s day” is not translated"),
    ],
)
def test_what_is_wrong_with_a_translation_is_said(text: Text, translated: str, fault: str | None) -> None:
    catalog = Catalog(locale="es")
    catalog.add((text.singular, text.plural) if text.plural else text.singular, translated)
    assert catalogs._fault(text, [catalog]) == fault


def test_a_text_that_is_nowhere_fuzzy_or_said_twice_is_a_fault() -> None:
    one, other = Catalog(locale="es"), Catalog(locale="es")
    assert catalogs._fault(Text("Hello"), [one]) == "“Hello” is in no catalog"
    one.add("Hello", "Hola")
    other.add("Hello", "Buenas")
    assert catalogs._fault(Text("Hello"), [one, other]) == "“Hello” is said in two ways"
    one.get("Hello").flags.add("fuzzy")
    assert catalogs._fault(Text("Hello"), [one]) == "“Hello” is marked as fuzzy"
