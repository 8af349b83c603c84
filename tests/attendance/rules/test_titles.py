"""How pages name a class meeting."""

from typing import NamedTuple

import pytest

from attendance.rules.titles import class_title, meeting_title, on_rotation_days, told_apart


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


class _Class(NamedTuple):
    pk: int
    title: str
    periods: list[str]


def test_classes_of_one_title_are_told_apart_by_their_periods_and_a_lone_one_keeps_its_name() -> None:
    classes = [_Class(1, "Algebra I", ["2"]), _Class(2, "Algebra I", ["3"]), _Class(3, "Biology", ["4"])]
    assert told_apart(classes) == {1: "Algebra I, period 2", 2: "Algebra I, period 3", 3: "Biology"}


@pytest.mark.parametrize(
    ("days", "title"),
    [
        (["A"], "Algebra I, Block 2, A days"),
        (["A", "C"], "Algebra I, Block 2, A/C days"),
        ([], "Algebra I, Block 2"),
    ],
)
def test_classes_of_one_period_are_told_apart_by_their_days_of_the_rotation(days: list[str], title: str) -> None:
    assert on_rotation_days("Algebra I, Block 2", days) == title
