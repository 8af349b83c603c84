"""RD-50: an unexplained absence is told the same day, from the policy's hour on, and never an explained one."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.alerts import DEFAULT, AlertPolicy, DaySoFar, alert_policy_on, is_corrected, is_told

NOON = time(12)
marks = st.lists(st.sampled_from(["present", "tardy", "left_early", "absent"]), max_size=6)
days = st.builds(
    DaySoFar,
    marks=marks,
    status=st.sampled_from(["", "present", "absent", "undetermined"]),
    absence_kind=st.sampled_from(["", "excused", "unexcused", "suspended"]),
    is_explained=st.booleans(),
)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (DaySoFar(), False),
        (DaySoFar(["absent"]), True),
        (DaySoFar(["absent", "absent"], "undetermined"), True),
        (DaySoFar(["absent", "tardy"], "undetermined"), False),
        (DaySoFar(["absent", "absent", "absent", "present"], "absent", "unexcused"), True),
        (DaySoFar([], "absent", "unexcused"), True),
        (DaySoFar(["absent"], "absent", "excused"), False),
        (DaySoFar(["absent"], "absent", "suspended"), False),
        (DaySoFar(["absent"], is_explained=True), False),
        (DaySoFar(["present"], "present"), False),
    ],
)
def test_RD50_an_absence_is_told_when_no_class_saw_the_student_or_the_day_is_lost(day: DaySoFar, told: bool) -> None:
    assert is_told(day, NOON, DEFAULT) == told


@pytest.mark.parametrize(("at", "told"), [(time(9, 59, 59), False), (time(10), True), (time(10, 0, 1), True)])
def test_RD50_nothing_is_told_before_the_hour_of_the_policy(at: time, told: bool) -> None:
    assert is_told(DaySoFar(["absent"]), at, DEFAULT) == told
    assert is_told(DaySoFar([], "absent", "unexcused"), at, DEFAULT) == told


@given(days, st.times())
def test_RD50_an_explained_absence_is_never_told_and_a_told_one_is_never_corrected(day: DaySoFar, at: time) -> None:
    told = is_told(day, at, DEFAULT)
    assert not (told and (day.is_explained or day.absence_kind in ("excused", "suspended")))
    assert not (told and is_corrected(day))
    assert not is_told(day, at, AlertPolicy(is_on=False))


def test_a_student_who_was_seen_after_all_is_news_and_an_excuse_is_none() -> None:
    assert is_corrected(DaySoFar(["absent", "present"], "undetermined"))
    assert is_corrected(DaySoFar(["tardy"], "present"))
    assert not is_corrected(DaySoFar(["absent"], "absent", "excused", is_explained=True))
    assert not is_corrected(DaySoFar(["absent", "present"], "absent", "unexcused"))
    assert not is_corrected(DaySoFar())


def test_the_policy_of_a_day_is_the_latest_that_has_begun() -> None:
    first, second = AlertPolicy(date(2020, 9, 1), is_on=False), AlertPolicy(date(2020, 10, 1), told_from=time(11))
    policies = [second, first]
    assert alert_policy_on(date(2020, 8, 31), policies) == DEFAULT
    assert alert_policy_on(date(2020, 9, 1), policies) == first
    assert alert_policy_on(date(2020, 9, 30), policies) == first
    assert alert_policy_on(date(2020, 10, 1), policies) == second
