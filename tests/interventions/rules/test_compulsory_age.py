"""Who has to be in school, and who of them is looked for."""

from datetime import date

import pytest

from interventions.rules.compulsory_age import Age, LastKnown, age_of, enroll_by, is_to_be_reported
from interventions.rules.policy import SOURCES

FIRST_DAY = date(2020, 8, 10)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2003, 8, 31), Age.OLDER),
        (date(2003, 9, 1), Age.OLDER),
        (date(2003, 9, 2), Age.COMPULSORY),
        (date(2014, 8, 31), Age.COMPULSORY),
        (date(2014, 9, 1), Age.COMPULSORY),
        (date(2014, 9, 2), Age.YOUNGER),
    ],
)
def test_ST01_of_compulsory_age_from_6_until_17_at_september_1(born: date, age: Age) -> None:
    assert age_of(born, 2020) == age
    assert age.obliges is (age == Age.COMPULSORY)


def test_ST01_a_child_of_five_is_obliged_once_enrolled_in_kindergarten() -> None:
    for born in (date(2014, 9, 2), date(2015, 9, 1)):
        assert age_of(born, 2020, in_kindergarten=True) == Age.KINDERGARTEN
        assert age_of(born, 2020) == Age.YOUNGER
    assert age_of(date(2015, 9, 2), 2020, in_kindergarten=True) == Age.YOUNGER
    assert Age.KINDERGARTEN.obliges


def test_RD41_age_is_judged_in_the_year_in_which_the_school_year_begins() -> None:
    assert age_of(date(2004, 3, 1), 2020).obliges
    assert not age_of(date(2004, 3, 1), 2021).obliges


def test_ST01_a_child_without_a_birth_date_is_treated_as_obliged() -> None:
    assert age_of(None, 2020) == Age.UNKNOWN
    assert Age.UNKNOWN.obliges


@pytest.mark.parametrize(("today", "reported"), [(24, False), (25, False), (26, True)])
def test_ST06_reported_once_15_calendar_days_are_over(today: int, reported: bool) -> None:
    assert enroll_by(FIRST_DAY, SOURCES) == date(2020, 8, 25)
    known = LastKnown("", Age.COMPULSORY)
    assert is_to_be_reported(known, date(2020, 8, today), FIRST_DAY, SOURCES) is reported


@pytest.mark.parametrize(
    ("exit_code", "reported"), [("NS", True), ("", True), ("D05", True), ("T8", False), ("Z1", False), ("C1", False)]
)
def test_ST06_who_is_known_to_be_elsewhere_is_not_looked_for(exit_code: str, reported: bool) -> None:
    known = LastKnown(exit_code, Age.COMPULSORY)
    assert is_to_be_reported(known, date(2020, 9, 30), FIRST_DAY, SOURCES) is reported
    assert not is_to_be_reported(LastKnown(exit_code, Age.OLDER), date(2020, 9, 30), FIRST_DAY, SOURCES)
