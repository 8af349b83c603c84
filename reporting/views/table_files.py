"""What a page shows as tables, as a file for a spreadsheet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from reporting.rules.layouts import Column, Form
from reporting.services.sheets import MOST_ROWS, Table, sheet_of_tables
from reporting.views.downloads import XLSX, attachment, saved_as
from students.access import Scope
from students.rules.csv_text import people_csv, people_csv_lines

CSV = "text/csv; charset=utf-8"
# How many lines a list's file holds at most. A CSV is sent while its rows are read, and ends where a spreadsheet that
# opens it does; a spreadsheet is written before any of it is sent, a hundred thousand lines in a few seconds.
MOST_LINES = {"csv": MOST_ROWS, "xlsx": 100_000}


class Sheet(NamedTuple):
    """A table of a page, and the kind of CSV that it alone is: csv, or weeks-csv; empty where it is a sheet alone."""

    make: Callable[[], Table]
    kind: str = ""


def table_of(name: str, columns: Sequence[str], forms: Mapping[str, Form], rows: Iterable[Sequence[str]]) -> Table:
    """A table of columns by their names; a column without a form is text."""
    return Table(name, [Column(each, "", forms.get(each, Form.TEXT)) for each in columns], rows)


def named(name: str, *, leaves_out: bool) -> str:
    """What a file of figures is called: one without small groups says so, or somebody publishes the other (RD-63)."""
    return f"{name}-for-publication" if leaves_out else name


def tables_file(scope: Scope, name: str, kind: str, sheets: Sequence[Sheet]) -> HttpResponse | None:
    """The tables of a page as a file of a kind: xlsx, with a sheet of each, or the CSV of one; None for any other."""
    if kind == "xlsx":
        return xlsx_of(scope, name, [each.make() for each in sheets])
    asked = next((each for each in sheets if kind and each.kind == kind), None)
    return csv_of(f"{name}{_suffix(kind)}", asked.make()) if asked else None


def list_file(request: HttpRequest, scope: Scope, name: str, lines: int, table: Table) -> HttpResponseBase | None:
    """A long list of so many lines, every page of it, as `?format=` csv or xlsx; None for any other.

    A list with more lines than such a file holds is refused on its page, which is led back to.
    """
    kind = request.GET.get("format", "")
    if kind not in MOST_LINES:
        return None
    if lines > MOST_LINES[kind]:
        messages.error(request, _too_long(kind, lines))
        asked = request.GET.copy()
        del asked["format"]
        return redirect(f"{request.path}?{asked.urlencode()}")
    if kind == "xlsx":
        return xlsx_of(scope, name, [table])
    rows = people_csv_lines([each.name for each in table.columns], table.rows)
    return saved_as(StreamingHttpResponse(rows, content_type=CSV), f"{name}.csv")


def _too_long(kind: str, lines: int) -> str:
    words = _("The list has %(lines)s lines, and a file of it holds at most %(most)s.")
    narrow = _("Narrow it first, to a month, a day of the week or a status.")
    otherwise = _("Download it as CSV, or narrow it first, to a month, a day of the week or a status.")
    said = words % {"lines": intcomma(lines), "most": intcomma(MOST_LINES[kind])}
    return f"{said} {otherwise if kind == 'xlsx' else narrow}"


def _suffix(kind: str) -> str:
    """`weeks-csv` of a page is its name with `-weeks`."""
    which, dash, _ = kind.rpartition("-")
    return f"{dash}{which}"


def csv_of(name: str, table: Table) -> HttpResponse:
    """A table as a file of that name."""
    content = people_csv([each.name for each in table.columns], table.rows)
    return attachment(content, f"{name}.csv", CSV)


def xlsx_of(scope: Scope, name: str, tables: Sequence[Table]) -> HttpResponse:
    """Tables as a spreadsheet of that name, a sheet of each."""
    return attachment(sheet_of_tables(scope, name, tables), f"{name}.xlsx", XLSX)


def as_of(scope: Scope) -> str:
    """The instant of what is seen, to the minute, as files have it."""
    return scope.now.isoformat(timespec="minutes")
