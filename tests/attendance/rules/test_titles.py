"""How pages name a class meeting."""

import pytest

from attendance.rules.titles import class_title, meeting_title


@pytest.mark.parametrize(
    ("period", "title"),
    [
        ("3", "Algebra I, period 3"),
        ("3A", "Algebra I, period 3A"),
        ("Period 3", "Algebra I, Period 3"),
        ("3rd period", "Algebra I, 3rd period"),
        ("Homeroom", "Algebra I, Homeroom"),
    ],
)
def test_a_class_is_named_by_its_course_and_its_period(period: str, title: str) -> None:
    assert meeting_title("Algebra I", period) == title


@pytest.mark.parametrize(
    ("periods", "title"),
    [([], "Algebra I"), (["3"], "Algebra I, period 3"), (["1", "2"], "Algebra I, period 1, period 2")],
)
def test_a_class_is_told_from_others_of_its_course_by_its_periods(periods: list[str], title: str) -> None:
    assert class_title("Algebra I", periods) == title
