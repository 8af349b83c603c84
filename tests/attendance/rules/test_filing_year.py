"""Which dates belong to one school year's calendar."""

from datetime import date

import pytest

from attendance.rules.filing_year import year_around


@pytest.mark.parametrize("day", [date(2020, 7, 1), date(2020, 12, 31), date(2021, 1, 1), date(2021, 6, 30)])
def test_a_year_runs_from_july_to_june(day: date) -> None:
    assert year_around(day) == (date(2020, 7, 1), date(2021, 6, 30))


def test_the_days_beside_it_lie_in_other_years() -> None:
    assert year_around(date(2020, 6, 30)).last == date(2020, 6, 30)
    assert year_around(date(2021, 7, 1)).first == date(2021, 7, 1)
