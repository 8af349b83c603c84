"""A plot stands within its drawing, breaks where nothing is known, and its bars begin at zero."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.plots import BOTTOM, LEFT, RIGHT, TOP, Look, Reading, Series, bar_plot, line_plot, scale_over

SHARES = st.one_of(st.none(), st.fractions(0, 1))


def _readings(values: list[Fraction | None]) -> list[Reading]:
    return [Reading(value, f"week {place}", f"week={place}") for place, value in enumerate(values)]


@given(st.lists(SHARES, min_size=1, max_size=45), st.lists(SHARES, max_size=45))
def test_every_reading_has_a_point_within_the_drawing_and_higher_is_more(
    now: list[Fraction | None], before: list[Fraction | None]
) -> None:
    series = [Series("now", _readings(now)), Series("before", _readings(before), Look.DASHED)]
    plot = line_plot(series, [""] * max(len(now), len(before)))
    known = [value for value in now if value is not None]
    if plot is None:
        assert not known
        return
    assert 2 <= len(plot.ticks) <= 6
    points = [point for line in plot.lines if line.name == "now" for point in line.points]
    assert len(points) == len(known)
    assert all(LEFT < point.x < RIGHT and TOP <= point.y <= BOTTOM for line in plot.lines for point in line.points)
    for (value, point), (next_value, next_point) in pairwise(zip(known, points, strict=True)):
        assert point.x < next_point.x
        assert (point.y > next_point.y) <= (value < next_value)


def test_a_line_is_broken_where_nothing_is_known_and_a_lone_point_stands_by_itself() -> None:
    values = [Fraction(9, 10), Fraction(92, 100), None, Fraction(91, 100)]
    plot = line_plot([Series("now", _readings(values))], ["Aug", "", "", "Sep"])
    assert plot is not None
    (line,) = plot.lines
    assert line.look is Look.SOLID
    assert ([len(piece) for piece in line.pieces], len(line.drawn)) == ([2, 1], 1)
    assert [label.text for label in plot.labels] == ["Aug", "Sep"]
    assert [tick.percent for tick in plot.ticks] == [90, 91, 92]
    assert [point.asks for point in line.points] == ["week=0", "week=1", "week=3"]


def test_the_axis_takes_the_finest_steps_that_fit_and_never_a_single_tick() -> None:
    assert [tick.percent for tick in scale_over([Fraction(1)]).ticks] == [99, 100]
    assert [tick.percent for tick in scale_over([Fraction(0)]).ticks] == [0, 1]
    assert [tick.percent for tick in scale_over([Fraction(0), Fraction(1)]).ticks] == [0, 20, 40, 60, 80, 100]
    assert [tick.percent for tick in scale_over([Fraction(94, 100), Fraction(991, 1000)]).ticks] == [94, 96, 98, 100]


def test_lines_of_shares_begin_at_zero_where_they_are_told_to() -> None:
    plot = line_plot([Series("tier 1", _readings([Fraction(9, 100), Fraction(1, 10)]))], ["", ""], from_zero=True)
    assert plot is not None
    assert plot.ticks[0].percent == 0


def test_bars_begin_at_zero_and_stand_beside_each_other() -> None:
    plot = bar_plot(_readings([Fraction(5, 100), None, Fraction(1, 10)]), ["Mon", "Tue", "Wed"])
    assert plot is not None
    low, high = plot.bars
    assert (low.height * 2, plot.ticks[0].percent) == (high.height, 0)
    assert low.x + low.width < high.x
    assert low.x < low.middle < low.x + low.width
    assert bar_plot(_readings([None]), ["Mon"]) is None
    assert line_plot([Series("now", [])], []) is None
