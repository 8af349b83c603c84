"""Where the ticks, points and bars of a plot of shares stand: whole numbers in the units of its own drawing.

A place without data has no point, and the line is broken there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from attendance.rules.rates import printed_percent

# The drawing: what is plotted lies between these, the axis' words to the left and below.
LEFT, RIGHT, TOP, BOTTOM = 56, 792, 14, 174
WIDTH, HEIGHT = RIGHT - LEFT, BOTTOM - TOP
# Fewer columns than these are drawn as if there were so many, or a week would fill the page.
FEWEST_COLUMNS = 5
_MOST_STEPS = 5
_STEPS = (1, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Reading:
    """A share at a column, None for no data; `words` say it, `asks` is the query of the address of what made it."""

    value: Fraction | None
    words: str
    asks: str = ""


class Look(StrEnum):
    """How a line is told from the others without its colour: by its dashes and the shape of its points."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"

    @property
    def shape(self) -> str:
        """The outline of its points about 0,0: a circle, a diamond or a square."""
        return _SHAPES[self]


_SHAPES = {
    Look.SOLID: "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0z",
    Look.DASHED: "M0-5L5 0L0 5L-5 0z",
    Look.DOTTED: "M-4-4H4V4H-4z",
}


@dataclass(frozen=True, slots=True)
class Series:
    """The readings of a line over the columns; `name` says in the legend what they are.

    `is_before`: beside the line of the same look, which it is told from by a thin line and hollow points.
    """

    name: str
    readings: Sequence[Reading]
    look: Look = Look.SOLID
    is_before: bool = False


class Tick(NamedTuple):
    """A line across the drawing."""

    y: int
    percent: int


class Label(NamedTuple):
    """A word below a column."""

    x: int
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """A reading in the drawing; a bar is `width` wide and reaches from `y` down to the axis."""

    x: int
    y: int
    words: str
    asks: str
    value: Fraction
    width: int = 0

    @property
    def height(self) -> int:
        """Of a bar."""
        return BOTTOM - self.y

    @property
    def printed(self) -> str:
        """The share in percent."""
        return printed_percent(self.value)

    @property
    def middle(self) -> int:
        """Of a bar."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class PlotLine:
    """A series in the drawing, in the pieces that its gaps leave."""

    name: str
    look: Look
    pieces: Sequence[Sequence[Point]]
    is_before: bool = False

    @property
    def points(self) -> Sequence[Point]:
        """Every reading that there is."""
        return [point for piece in self.pieces for point in piece]

    @property
    def drawn(self) -> Sequence[str]:
        """The pieces of more than a point, as an SVG has them."""
        return [" ".join(f"{point.x},{point.y}" for point in piece) for piece in self.pieces if len(piece) > 1]


@dataclass(frozen=True)
class Plot:
    """A drawing: lines over columns, or bars on them."""

    ticks: Sequence[Tick]
    labels: Sequence[Label]
    lines: Sequence[PlotLine] = ()
    bars: Sequence[Point] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from one percent to another, both inclusive, with a tick at each step."""

    low: int
    high: int
    step: int

    def y(self, share: Fraction) -> int:
        """How far down a share stands."""
        return BOTTOM - int((share * 100 - self.low) * HEIGHT // (self.high - self.low))

    @property
    def ticks(self) -> list[Tick]:
        """The lowest first."""
        height = self.high - self.low
        return [
            Tick(BOTTOM - (percent - self.low) * HEIGHT // height, percent)
            for percent in range(self.low, self.high + 1, self.step)
        ]


def scale_over(values: Iterable[Fraction | None], *, from_zero: bool = False) -> Scale:
    """An axis in whole percents that holds some shares, from the nearest step below them, or from zero as bars need."""
    known = [value * 100 for value in values if value is not None] or [Fraction(0), Fraction(100)]
    least, most = (Fraction(0) if from_zero else min(known)), max(known)
    for step in _STEPS:
        low, high = int(least // step) * step, -int(-most // step) * step
        if low == high:
            low, high = (low - step, high) if low > 0 else (low, high + step)
        if (high - low) // step <= _MOST_STEPS:
            break
    return Scale(low, high, step)


def line_plot(series: Sequence[Series], labels: Sequence[str], *, from_zero: bool = False) -> Plot | None:
    """Lines over the same columns; an empty label names nothing. None where there is no reading."""
    values = [reading.value for each in series for reading in each.readings]
    if all(value is None for value in values):
        return None
    scale, columns = scale_over(values, from_zero=from_zero), max(len(labels), FEWEST_COLUMNS)
    lines = [PlotLine(each.name, each.look, _pieces(scale, columns, each.readings), each.is_before) for each in series]
    return Plot(scale.ticks, _labels(columns, labels), [line for line in lines if line.pieces])


def bar_plot(readings: Sequence[Reading], labels: Sequence[str]) -> Plot | None:
    """A bar for each reading, from zero; None where there is no reading."""
    if all(reading.value is None for reading in readings):
        return None
    scale = scale_over((reading.value for reading in readings), from_zero=True)
    columns = max(len(labels), FEWEST_COLUMNS)
    width = WIDTH // columns * 2 // 3
    bars = [
        Point(_middle(columns, place) - width // 2, scale.y(each.value), each.words, each.asks, each.value, width)
        for place, each in enumerate(readings)
        if each.value is not None
    ]
    return Plot(scale.ticks, _labels(columns, labels), bars=bars)


def _pieces(scale: Scale, columns: int, readings: Sequence[Reading]) -> list[list[Point]]:
    pieces: list[list[Point]] = [[]]
    for place, each in enumerate(readings):
        if each.value is None:
            pieces.append([])
            continue
        pieces[-1].append(Point(_middle(columns, place), scale.y(each.value), each.words, each.asks, each.value))
    return [piece for piece in pieces if piece]


def _labels(columns: int, labels: Sequence[str]) -> list[Label]:
    return [Label(_middle(columns, place), text) for place, text in enumerate(labels) if text]


def _middle(columns: int, place: int) -> int:
    return LEFT + (2 * place + 1) * WIDTH // (2 * columns)
