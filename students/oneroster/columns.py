"""Columns of a file as data: what stands in a cell, and what is refused."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from students.oneroster.findings import Warn

Reader = Callable[[str, Warn], Any]
"""Reads a filled cell; raises ValueError with a message for people."""

# What stands outside is a slip of the pen, or a system's word for "never".
FIRST_YEAR, LAST_YEAR = 1900, 2199
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


@dataclass(frozen=True)
class Column:
    """A column: whether every row fills it, how its cells are read, and whether their values are kept."""

    name: str
    required: bool = False
    read: Reader | None = None
    empty: Any = ""
    longest: int = 0
    kept: bool = True
    # A column that an edition of the format has and another has not.
    optional_header: bool = False

    @property
    def attribute(self) -> str:
        """The name by which a row gives its value: an extension's (`metadata.x`) without what stands before the dot."""
        return self.name.rpartition(".")[2]


def text(name: str, *, required: bool = False, longest: int = 0) -> Column:
    """Words, kept as they stand; `longest` is the number of characters the database keeps."""
    return Column(name, required, longest=longest)


def sourced_id(name: str = "sourcedId", *, required: bool = True) -> Column:
    """An identifier of OneRoster, up to 255 characters."""
    return Column(name, required, longest=255)


def ignored(name: str, *, required: bool = False, optional_header: bool = False) -> Column:
    """A column whose values are dropped as they are read (passwords above all)."""
    return Column(name, required, kept=False, optional_header=optional_header)


def checked(name: str, *values: str, extensible: bool = False) -> Column:
    """A column whose values must be among those named, and are dropped."""
    return Column(name, read=one_of(*values, extensible=extensible), kept=False)


def day(name: str, *, required: bool = False) -> Column:
    """A date as YYYY-MM-DD."""
    return Column(name, required, read=_read_date, empty=None)


def clock_time(name: str, *, required: bool = False) -> Column:
    """A local time as HH:MM."""
    return Column(name, required, read=_read_time, empty=None)


def boolean(name: str, *, required: bool = False, empty: bool | None = False, optional_header: bool = False) -> Column:
    """True or false; `empty` is what an empty cell says, None where it says nothing."""
    return Column(name, required, read=_read_boolean, empty=empty, optional_header=optional_header)


def whole_number(name: str, lowest: int, highest: int) -> Column:
    """A whole number between two bounds, both inclusive."""

    def read(cell: str, warn: Warn) -> int:
        if cell.isascii() and cell.isdigit() and lowest <= int(cell[:9]) <= highest:
            return int(cell)
        raise ValueError(f"A whole number from {lowest} to {highest} belongs here.")

    return Column(name, read=read, empty=None)


def listed(name: str, *, required: bool = False, longest: int = 255, read: Reader | None = None) -> Column:
    """Several values, separated by commas inside the cell, each of `longest` characters at most."""

    def read_part(part: str, warn: Warn) -> Any:
        if len(part) > longest:
            raise ValueError(f"A value holds more than {longest} characters.")
        return read(part, warn) if read else part

    def read_list(cell: str, warn: Warn) -> tuple[Any, ...]:
        return tuple(read_part(part.strip(), warn) for part in cell.split(",") if part.strip())

    return Column(name, required, read=read_list, empty=())


def choice(name: str, *values: str, required: bool = False, extensible: bool = False, empty: str = "") -> Column:
    """One of the named values; `extensible` lets a vendor's own stand behind `ext:`."""
    return Column(name, required, read=one_of(*values, extensible=extensible), empty=empty)


def one_of(*values: str, extensible: bool = False) -> Reader:
    """A reader of one of the named values; another case is accepted with a warning."""
    exact = frozenset(values)
    folded = {value.casefold(): value for value in values}

    def read(cell: str, warn: Warn) -> str:
        if cell in exact or (extensible and cell.startswith("ext:")):
            return cell
        if found := folded.get(cell.casefold()):
            warn("A value is written in another case than the format's; it is taken as the same.")
            return found
        raise ValueError(f"This is none of {', '.join(values)}.")

    return read


_booleans = one_of("true", "false")


def moment(cell: str) -> None:
    """An instant as delta files give one, YYYY-MM-DDTHH:MM:SS.sssZ. Raises ValueError for anything else."""
    if "T" not in cell:
        raise ValueError
    datetime.fromisoformat(cell)


def language(name: str) -> Column:
    """A language by its code, as es; a region behind it (es-MX) is dropped."""
    return Column(name, read=_read_language)


def _read_language(cell: str, warn: Warn) -> str:
    code = cell.casefold().partition("-")[0]
    if 2 <= len(code) <= 3 and code.isascii() and code.isalpha():
        return code
    raise ValueError("A language is a code of two or three letters, as es.")


def _read_boolean(cell: str, warn: Warn) -> bool:
    return _booleans(cell, warn) == "true"


def _read_date(cell: str, warn: Warn) -> date:
    return _date(cell)


@lru_cache(maxsize=4096)
def _date(cell: str) -> date:
    if not _DATE.fullmatch(cell):
        raise ValueError("A date is written YYYY-MM-DD.")
    try:
        found = date.fromisoformat(cell)
    except ValueError:
        raise ValueError("There is no such date.") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"A date lies in the years {FIRST_YEAR} to {LAST_YEAR}.")
    return found


def _read_time(cell: str, warn: Warn) -> time:
    if not _TIME.fullmatch(cell):
        raise ValueError("A time is written HH:MM, from 00:00 to 23:59.")
    return time.fromisoformat(cell)
