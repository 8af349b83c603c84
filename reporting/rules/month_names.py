"""What a reporting month is called (RD-70): month 1 is named 09, month 9 is 05, the year follows."""

import re
from dataclasses import dataclass

MONTHS = range(1, 10)


class NotAMonth(ValueError):
    """The text names no reporting month; the message says what would."""


@dataclass(frozen=True, slots=True)
class MonthName:
    """A reporting month as the state names it."""

    year: int
    calendar_month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.calendar_month:02d}"

    @property
    def filed(self) -> str:
        """As it stands in file names: MMYYYY."""
        return f"{self.calendar_month:02d}{self.year}"


def month_name(month: int, first_year: int) -> MonthName:
    """The name of month 1 to 9 of the school year that begins in `first_year`. Raises NotAMonth outside 1 to 9."""
    if month not in MONTHS:
        raise NotAMonth(f"Reporting months are numbered 1 to 9; {month} is none.")
    return MonthName(first_year + (month + 7) // 12, (month + 7) % 12 + 1)


def parse_month(text: str) -> tuple[int, int | None]:
    """Read 1 to 9 or YYYY-MM: the month's number, and the year in which its school year begins where one is named.

    Raises NotAMonth for anything else, 2021-06 to 2021-08 among it.
    """
    if re.fullmatch(r"[1-9]", text):
        return int(text), None
    named = re.fullmatch(r"([12][0-9]{3})-(0[1-9]|1[0-2])", text)
    if not named:
        raise NotAMonth(f"“{text}” names no reporting month: give 1 to 9, or YYYY-MM from 2020-09 to 2021-05.")
    year, calendar_month = int(named[1]), int(named[2])
    if calendar_month in (6, 7, 8):
        raise NotAMonth(f"“{text}” names no reporting month: they run from 09 (month 1) to 05 (month 9).")
    return (calendar_month - 8, year) if calendar_month > 8 else (calendar_month + 4, year - 1)
