"""MS-31: until when a school year's records are kept."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from students.rules.removal_proof import proof_digest, rows_digest
from students.rules.retention import Days, Year, days_of_years, is_over, kept_through, may_go_from

DAY = timedelta(days=1)
DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("ends_on", "through"),
    [
        (date(2021, 5, 28), date(2026, 5, 28)),
        (date(2024, 2, 29), date(2029, 2, 28)),
        (date(2023, 2, 28), date(2028, 2, 28)),
    ],
)
def test_MS31_documentation_is_kept_through_the_day_five_years_after_the_years_end(
    ends_on: date, through: date
) -> None:
    assert kept_through(ends_on, 5) == through
    assert may_go_from(ends_on, 5) == through + DAY
    assert [is_over(ends_on, 5, each) for each in (through - DAY, through, through + DAY)] == [False, False, True]


@given(DATES, st.integers(1, 40))
def test_MS31_it_is_never_less_than_the_years_and_never_a_day_more(ends_on: date, years: int) -> None:
    through = kept_through(ends_on, years)
    assert (through.year - ends_on.year, through.month) == (years, ends_on.month)
    # So many whole years of 365 days, a leap day more or less.
    assert years * 365 <= (through - ends_on).days <= years * 366
    assert kept_through(ends_on + DAY, years) >= through
    assert kept_through(ends_on, years + 1) > through


@given(st.lists(DATES, min_size=1, max_size=6, unique=True), DATES)
def test_every_day_belongs_to_one_school_year(starts: list[date], day: date) -> None:
    years = [Year(number, each) for number, each in enumerate(starts)]
    of = [key for key, days in days_of_years(years).items() if days.first <= day <= days.last]
    begun = [year for year in years if year.starts_on <= day]
    expected = max(begun, key=lambda year: year.starts_on) if begun else min(years, key=lambda year: year.starts_on)
    assert of == [expected.id]


def test_the_summer_belongs_to_the_year_before_it() -> None:
    years = [Year(2, date(2013, 8, 5)), Year(1, date(2012, 8, 6))]
    assert days_of_years(years) == {
        1: Days(date.min, date(2013, 8, 4)),
        2: Days(date(2013, 8, 5), date.max),
    }


@pytest.mark.django_db
def test_the_database_reckons_the_five_years_as_the_rule_does() -> None:
    days = [date(2019, 6, 1) + offset * DAY for offset in range(2000)]
    with connection.cursor() as cursor:
        query = "SELECT (day + make_interval(years => 5))::date FROM unnest(%s::date[]) WITH ORDINALITY AS d (day, n)"
        cursor.execute(f"{query} ORDER BY n", [days])
        assert [day for (day,) in cursor.fetchall()] == [kept_through(day, 5) for day in days]


def test_a_proof_depends_on_every_row_and_every_step() -> None:
    rows = [(1, "a"), (2, "b")]
    assert rows_digest(rows) == rows_digest(reversed(rows))
    assert len({rows_digest(each) for each in (rows, rows[:1], [(1, "a"), (2, "c")], [(1, "a"), (3, "b")])}) == 4
    steps = [("marks", 1, 2, "x"), ("marks", 2, 1, "y")]
    assert len({proof_digest(each) for each in (steps, steps[:1], steps[::-1])}) == 3
