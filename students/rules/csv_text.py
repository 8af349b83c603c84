"""CSV in two manners: exact for the state, and made harmless for people who open it in a spreadsheet."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

# A cell that begins with one of these is run as a formula, or hides one behind a blank.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# How far a share moved: +1.5 is a number to every spreadsheet, and calls nothing.
_POINTS = re.compile(r"[+-][0-9]{1,3}\.[0-9]")


def exact_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A file for a machine: RFC 4180, UTF-8 without a mark, every value to the letter."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def people_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A file for people: formulas neutralized, and marked as UTF-8 so that a spreadsheet shows accents."""
    return b"".join(people_csv_lines(header, rows))


def people_csv_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The same line by line: for a long file, which is sent while its rows are read."""
    yield b"\xef\xbb\xbf" + exact_csv(header, [])
    for row in rows:
        yield exact_csv([harmless(value) for value in row], [])


def harmless(value: str) -> str:
    """A value that no spreadsheet runs: an apostrophe before what would begin a formula, unless it is points moved."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) and not _POINTS.fullmatch(value) else value


def read_csv(content: bytes) -> list[list[str]]:
    """The rows of an exact file, the header first. Raises ValueError where it is not UTF-8 or not CSV."""
    try:
        return list(csv.reader(StringIO(content.decode(), newline=""), strict=True))
    except csv.Error as fault:
        raise ValueError(str(fault)) from fault
