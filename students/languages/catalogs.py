"""The catalogs of translated texts: collected from what families read, compiled, and looked through for faults."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from students.languages.extracting import Text, texts_of
from students.languages.family_texts import ROOT, SOURCES, files_of
from students.languages.offered import TRANSLATED

_PLURALS = "nplurals=2; plural=(n != 1);"
_HEADER = "# What families read, by `manage.py compile_languages`.\n"
_NO_DATE = datetime(2020, 1, 1, tzinfo=UTC)
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def folder(app: str, language: str) -> Path:
    """Where an app keeps its catalog of a language."""
    return ROOT.joinpath(app, "locale", language, "LC_MESSAGES")


def read(app: str, language: str) -> Catalog:
    """An app's catalog as it stands; an empty one where there is none yet."""
    path = folder(app, language).joinpath("django.po")
    text = path.read_bytes() if path.exists() else f'msgid ""\nmsgstr ""\n"Plural-Forms: {_PLURALS}\\n"\n'.encode()
    return read_po(BytesIO(text), locale=language)


def compiled(app: str, language: str) -> bytes:
    """What a program reads of a catalog."""
    catalog, written = read(app, language), BytesIO()
    # Compiled twice, it is the same.
    catalog.creation_date = catalog.revision_date = _NO_DATE
    write_mo(written, catalog)
    return written.getvalue()


def collect() -> None:
    """Put the texts that stand in no catalog yet, untranslated, into that of the app which names their source."""
    for language in TRANSLATED:
        catalogs = {app: read(app, language) for app in SOURCES}
        for app, text in family_texts():
            if not any(_message(catalog, text) for catalog in catalogs.values()):
                catalogs[app].add(_key(text), context=text.context or None)
        for app, catalog in catalogs.items():
            _write(app, language, catalog)


def compile_all() -> None:
    """Write the compiled catalogs beside their sources."""
    for app in SOURCES:
        for language in TRANSLATED:
            (folder(app, language).joinpath("django.mo")).write_bytes(compiled(app, language))


def family_texts() -> Iterator[tuple[str, Text]]:
    """Every text that a family may read, with the app that names its source."""
    for app in SOURCES:
        for path in files_of(app):
            yield from ((app, text) for text in texts_of(path))


def faults(language: str) -> list[str]:
    """What is missing or wrong in a language, a line each."""
    catalogs = [read(app, language) for app in SOURCES]
    found = [_fault(text, catalogs) for text in dict.fromkeys(text for _, text in family_texts())]
    return [f"{language}: {fault}" for fault in found if fault]


def _fault(text: Text, catalogs: list[Catalog]) -> str | None:
    messages = [message for catalog in catalogs if (message := _message(catalog, text))]
    if not messages:
        return f"“{text.singular}” is in no catalog"
    if len({str(message.string) for message in messages}) > 1:
        return f"“{text.singular}” is said in two ways"
    message = messages[0]
    forms = _forms(message)
    if not all(forms):
        return f"“{text.singular}” is not translated"
    if message.fuzzy:
        return f"“{text.singular}” is marked as fuzzy"
    return None if _fills_the_same(text, forms) else f"“{text.singular}” has other placeholders"


def _forms(message: Message) -> tuple[str, ...]:
    said = message.string
    return tuple(each or "" for each in said) if isinstance(said, tuple | list) else (said or "",)


def _fills_the_same(text: Text, forms: tuple[str, ...]) -> bool:
    """Whether a translation names what English names; the form for one may leave the number out."""
    if not text.plural:
        return _placeholders(forms[0]) == _placeholders(text.singular)
    every = _placeholders(text.plural)
    return set(_placeholders(forms[0])) <= set(every) and all(_placeholders(form) == every for form in forms[1:])


def _placeholders(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))


def _message(catalog: Catalog, text: Text) -> Message | None:
    return catalog.get(_key(text), text.context or None)


def _key(text: Text) -> str | tuple[str, str]:
    return (text.singular, text.plural) if text.plural else text.singular


def _write(app: str, language: str, catalog: Catalog) -> None:
    """In one order and without places or dates, so that two people's texts meet in one line only when they are one."""
    written = BytesIO()
    write_po(written, catalog, width=110, sort_output=True, no_location=True, omit_header=True, ignore_obsolete=True)
    header = f'{_HEADER}msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
    header += f'"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {_PLURALS}\\n"\n\n'
    folder(app, language).mkdir(parents=True, exist_ok=True)
    (folder(app, language).joinpath("django.po")).write_text(header + written.getvalue().decode().strip() + "\n")
