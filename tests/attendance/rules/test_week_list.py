"""MS-24b: who completed the week's assignments, who did not, and of whom nobody can say yet."""

from datetime import date

import pytest

from attendance.rules.week_list import WorkDay, of_day, of_week

DAY = date(2020, 10, 19)


@pytest.mark.parametrize(
    ("attended", "state"),
    [(None, "not_entered"), (0, "not_completed"), (150, "not_completed"), (151, "completed"), (240, "completed")],
)
def test_MS24b_a_days_work_is_completed_at_63_percent_of_its_minutes(attended: int | None, state: str) -> None:
    assert of_day(WorkDay(DAY, 240, attended), percent=63) == state


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (["completed"] * 5, "completed"),
        (["completed", "not_completed"], "not_completed"),
        (["not_completed", "not_entered"], "not_entered"),
        (["completed", "not_entered"], "not_entered"),
    ],
)
def test_MS24b_a_week_is_completed_when_every_day_is_and_open_while_one_is(days: list[str], state: str) -> None:
    assert of_week(days) == state
