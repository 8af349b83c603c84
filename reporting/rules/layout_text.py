"""Reading a layout's file, TOML: every fault is named with the place where it stands, and none is passed over."""

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from reporting.rules.layout_columns import Codes, column_from
from reporting.rules.layout_faults import layout_faults
from reporting.rules.layouts import Layout, RecordSet

# The layout's own file travels with what was written by it: a package verifies where nobody has that layout, and still
# does when the district's file has become another.
LAYOUT_FILE = "layout.toml"
LARGEST_LAYOUT = 256 * 1024
MOST_NAMED = 20


class BadLayout(ValueError):
    """The file is no layout; `faults` says what is wrong and where, one sentence each."""

    def __init__(self, faults: Iterable[str]) -> None:
        """Keep the first faults."""
        self.faults = list(faults)[:MOST_NAMED]
        super().__init__(" ".join(self.faults))


def read_layout(content: bytes, name: str) -> Layout:
    """A layout from its file's bytes; `name` stands before each fault. Raises BadLayout."""
    loaded = _loaded(content, name)
    if faults := [f"{name}: {fault}" for fault in layout_faults(loaded)]:
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


def _record_set(given: dict[str, Any], codes: Codes) -> RecordSet:
    columns = tuple(column_from(each, codes) for each in given["columns"])
    return RecordSet(given["name"], columns, tuple(given.get("after", ())))
