"""What a page shows as tables, as a file for a spreadsheet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.http import HttpResponse

from reporting.rules.layouts import Column, Form
from reporting.services.sheets import Table, sheet_of_tables
from reporting.views.downloads import XLSX, attachment
from students.access import Scope
from students.rules.csv_text import people_csv


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


def _suffix(kind: str) -> str:
    """`weeks-csv` of a page is its name with `-weeks`."""
    which, dash, _ = kind.rpartition("-")
    return f"{dash}{which}"


def csv_of(name: str, table: Table) -> HttpResponse:
    """A table as a file of that name."""
    content = people_csv([each.name for each in table.columns], table.rows)
    return attachment(content, f"{name}.csv", "text/csv; charset=utf-8")


def xlsx_of(scope: Scope, name: str, tables: Sequence[Table]) -> HttpResponse:
    """Tables as a spreadsheet of that name, a sheet of each."""
    return attachment(sheet_of_tables(scope, name, tables), f"{name}.xlsx", XLSX)


def as_of(scope: Scope) -> str:
    """The instant of what is seen, to the minute, as files have it."""
    return scope.now.isoformat(timespec="minutes")
