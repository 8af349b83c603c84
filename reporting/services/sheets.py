"""A file of the month as a spreadsheet for people: text stays text, dates are dates, and nothing runs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reporting.rules.layouts import Column, Form
from reporting.selectors.package_files import OpenedFile, Readable, readable
from students.access import Scope
from students.refusals import Refused
from students.rules.csv_text import FORMULA_STARTS

# A sheet ends at its row 1,048,576, the header's among them; what lies beyond would be dropped in silence.
MOST_ROWS = 1_048_575
WIDEST, NARROWEST = 40, 10
_NOTE = "For reading. The state takes the CSV file of the same name."
# Rows go to a temporary file as they are written, and are never in memory together.
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
# How each form is shown, where it is not as text.
_SHOWN = {
    Form.DATE: "yyyy-mm-dd",
    Form.INSTANT: "yyyy-mm-dd hh:mm:ss",
    Form.COUNT: "#,##0",
    Form.TWO_DECIMALS: "#,##0.00",
}

Write = Callable[[int, int, str], Any]


def sheet_of(scope: Scope, run_id: int, record_set: str) -> OpenedFile:
    """A file of a run's package as a spreadsheet in a temporary file, which is gone when it is closed.

    Raises NotInScope where there is none for this person, and Refused for more rows than a sheet has.
    """
    with readable(scope, run_id, record_set) as file:
        if file.standing.rows > MOST_ROWS:
            raise Refused(f"{file.standing.title} has more rows than a spreadsheet can hold. Download it as CSV.")
        stream = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
        _write(file, stream)
    size = stream.tell()
    stream.seek(0)
    return OpenedFile(file.standing.name.removesuffix(".csv") + ".xlsx", size, stream)


@dataclass(frozen=True)
class Table:
    """A sheet of what a page shows; values are as they are printed, numbers without separators."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]


def sheet_of_tables(scope: Scope, title: str, tables: Iterable[Table]) -> bytes:
    """What a page shows as a spreadsheet, a sheet for each table; the caller took it from the scope."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        book.set_properties({"title": title, "created": scope.now})
        bold = book.add_format({"bold": True})
        for table in tables:
            _write_table(book, table, bold)
    return stream.getvalue()


def _write(file: Readable, stream: IO[bytes]) -> None:
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        book.set_properties({"title": file.standing.title, "comments": _NOTE, "created": file.run.as_of})
        bold = book.add_format({"bold": True})
        _write_table(book, Table(file.record_set.name, file.record_set.columns, file.rows), bold)
        _about(book.add_worksheet("About"), file, bold)


def _write_table(book: xlsxwriter.Workbook, table: Table, bold: Format) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    writers = [_writer(book, sheet, column) for column in table.columns]
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(0, place, column.name, bold)
    for number, row in enumerate(table.rows, start=1):
        for place, (write, value) in enumerate(zip(writers, row, strict=True)):
            if value:
                write(number, place, value)


def _width(column: Column) -> int:
    return min(WIDEST, max(NARROWEST, column.width or 0, len(column.name) + 2))


def _writer(book: xlsxwriter.Workbook, sheet: Worksheet, column: Column) -> Write:
    """What writes the values of a column. A code is text whatever it looks like."""
    shown = None if column.codes else _SHOWN.get(column.form)
    if shown is None:
        return _text_writer(sheet, book.add_format({"quote_prefix": True}))
    look = book.add_format({"num_format": shown})
    if column.form in (Form.COUNT, Form.TWO_DECIMALS):
        return lambda row, place, value: sheet.write_number(row, place, _number(value), look)
    return lambda row, place, value: sheet.write_datetime(row, place, datetime.fromisoformat(value), look)


def _number(value: str) -> Any:
    # A spreadsheet knows no exact numbers; two decimals of a school come back as they were printed.
    return float(value) if "." in value else int(value)


def _text_writer(sheet: Worksheet, marked: Format) -> Write:
    """Text as text. What would begin a formula is marked as text, so that editing the cell does not make it one."""

    def write(row: int, place: int, value: str) -> None:
        sheet.write_string(row, place, value, marked if value.startswith(FORMULA_STARTS) else None)

    return write


def _about(sheet: Worksheet, file: Readable, bold: Format) -> None:
    run = file.run
    lines = [
        ("School", f"{run.school.district.code}-{run.school.code} {run.school.name}"),
        ("Month", f"{run.starts_on.isoformat()} to {run.ends_on.isoformat()}"),
        ("As of", run.as_of.isoformat(timespec="seconds") if run.as_of else ""),
        ("Package", f"{file.package.name}, SHA-256 {file.package.sha256}"),
        ("Rows", str(file.standing.rows)),
        ("", _NOTE),
    ]
    sheet.set_column(0, 1, WIDEST)
    for row, (what, said) in enumerate(lines):
        sheet.write_string(row, 0, what, bold)
        sheet.write_string(row, 1, said)
