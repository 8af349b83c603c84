"""A first import of 100,000 rows, apply included, by the script that can also be run alone."""

from __future__ import annotations

import re
import subprocess
import sys

from bench.figures import Line

_SAID = re.compile(r"^([\d,]+) rows in ([\d.]+ s) \(limit (\d+)\), peak memory (\d+ MB) \(limit (\d+)\)$", re.MULTILINE)


def first_import() -> Line:
    """Seconds and peak memory beside their limits. Raises RuntimeError with the script's words where it failed."""
    done = subprocess.run([sys.executable, "-m", "bench.import_roster"], check=False, capture_output=True, text=True)
    said = _SAID.search(done.stdout)
    if said is None:
        raise RuntimeError(f"{done.stdout}{done.stderr}")
    rows, seconds, seconds_limit, memory, memory_limit = said.groups()
    limits = f"limits {seconds_limit} s, {memory_limit} MB"
    return Line(f"First import of {rows} rows", f"{seconds}, {memory}", limits)
