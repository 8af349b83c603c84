"""A case's plot: where weeks and happenings stand, and the table that says the same."""

from datetime import date, timedelta

import pytest

from interventions.rules.attendance_weeks import LedgerDay
from interventions.selectors.case_plot import HEIGHT, LANES, LEFT, RIGHT, TOP, Happening, Lane, Plot, plot_of
from tests.world import TODAY, World

MONDAY = date(2020, 9, 28)
PRESENT, ABSENT, OPEN = "present", "absent", "undetermined"


def week(number: int, *statuses: str) -> list[LedgerDay]:
    first = MONDAY + timedelta(days=7 * number)
    return [LedgerDay(first + timedelta(days=each), status) for each, status in enumerate(statuses)]


def drawn(world: World, days: list[LedgerDay], *happenings: Happening) -> Plot:
    plot = plot_of(world.installation, days, happenings)
    assert plot is not None
    return plot


def test_a_week_stands_at_the_height_of_its_share(world: World) -> None:
    plot = drawn(world, [*week(0, PRESENT), *week(1, PRESENT, ABSENT), *week(2, ABSENT)])
    assert [point.y for point in plot.points] == [TOP, TOP + HEIGHT // 2, TOP + HEIGHT]
    assert [point.words for point in plot.points] == ["Sep 28: 1/1", "Oct 5: 1/2", "Oct 12: 0/1"]
    assert LEFT <= plot.points[0].x < plot.points[-1].x <= RIGHT


def test_a_week_of_which_nothing_is_decided_breaks_the_line_and_one_without_school_does_not(world: World) -> None:
    assert len(drawn(world, [*week(0, PRESENT), *week(1, OPEN), *week(2, PRESENT)]).lines) == 2
    assert len(drawn(world, [*week(0, PRESENT), *week(2, PRESENT)]).drawn) == 1


def test_what_was_done_on_one_day_stands_side_by_side_and_the_table_says_it(world: World) -> None:
    call, visit = Happening(Lane.CONTACT, TODAY, "call", held=False), Happening(Lane.CONTACT, TODAY, "visit")
    before = Happening(Lane.STEP, MONDAY - timedelta(days=1), "before the year")
    plot = drawn(world, week(0, PRESENT, OPEN), call, visit, before)
    assert [(mark.y, mark.held) for mark in plot.marks] == [(LANES[Lane.CONTACT], False), (LANES[Lane.CONTACT], True)]
    assert plot.marks[0].x < plot.marks[1].x
    latest, first = plot.rows
    assert (latest.session_days, latest.rate, list(latest.done)) == (0, "", ["Oct 27: call", "Oct 27: visit"])
    assert (first.present, first.session_days, first.open_days, first.rate) == (1, 2, 1, "100.0%")


@pytest.mark.parametrize("weeks", [1, 4, 40])
def test_months_and_weeks_stay_in_the_drawing(world: World, weeks: int) -> None:
    days = [day for number in range(weeks) for day in week(number - weeks, PRESENT)]
    plot = drawn(world, days, Happening(Lane.STEP, TODAY, "done"))
    places = [x for x, _ in plot.months] + [point.x for point in plot.points] + [mark.x for mark in plot.marks]
    assert all(LEFT <= x <= RIGHT for x in places)
    assert plot.months


def test_nobody_is_drawn_without_a_day(world: World) -> None:
    assert plot_of(world.installation, [], [Happening(Lane.STEP, TODAY, "done")]) is None
