"""What is wrong with a layout's file: each fault is named with its record set and column, and none is passed over."""

from collections.abc import Iterator, Mapping
from typing import Any

from reporting.rules.layout_columns import Codes, column_faults, is_text, strange_keys
from reporting.rules.record_sources import SOURCES

_LAYOUT_KEYS, _SET_KEYS = {"version", "record_set", "codes"}, {"name", "after", "columns"}
_VERSION = r"[a-z0-9][a-z0-9.\-]{0,39}"


def layout_faults(loaded: Mapping[str, Any]) -> Iterator[str]:
    """Every fault of a file's contents, one sentence each."""
    yield from strange_keys(loaded, _LAYOUT_KEYS, "the file")
    if not is_text(loaded.get("version"), _VERSION):
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
    yield from (f"{name}: {fault}" for fault in strange_keys(given, _SET_KEYS, "the record set"))
    columns = given.get("columns")
    if not isinstance(columns, list) or not columns or not all(isinstance(each, dict) for each in columns):
        yield f"{name}: has no columns."
        return
    for number, column in enumerate(columns, start=1):
        at = f"{name}, column {number} (“{str(column.get('name'))[:40]}”)"
        yield from (f"{at}: {fault}" for fault in column_faults(column, name, codes))
    if not isinstance(after := given.get("after", []), list) or not all(isinstance(each, str) for each in after):
        yield f"{name}: `after` must be a list of names of record sets."
    names = [str(column.get("name")) for column in columns]
    yield from (f"{name}: column “{each}” stands twice." for each in _repeated(names))
    yield from (f"{name}: {fault}" for fault in _lacking(columns, name, codes))


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


def _repeated(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
