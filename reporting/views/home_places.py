"""To which page each thing of a home page leads."""

from collections.abc import Callable, Mapping
from typing import Any

from reporting.rules.home_needs import Need, What
from reporting.selectors.figure_entries import EVERY_MONTH

# The name of a page, what stands in its path, and what it is asked.
Place = tuple[str, list[Any], dict[str, Any]]


def place_of(need: Need) -> Place:
    """The page that does it, as narrow as what is known of it."""
    return _PLACES[need.what](need)


def _page(name: str, **asked: str) -> Callable[[Need], Place]:
    return lambda need: (name, [], asked)


def _of_school(name: str, **asked: str) -> Callable[[Need], Place]:
    """A page that shows one school: the one where it is one."""
    return lambda need: (name, [], {"school": need.leads[0], **asked} if need.leads else asked)


def _own_class(need: Need) -> Place:
    if not need.leads:
        return "today", [], {}
    return "homeroom" if len(need.leads) == 2 else "meeting", list(need.leads), {}


def _board(need: Need) -> Place:
    return ("school", [], {"school": need.leads[0]}) if need.leads else ("district_board", [], {})


def _month(need: Need) -> Place:
    return ("month", list(need.leads[:2]), {}) if need.leads else ("months", [], {})


def _packet(need: Need) -> Place:
    return ("packet", list(need.leads), {}) if need.leads else ("audit", [], {})


def _entries(need: Need) -> Place:
    asked = {"month": EVERY_MONTH}
    return ("figure_entries_of_school", list(need.leads), asked) if need.leads else ("figure_entries", [], asked)


def _import(need: Need) -> Place:
    return "import", [need.leads[0]], {}


_PLACES: Mapping[What, Callable[[Need], Place]] = {
    What.CLASS: _own_class,
    What.CALLS: _of_school("office_calls", show="uncalled"),
    What.UNTAKEN: _board,
    What.IMPORT: _import,
    What.OUTREACH: _page("my_outreach"),
    What.STEPS_LATE: _page("queue", show="overdue"),
    What.MINE_BEFORE: _own_class,
    What.BEFORE: _board,
    What.OWN_TIME: _page("weekly"),
    What.ENTRIES: _entries,
    What.CERTIFY: _month,
    What.BUILD: _month,
    What.FILE: _month,
    What.STEPS_TODAY: _page("queue", show="today"),
    What.CROSSED: _page("queue"),
    What.FAMILIES: _of_school("office_families"),
    What.REQUESTS: _page("corrections"),
    What.EXCUSES: _page("excuses"),
    What.DISAGREEMENTS: _of_school("office_disagreements"),
    What.WARNED: _page("warnings"),
    What.NOBODYS: _page("queue", owner="nobody"),
    What.MAIL: _page("mail_returned"),
    What.PACKETS: _packet,
    What.ROLES_END: _page("people"),
    What.NO_PASSWORD: _page("people", state="no_password"),
}
