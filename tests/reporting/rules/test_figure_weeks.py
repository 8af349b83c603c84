"""RD-10, RD-63: the weeks of a year beside last year's, and left out where a group is small on any day."""

from datetime import date
from fractions import Fraction

from reporting.rules.figure_tables import Cell
from reporting.rules.figure_weeks import GradeWeek, amount_of_week, first_monday, weeks_left_out, weeks_of
from reporting.rules.figures import Tally

# A Monday.
MONDAY = date(2019, 8, 5)


def _week(present: int, days: int = 5) -> list[GradeWeek]:
    return [GradeWeek(days, days, Tally(present=present))]


def test_weeks_are_numbered_from_the_monday_52_weeks_before_the_years_first() -> None:
    assert first_monday(date(2020, 8, 6)) == MONDAY
    first, holidays, third = weeks_of({0: _week(40), 52: _week(50), 54: _week(45)}, MONDAY)
    assert (first.starts_on, first.ends_on) == (date(2020, 8, 3), date(2020, 8, 9))
    assert first.last_year is not None
    assert (first.last_year.ada, holidays.amount, holidays.trend) == (8, None, "")
    # The week before is the one before the holidays.
    assert (third.before, third.last_year) == (first.amount, None)
    assert weeks_of({0: _week(40)}, MONDAY) == []


def test_RD10_a_week_of_schools_with_other_days_is_each_over_its_own_and_summed() -> None:
    amount = amount_of_week([*_week(100), *_week(30, days=3)])
    assert amount is not None
    assert (amount.ada, amount.session_days, amount.tally.present) == (Fraction(30), None, 130)
    seniors = amount_of_week([GradeWeek(5, 4, Tally(present=40)), GradeWeek(5, 5, Tally(present=40, excused=10))])
    assert seniors is not None
    assert (seniors.ada, seniors.adm, seniors.session_days) == (18, 20, 5)


def test_RD63_weeks_go_with_a_group_small_on_one_day_or_left_out_in_one_month_and_with_what_tells_it() -> None:
    school, small, large = Cell("1"), Cell("1", "09", "in_person"), Cell("1", "10", "in_person")
    other = Cell("1", "11", "in_person")
    grades = {each: Cell("1", each.grade) for each in (small, large, other)}
    sizes = {small: 9, large: 40, other: 50}
    fewest = {tuple(cell): size for cell, size in sizes.items()}
    fewest |= {tuple(grades[cell]): size for cell, size in sizes.items()}
    total = Cell("1", mode="in_person")
    fewest |= {tuple(each): 99 for each in (school, total)}
    every = {Cell("*", *cell[1:]): size for cell, size in ((Cell(*place), size) for place, size in fewest.items())}
    fewest |= {tuple(cell): size for cell, size in every.items()}
    out = weeks_left_out(fewest, {})
    assert {small, large} <= out
    assert other not in out
    assert school not in out
    assert other in weeks_left_out(fewest, {3: frozenset({other})})
    fewest = {place: 10 if size == 9 else size for place, size in fewest.items()}
    assert weeks_left_out(fewest, {}) == frozenset()
