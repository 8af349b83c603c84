"""A student's year: shapes, figures, and the standing with chronic absence."""

from fractions import Fraction

import pytest

from reporting.rules import family_day as its
from reporting.rules.family_month import DayCount
from reporting.rules.student_year import RECENT_DAYS, Chronic, year_figures, year_shape

HERE, AWAY = DayCount(its.PRESENT), DayCount(its.ABSENT)


@pytest.mark.parametrize(
    ("day", "shape"),
    [
        (HERE, "present"),
        (DayCount(its.PRESENT, tardies=1, early_departures=1), "tardy"),
        (DayCount(its.PRESENT, early_departures=1), "left_early"),
        (AWAY, "absent"),
        (DayCount(its.ABSENT, tardies=1), "absent"),
        (DayCount(its.EXCUSED), "excused"),
        (DayCount(its.SUSPENDED), "suspended"),
        (DayCount(its.NOT_KNOWN), "undetermined"),
        (DayCount(its.SO_FAR), "undetermined"),
        (DayCount(its.NO_SCHOOL), "void"),
        (DayCount(its.NOT_ENROLLED), "away"),
        (DayCount(its.TO_COME), "ahead"),
        (DayCount(its.NOT_BEGUN), "ahead"),
    ],
)
def test_every_date_has_one_shape(day: DayCount, shape: str) -> None:
    assert year_shape(day) == shape


def test_RD03_days_not_known_yet_are_in_no_share() -> None:
    figures = year_figures([HERE, HERE, AWAY, DayCount(its.NOT_KNOWN), DayCount(its.EXCUSE_OPEN)])
    assert (figures.year.days, figures.determined, figures.rate) == (5, 3, Fraction(2, 3))
    assert figures.recent.days == 3


def test_no_day_is_no_data_and_never_zero() -> None:
    figures = year_figures([])
    assert (figures.rate, figures.recent_rate, figures.chronic) == (None, None, Chronic.TOO_EARLY)


def test_the_trend_is_of_the_last_determined_days() -> None:
    figures = year_figures([AWAY] * 5 + [HERE] * (RECENT_DAYS - 1) + [DayCount(its.NOT_KNOWN), AWAY])
    assert figures.recent_rate == Fraction(RECENT_DAYS - 1, RECENT_DAYS)
    assert figures.rate == Fraction(RECENT_DAYS - 1, RECENT_DAYS + 5)


@pytest.mark.parametrize(
    ("here", "away", "unknown", "standing"),
    [
        (8, 1, 0, Chronic.TOO_EARLY),
        (8, 1, 1, Chronic.YES),
        (9, 1, 0, Chronic.YES),
        (10, 1, 0, Chronic.NO),
        (0, 0, 10, Chronic.TOO_EARLY),
        (162, 18, 0, Chronic.YES),
        (163, 17, 0, Chronic.NO),
    ],
)
def test_RD43_chronic_from_a_tenth_of_the_determined_days_on_and_from_ten_days_enrolled(
    here: int, away: int, unknown: int, standing: Chronic
) -> None:
    days = [HERE] * here + [DayCount(its.EXCUSED)] * away + [DayCount(its.NOT_KNOWN)] * unknown
    assert year_figures(days).chronic == standing
