"""Reads a college's days off from a file: a date and, if any, a name in each line (RD-27)."""

import csv
import io
from datetime import date


class BadCollegeFile(ValueError):
    """What is wrong with the file, by its line."""


def read_college_days(text: str) -> dict[date, str]:
    """The days of a CSV file with the columns date (YYYY-MM-DD) and name. Raises BadCollegeFile by the first fault."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if "date" not in (rows.fieldnames or ()):
        raise BadCollegeFile("The first line names the columns: date, name.")
    days: dict[date, str] = {}
    for line, row in enumerate(rows, start=2):
        said = (row["date"] or "").strip()
        try:
            day = date.fromisoformat(said)
        except ValueError as wrong:
            raise BadCollegeFile(f"Line {line}: “{said[:40]}” is no date such as 2020-11-25.") from wrong
        if day in days:
            raise BadCollegeFile(f"Line {line}: {day} stands in the file twice.")
        days[day] = (row.get("name") or "").strip()[:100]
    return days
