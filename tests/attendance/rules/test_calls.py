"""Whom the office calls."""

import pytest

from attendance.rules.calls import SoFar


@pytest.mark.parametrize(
    ("statuses", "called", "missed", "gone"),
    [
        ([], False, 0, False),
        (["present"], False, 0, False),
        (["present", "absent"], False, 1, False),
        (["absent"], True, 1, True),
        (["absent", "absent"], True, 2, True),
        (["absent", "tardy"], True, 1, False),
        (["tardy", "absent"], False, 1, False),
    ],
)
def test_who_missed_the_first_class_taken_is_called(statuses, called, missed, gone) -> None:
    so_far = SoFar(statuses)
    assert (so_far.is_to_be_called, so_far.missed, so_far.is_gone_so_far) == (called, missed, gone)
