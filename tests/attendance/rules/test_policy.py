"""The policy in force on a day: a past day is judged by the policy of that day."""

from datetime import date

import pytest

from attendance.rules.policy import NoPolicy, Policy, policy_on

FIRST = Policy(id=1, name="2020-21", starts_on=date(2020, 7, 1))
SECOND = Policy(id=2, name="2021-22", starts_on=date(2021, 7, 1), minimum_minutes=330)


@pytest.mark.parametrize(
    ("day", "policy"),
    [
        (date(2020, 7, 1), FIRST),
        (date(2021, 6, 30), FIRST),
        (date(2021, 7, 1), SECOND),
        (date(2030, 1, 1), SECOND),
    ],
)
def test_a_policy_holds_from_its_first_day_until_the_next_ones(day: date, policy: Policy) -> None:
    assert policy_on(day, [FIRST, SECOND]) is policy
    assert policy_on(day, [SECOND, FIRST]) is policy


def test_before_the_first_policy_nothing_can_be_judged() -> None:
    with pytest.raises(NoPolicy, match="2020-06-30"):
        policy_on(date(2020, 6, 30), [FIRST, SECOND])
    with pytest.raises(NoPolicy):
        policy_on(date(2020, 7, 1), [])


def test_the_states_policy_of_2020_21_is_the_default() -> None:
    assert (FIRST.presence_percent, FIRST.minimum_minutes, FIRST.excuse_due_days, FIRST.entry_window_days) == (
        63,
        240,
        3,
        7,
    )
