"""The nightly pass over tiers and the pages of a large district, by the scripts that can also be run alone."""

from __future__ import annotations

import re
import subprocess
import sys

from bench.figures import Line

_NIGHT = re.compile(r"^(first night|night after a school day|idle night|early warnings) ([\d.]+) s", re.MULTILINE)
_STUDENTS = re.compile(r"^([\d,]+) students", re.MULTILINE)
_PAGE = re.compile(r"^(\S.*?) +(\d+) ms +(\d+) ms +(\d+)(  OVER)?$", re.MULTILINE)
_FLOOR = re.compile(r"^a bare count of the absences ([\d.]+) s", re.MULTILINE)


def nightly_passes() -> list[Line]:
    """Seconds of each night; the floor is a bare grouped count of the absences. Raises RuntimeError with the script's
    words where it failed.
    """
    done = subprocess.run([sys.executable, "-m", "bench.nightly_tiers"], check=False, capture_output=True, text=True)
    return lines_of(done.stdout, done.stderr)


def pages_of_a_large_district() -> list[Line]:
    """What the server takes for each page. Raises RuntimeError with the script's words where it opened none."""
    done = subprocess.run([sys.executable, "-m", "bench.seeing_large"], check=False, capture_output=True, text=True)
    return page_lines_of(done.stdout, done.stderr)


def page_lines_of(output: str, errors: str = "") -> list[Line]:
    """The lines of what the script printed: the middle, the statements, and whether it is over the limit."""
    pages = _PAGE.findall(output)
    if not pages:
        raise RuntimeError(f"{output}{errors}")
    return [
        Line(f"Large district: {what}", f"{middle} ms{', over the limit' if over else ''}", f"{statements} statements")
        for what, middle, _, statements, over in pages
    ]


def lines_of(output: str, errors: str = "") -> list[Line]:
    """The lines of what the script printed."""
    students, floor, nights = _STUDENTS.search(output), _FLOOR.search(output), _NIGHT.findall(output)
    if students is None or floor is None or not nights:
        raise RuntimeError(f"{output}{errors}")
    bare = float(floor[1])
    return [
        Line(f"Tiers of {students[1]} students, {night}", f"{seconds} s", f"{bare} s", float(seconds) / bare)
        for night, seconds in nights
    ]
