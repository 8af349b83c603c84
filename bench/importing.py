"""A first import of 100,000 rows, apply included, by the script that can also be run alone."""

from __future__ import annotations

import re
import subprocess
import sys

from bench.figures import Line

_ROWS = re.compile(r"^([\d,]+) rows in ([\d.]+) s", re.MULTILINE)
_PEAK = re.compile(r"^peak memory (\d+ MB).* ([\d.]+) s$", re.MULTILINE)


def first_import() -> Line:
    """Seconds and peak memory; the floor is a bare COPY of the class enrollments. Raises RuntimeError with the script's
    words where it failed.
    """
    done = subprocess.run([sys.executable, "-m", "bench.import_roster"], check=False, capture_output=True, text=True)
    return line_of(done.stdout, done.stderr)


def line_of(output: str, errors: str = "") -> Line:
    """The line of what the script printed."""
    rows, peak = _ROWS.search(output), _PEAK.search(output)
    if rows is None or peak is None:
        raise RuntimeError(f"{output}{errors}")
    seconds, floor = float(rows[2]), float(peak[2])
    return Line(f"First import of {rows[1]} rows", f"{seconds} s, {peak[1]}", f"{floor} s", seconds / floor)
