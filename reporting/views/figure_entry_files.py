"""What a page of entry completeness shows, as a file for a spreadsheet."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from attendance.models import EntryKind
from reporting.rules.figure_entries import EntryLine
from reporting.rules.layouts import Form
from reporting.selectors.figure_entries import EntriesPage
from reporting.selectors.figure_entry_weeks import WeekLine
from reporting.services.sheets import Table
from reporting.views.table_files import Sheet, named, table_of, tables_file
from students.access import Scope

_COUNTS = ["Due", "In time", "Late", "Not entered", "Overdue"]
_COLUMNS = ["From", "To", "School", "Teacher", "What", *_COUNTS, "Rate", "Points since", "Due through", "As of"]
_WEEKS = ["Week of", "What", "Due", "In time", "Late", "Not entered", "Rate", "Rate by now", "Due through", "As of"]
_FORMS = dict.fromkeys(_COUNTS, Form.COUNT) | dict.fromkeys(("From", "To", "Week of", "Due through"), Form.DATE)


def entries_file(page: EntriesPage, scope: Scope, kind: str) -> HttpResponse | None:
    """The page as a file of a kind, csv or xlsx; None for any other."""
    sheets = [Sheet(lambda: _entries(page, scope), "csv"), Sheet(lambda: _weeks(page, scope))]
    return tables_file(scope, named(_name(page), leaves_out=page.asked.leaves_out), kind, sheets)


def _entries(page: EntriesPage, scope: Scope) -> Table:
    return table_of("Entry", _COLUMNS, _FORMS, list(_rows(page, scope)))


def _weeks(page: EntriesPage, scope: Scope) -> Table:
    return table_of("Weeks", _WEEKS, _FORMS, [_week(page, scope, line) for line in page.weeks if line.entries.due])


def _rows(page: EntriesPage, scope: Scope) -> Iterator[list[str]]:
    """The whole, then its lines in the order of the page."""
    school = page.school.name if page.school else _("All")
    yield _row(page, scope, page.head, school, _("All") if page.names_teachers else "")
    for line in page.lines:
        if page.names_teachers:
            yield _row(page, scope, line, school, line.name or _("nobody named"))
        else:
            yield _row(page, scope, line, line.name, "")


def _row(page: EntriesPage, scope: Scope, line: EntryLine, school: str, teacher: str) -> list[str]:
    place = [*(each.isoformat() for each in page.period.dates), school, teacher, _what(page)]
    if line.is_left_out:
        return [*place, *[""] * len(_COUNTS), _("left out (RD-63)"), "", *_as_of(page, scope)]
    held = line.entries
    counts = [str(each) for each in (held.due, held.in_time, held.late, held.missing, held.overdue)]
    return [*place, *counts, held.rate, line.trend, *_as_of(page, scope)]


def _week(page: EntriesPage, scope: Scope, line: WeekLine) -> list[str]:
    held = line.entries
    counts = [str(each) for each in (held.due, held.in_time, held.late, held.missing)]
    return [line.starts_on.isoformat(), _what(page), *counts, held.rate, held.rate_by_now, *_as_of(page, scope)]


def _what(page: EntriesPage) -> str:
    return str(EntryKind(page.asked.kind).label)


def _as_of(page: EntriesPage, scope: Scope) -> list[str]:
    return [page.through.isoformat(), page.counted_at.isoformat(timespec="minutes") if page.counted_at else ""]


def _name(page: EntriesPage) -> str:
    place = page.school.state_code if page.school else "district"
    when = "-".join(f"{name}-{value}" for name, value in page.period.asked.items())
    return f"entry-{place}-{when}"
