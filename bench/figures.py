"""What a benchmark found, and the table it is printed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEADINGS = ("what", "figure", "floor", "ratio")


@dataclass(frozen=True)
class Line:
    """One line of the table. `ratio` says how many times the floor's time it takes; None where there is no floor."""

    what: str
    figure: str
    floor: str = "-"
    ratio: float | None = None

    def cells(self) -> tuple[str, str, str, str]:
        """As printed."""
        return self.what, self.figure, self.floor, "-" if self.ratio is None else f"{self.ratio:.1f}"


def percentile(seconds: Sequence[float], percent: int) -> float:
    """The smallest of the measurements that `percent` of them do not exceed. Raises ValueError for none at all."""
    if not seconds:
        raise ValueError("Nothing was measured.")
    return sorted(seconds)[max(0, -(-len(seconds) * percent // 100) - 1)]


def milliseconds(what: str, measured: float, floor: float) -> Line:
    """A line about the time of one act; both in seconds."""
    return Line(what, f"{measured * 1000:.1f} ms", f"{floor * 1000:.1f} ms", measured / floor)


def rate(what: str, unit: str, measured: float, floor: float) -> Line:
    """A line about acts in a second, of which more is better."""
    return Line(what, f"{measured:,.0f} {unit}", f"{floor:,.0f} {unit}", floor / measured)


def table(lines: Sequence[Line]) -> str:
    """The lines under their headings, the figures flush right."""
    rows = [HEADINGS, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join("  ".join(_aligned(row, widths)) for row in rows)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
