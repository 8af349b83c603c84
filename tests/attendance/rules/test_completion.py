"""RD-25: live, due, late, overdue."""

from datetime import date, timedelta

import pytest

from attendance.rules.completion import completion

TODAY = date(2020, 10, 27)
STARTS, ENDS = 600, 655


def state_at(minute: int = 700, *, days_ago: int = 0, state: str = "expected", window: int = 7) -> str:
    day = TODAY - timedelta(days=days_ago)
    return completion(state, day, STARTS, ENDS, today=TODAY, minute=minute, window=window)


@pytest.mark.parametrize(
    ("minute", "state"), [(0, "to_come"), (599, "to_come"), (600, "now"), (654, "now"), (655, "due")]
)
def test_RD25_a_class_of_today_is_to_come_then_now_then_due_and_never_late_today(minute: int, state: str) -> None:
    assert state_at(minute) == state
    assert state_at(1439) == "due"


@pytest.mark.parametrize(("days_ago", "state"), [(-1, "to_come"), (1, "late"), (7, "late"), (8, "overdue")])
def test_RD25_a_class_is_late_once_its_day_is_over_and_overdue_after_the_window(days_ago: int, state: str) -> None:
    assert state_at(0, days_ago=days_ago) == state
    assert state_at(1439, days_ago=days_ago) == state


def test_RD25_the_window_is_the_policys() -> None:
    assert state_at(days_ago=3, window=2) == "overdue"


@pytest.mark.parametrize("state", ["taken", "void"])
@pytest.mark.parametrize("days_ago", [-1, 0, 1, 30])
def test_what_is_taken_or_void_is_so_at_any_hour(state: str, days_ago: int) -> None:
    assert state_at(days_ago=days_ago, state=state) == state
