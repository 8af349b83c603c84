"""RD-62: at 18 the rights pass to the student."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from students.rules.majority import born_by, is_of_age, of_age_on

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("born", "birthday"),
    [
        (date(2002, 10, 27), date(2020, 10, 27)),
        (date(2004, 2, 29), date(2022, 3, 1)),
        (date(2006, 3, 1), date(2024, 3, 1)),
    ],
)
def test_RD62_a_student_is_of_age_from_the_18th_birthday_on(born: date, birthday: date) -> None:
    assert of_age_on(born) == birthday
    assert [is_of_age(born, birthday + timedelta(days=days)) for days in (-1, 0, 1)] == [False, True, True]


def test_RD62_without_a_birth_date_nobody_is_of_age() -> None:
    assert not is_of_age(None, date(2100, 1, 1))


@given(DAYS, DAYS)
def test_RD62_the_filter_and_the_rule_are_one(born: date, today: date) -> None:
    assert (born <= born_by(today)) == is_of_age(born, today)
