"""What an installation needs so that months can be written for the state."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error

from reporting.rules.layout_text import BadLayout
from reporting.selectors.layouts import layout_in_use
from students.access import Scope
from students.findings import Finding, register, well, wrong

MEND = "Mend the file in LAYOUTS_FOLDER, or set MONTH_LAYOUT to a layout that is there (docs/layouts.md)."


def check_layouts(scope: Scope) -> Iterator[Finding]:
    """A layout to write by, and no unsound one beside it."""
    try:
        layout = layout_in_use()
    except BadLayout as fault:
        yield from (wrong(each, MEND) for each in fault.faults)
        return
    yield well(f"Months are written by layout {layout.version}.")


def check_at_start(**asked: Any) -> list[CheckMessage]:
    """The same as Django asks it of every command: nothing starts with an unsound layout."""
    try:
        layout_in_use()
    except BadLayout as fault:
        return [Error(each, hint=MEND, id="reporting.E001") for each in fault.faults]
    return []


register(check_layouts)
