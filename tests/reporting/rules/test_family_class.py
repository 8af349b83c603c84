"""How a class stands for a family: what nobody entered is never an absence."""

import pytest

from reporting.rules.family_class import SHAPES, SeenClass, class_state, work_state

CLASSES = [
    (SeenClass(None, 55, has_begun=False), "to_come"),
    (SeenClass(None, 55), "not_taken"),
    (SeenClass(None, 55, is_void=True), "canceled"),
    (SeenClass(55, 55, is_credited=True), "no_college"),
    (SeenClass(55, 55, mark="present"), "present"),
    (SeenClass(54, 55, mark="present"), "in_part"),
    (SeenClass(43, 55, mark="tardy"), "late"),
    (SeenClass(0, 55, mark="tardy"), "late"),
    (SeenClass(20, 55, mark="left_early"), "left_early"),
    (SeenClass(0, 55, mark="absent"), "absent"),
    (SeenClass(0, 55, excused=54, mark="absent"), "absent"),
    (SeenClass(0, 55, excused=55, mark="absent"), "excused"),
    (SeenClass(20, 55, mark="absent"), "in_part"),
    (SeenClass(55, 55, mark="absent"), "present"),
]
WORK = [
    (SeenClass(None, 60), "work_open"),
    (SeenClass(60, 60), "work_done"),
    (SeenClass(1, 60), "work_in_part"),
    (SeenClass(0, 60), "work_missing"),
    (SeenClass(0, 60, excused=59), "work_missing"),
    (SeenClass(0, 60, excused=60), "excused"),
    (SeenClass(60, 60, is_credited=True), "no_college"),
]


@pytest.mark.parametrize(("seen", "expected"), CLASSES)
def test_RD03_a_class_stands_as_it_was_marked_and_open_while_it_was_not(seen: SeenClass, expected: str) -> None:
    assert class_state(seen) == expected


@pytest.mark.parametrize(("seen", "expected"), WORK)
def test_RD20_work_stands_as_it_was_entered_and_open_while_it_was_not(seen: SeenClass, expected: str) -> None:
    assert work_state(seen) == expected


def test_every_state_has_its_shape_and_none_that_is_open_that_of_an_absence() -> None:
    states = {expected for _, expected in [*CLASSES, *WORK]}
    assert states == SHAPES.keys()
    assert {SHAPES[each] for each in ("to_come", "not_taken", "work_open")} == {"undetermined"}
