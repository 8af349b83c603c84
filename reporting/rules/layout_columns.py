"""A column of a layout's file: what it may say, and what it then is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reporting.rules.layouts import Column, Form
from reporting.rules.record_sources import ANY, FIXED_FORMS, OPEN_DATES, SOURCES

FORMS = {form.word: form for form in Form}
_KEYS = {"name", "source", "form", "required", "width", "codes"}
_NAME = r"[A-Za-z0-9_.\- ]{1,60}"

# Our values and the state's, by the name of their table.
Codes = Mapping[str, Mapping[str, str]]


def column_from(given: Mapping[str, Any], codes: Codes) -> Column:
    """The column that a sound line of the file describes."""
    return Column(
        str(given.get("name")),
        given["source"],
        FORMS[_form(given)],
        given.get("required", True),
        given.get("width"),
        codes[given["codes"]] if "codes" in given else {},
    )


def _form(given: Mapping[str, Any]) -> str:
    return str(given.get("form", Form.TEXT.word))


def column_faults(given: dict[str, Any], record_set: str, codes: Codes) -> Iterator[str]:
    """What is wrong with a column of a record set, one sentence each."""
    yield from strange_keys(given, _KEYS, "the column")
    if not is_text(given.get("name"), _NAME):
        yield "its name must be 1 to 60 letters, digits, blanks, dots, dashes or underscores."
    if (source := str(given.get("source"))) not in SOURCES[record_set].values:
        yield f"source “{source[:40]}” is unknown; there are {', '.join(sorted(SOURCES[record_set].values))}."
    if _form(given) not in FORMS:
        yield f"form “{_form(given)[:40]}” is unknown; there are {', '.join(FORMS)}."
    if (fixed := FIXED_FORMS.get(source)) and (_form(given) != fixed or "codes" in given):
        yield f"{source} is written as form “{fixed}”, without codes."
    if not isinstance(required := given.get("required", True), bool):
        yield "`required` must be true or false."
    if source in FIXED_FORMS and source not in OPEN_DATES and required is False:
        yield f"{source} is always known: the column is required."
    if type(width := given.get("width", 1)) is not int or width < 1:
        yield "`width` must be a whole number of characters, 1 or more."
    if "codes" in given:
        yield from _faults_of_codes(given, record_set, codes)


def _faults_of_codes(given: dict[str, Any], record_set: str, codes: Codes) -> Iterator[str]:
    asked = given["codes"]
    if not isinstance(asked, str) or asked not in codes:
        yield f"there is no [codes.{str(asked)[:40]}]."
        return
    table = codes[asked]
    known = SOURCES[record_set].values.get(str(given.get("source")), ANY)
    if known and (strange := sorted(set(table) - known)):
        yield f"[codes.{asked}] has “{strange[0]}”, which is no value of {given['source']}."
    if lacking := sorted(known - set(table)):
        yield f"[codes.{asked}] has no code for “{lacking[0]}”."
    if _form(given) in FORMS and type(given.get("width", 1)) is int:
        yield from _unwritable(given, table, asked)


def _unwritable(given: dict[str, Any], table: Mapping[str, str], asked: str) -> Iterator[str]:
    column = column_from({**given, "source": ""}, {asked: table})
    for value, code in table.items():
        if fault := column.fault(code):
            yield f"[codes.{asked}], {value}: {fault}"


def strange_keys(given: Mapping[str, Any], known: set[str], where: str) -> Iterator[str]:
    """Words of the file that no layout has: a slip of the pen must not be passed over."""
    yield from (f"{where} has “{key[:40]}”, which means nothing here." for key in sorted(set(given) - known))


def is_text(value: Any, form: str) -> bool:
    """Whether a value is a text of a form."""
    return isinstance(value, str) and re.fullmatch(form, value) is not None
