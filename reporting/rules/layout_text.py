"""Reading a layout's file, TOML: every fault is named with the place where it stands, and none is passed over."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reporting.rules.layouts import Column, Form, Layout, RecordSet
from reporting.rules.record_sources import ANY, FIXED_FORMS, OPEN_DATES, SOURCES

# The layout's own file travels with what was written by it: a package verifies where nobody has that layout, and still
# does when the district's file has become another.
LAYOUT_FILE = "layout.toml"
LARGEST_LAYOUT = 256 * 1024
MOST_NAMED = 20
FORMS = {form.word: form for form in Form}
_LAYOUT_KEYS, _SET_KEYS = {"version", "record_set", "codes"}, {"name", "after", "columns"}
_COLUMN_KEYS = {"name", "source", "form", "required", "width", "codes"}
_VERSION, _NAME = r"[a-z0-9][a-z0-9.\-]{0,39}", r"[A-Za-z0-9_.\- ]{1,60}"

Codes = Mapping[str, Mapping[str, str]]


class BadLayout(ValueError):
    """The file is no layout; `faults` says what is wrong and where, one sentence each."""

    def __init__(self, faults: Iterable[str]) -> None:
        """Keep the first faults."""
        self.faults = list(faults)[:MOST_NAMED]
        super().__init__(" ".join(self.faults))


def read_layout(content: bytes, name: str) -> Layout:
    """A layout from its file's bytes; `name` stands before each fault. Raises BadLayout."""
    loaded = _loaded(content, name)
    if faults := [f"{name}: {fault}" for fault in _faults(loaded)]:
        raise BadLayout(faults)
    codes = loaded.get("codes", {})
    record_sets = tuple(_record_set(each, codes) for each in loaded["record_set"])
    return Layout(loaded["version"], record_sets, content)


def layout_of(members: Mapping[str, bytes]) -> Layout:
    """The layout by which a package was written, from its files. Raises BadLayout where it has none that is sound."""
    if LAYOUT_FILE not in members:
        raise BadLayout([f"{LAYOUT_FILE} is missing: nothing says how the files are laid out."])
    return read_layout(members[LAYOUT_FILE], LAYOUT_FILE)


def _loaded(content: bytes, name: str) -> dict[str, Any]:
    if len(content) > LARGEST_LAYOUT:
        raise BadLayout([f"{name}: is larger than any layout ({LARGEST_LAYOUT // 1024} KB)."])
    try:
        return tomllib.loads(content.decode())
    except (ValueError, RecursionError) as fault:
        raise BadLayout([f"{name}: is not TOML in UTF-8 ({str(fault)[:120]})."]) from fault


def _faults(loaded: dict[str, Any]) -> Iterator[str]:
    yield from _strange(loaded, _LAYOUT_KEYS, "the file")
    if not _is_text(loaded.get("version"), _VERSION):
        yield "`version` must be a name of its own, such as msis-2: small letters, digits, dots and dashes."
    codes, sets = loaded.get("codes", {}), loaded.get("record_set")
    if wrong := list(_code_faults(codes)):
        yield from wrong
        return
    if not isinstance(sets, list) or not sets or not all(isinstance(each, dict) for each in sets):
        yield "has no [[record_set]]."
        return
    for each in sets:
        yield from _set_faults(each, codes)
    yield from _together([each for each in sets if isinstance(each.get("name"), str)])


def _code_faults(codes: Any) -> Iterator[str]:
    if not isinstance(codes, dict):
        yield "`codes` must be tables, [codes.name]."
        return
    for name, table in codes.items():
        if not isinstance(table, dict) or not table:
            yield f"[codes.{name}] must be a table of our values and the state's."
        elif odd := [value for value, code in table.items() if not isinstance(code, str)]:
            yield f"[codes.{name}]: the code of {odd[0]} must be text, in quotation marks."


def _set_faults(given: dict[str, Any], codes: Codes) -> Iterator[str]:
    name = given.get("name")
    if not isinstance(name, str) or name not in SOURCES:
        yield f"record set “{str(name)[:40]}” is unknown; there are {', '.join(SOURCES)}."
        return
    yield from (f"{name}: {fault}" for fault in _strange(given, _SET_KEYS, "the record set"))
    columns = given.get("columns")
    if not isinstance(columns, list) or not columns or not all(isinstance(each, dict) for each in columns):
        yield f"{name}: has no columns."
        return
    for number, column in enumerate(columns, start=1):
        at = f"{name}, column {number} (“{str(column.get('name'))[:40]}”)"
        yield from (f"{at}: {fault}" for fault in _column_faults(column, name, codes))
    if not isinstance(after := given.get("after", []), list) or not all(isinstance(each, str) for each in after):
        yield f"{name}: `after` must be a list of names of record sets."
    names = [str(column.get("name")) for column in columns]
    yield from (f"{name}: column “{each}” stands twice." for each in _repeated(names))
    yield from (f"{name}: {fault}" for fault in _lacking(columns, name, codes))


def _column_faults(given: dict[str, Any], record_set: str, codes: Codes) -> Iterator[str]:
    yield from _strange(given, _COLUMN_KEYS, "the column")
    if not _is_text(given.get("name"), _NAME):
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
    column = _column({**given, "source": ""}, {asked: table})
    for value, code in table.items():
        if fault := column.fault(code):
            yield f"[codes.{asked}], {value}: {fault}"


def _lacking(columns: list[dict[str, Any]], record_set: str, codes: Codes) -> Iterator[str]:
    """Sources that the sums of a package lean on, and that nobody could read back from this file."""
    readable = {str(each.get("source")) for each in columns if _is_told_apart(codes.get(str(each.get("codes")), {}))}
    for source in sorted(SOURCES[record_set].needed - readable):
        yield f"needs a column whose source is {source}, with a code of its own for every value."


def _is_told_apart(table: Mapping[str, str]) -> bool:
    return len(set(table.values())) == len(table)


def _together(sets: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong between the record sets: missing, twice, or waiting for what does not come before."""
    names = [each["name"] for each in sets]
    yield from (f"record set {name} stands twice." for name in _repeated(names))
    for name in sorted(name for name, filled in SOURCES.items() if filled.required and name not in names):
        yield f"record set {name} is missing."
    waits = {each["name"]: _after(each) for each in sets}
    for name, after in waits.items():
        if unknown := [each for each in after if each not in waits]:
            yield f"{name}: `after` names “{unknown[0][:40]}”, which is no record set of this layout."
        elif name in _reached(name, waits):
            yield f"{name}: waits for itself, by way of {' and '.join(after)}."
        elif late := [each for each in after if names.index(each) > names.index(name)]:
            yield f"{name}: stands before {late[0]}, which it waits for."


def _after(given: dict[str, Any]) -> list[str]:
    after = given.get("after", [])
    return [each for each in after if isinstance(each, str)] if isinstance(after, list) else []


def _reached(name: str, waits: Mapping[str, list[str]]) -> set[str]:
    """Every record set that one waits for, itself where it is among them."""
    reached: set[str] = set()
    due = list(waits[name])
    while due:
        each = due.pop()
        if each not in reached:
            reached.add(each)
            due += waits.get(each, [])
    return reached


def _record_set(given: dict[str, Any], codes: Codes) -> RecordSet:
    columns = tuple(_column(each, codes) for each in given["columns"])
    return RecordSet(given["name"], columns, tuple(given.get("after", ())))


def _column(given: dict[str, Any], codes: Codes) -> Column:
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


def _strange(given: Mapping[str, Any], known: set[str], where: str) -> Iterator[str]:
    yield from (f"{where} has “{key[:40]}”, which means nothing here." for key in sorted(set(given) - known))


def _repeated(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _is_text(value: Any, form: str) -> bool:
    return isinstance(value, str) and re.fullmatch(form, value) is not None
